"""How long what was measured is kept, and what counts as up."""

from collections.abc import Mapping
from typing import ClassVar

from manara.model import HistoryOptions
from manara.ui.preferences.section_page import SectionPage
from manara.wording.translation import mark


class HistoryPage(SectionPage):
    """The `[history]` section."""

    name: ClassVar[str] = "history"
    title: ClassVar[str] = mark("History")
    about: ClassVar[str] = mark("How long what was measured is kept, and what counts as up.")
    also: ClassVar[Mapping[str, str]] = {
        "keep_looks": mark("retention storage"),
        "degraded": mark("slow availability"),
        "maintenance": mark("availability"),
    }
    section: ClassVar[str] = "history"
    options: ClassVar[type] = HistoryOptions
