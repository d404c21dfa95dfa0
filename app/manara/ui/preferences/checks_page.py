"""What holds for every check that does not say otherwise."""

from collections.abc import Mapping
from typing import ClassVar

from manara.model import CheckDefaults
from manara.ui.preferences.section_page import SectionPage
from manara.wording.translation import mark


class ChecksPage(SectionPage):
    """The `[checks]` section."""

    name: ClassVar[str] = "checks"
    title: ClassVar[str] = mark("Checks")
    about: ClassVar[str] = mark("What holds for every check that does not say otherwise.")
    words: ClassVar[tuple[str, ...]] = (mark("defaults"),)
    also: ClassVar[Mapping[str, str]] = {
        "interval": mark("interval how often"),
        "timeout": mark("timeout patience"),
        "confirm": mark("confirm retries"),
        "recover": mark("recover"),
        "max_at_once": mark("limit parallel"),
        "max_per_host": mark("limit parallel"),
    }
    section: ClassVar[str] = "checks"
    options: ClassVar[type] = CheckDefaults
