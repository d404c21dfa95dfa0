"""How it is found out why something is down, and who is asked for that."""

from collections.abc import Mapping
from typing import ClassVar

from manara.model import DiagnosisOptions
from manara.ui.preferences.section_page import SectionPage
from manara.wording.translation import mark


class DiagnosisPage(SectionPage):
    """The `[diagnosis]` section."""

    name: ClassVar[str] = "diagnosis"
    title: ClassVar[str] = mark("Diagnosis")
    about: ClassVar[str] = mark("How it is found out why something is down, and who is asked for that.")
    words: ClassVar[tuple[str, ...]] = (mark("outage incident cause explain"),)
    also: ClassVar[Mapping[str, str]] = {
        "official_pages": mark("official status page operator"),
        "official_counts": mark("official status page maintenance"),
        "name_servers": mark("DNS zone authoritative"),
        "usual_speed": mark("slow latency response time"),
        "networks": mark("AS origin provider Team Cymru"),
    }
    section: ClassVar[str] = "diagnosis"
    options: ClassVar[type] = DiagnosisOptions
