"""How long what was measured is kept, and what counts as up."""

from typing import ClassVar

from manara.model import HistoryOptions
from manara.ui.preferences.section_page import SectionPage
from manara.wording.translation import mark


class HistoryPage(SectionPage):
    """The `[history]` section."""

    name: ClassVar[str] = "history"
    title: ClassVar[str] = mark("History")
    about: ClassVar[str] = mark("How long what was measured is kept, and what counts as up.")
    words: ClassVar[tuple[str, ...]] = (mark("retention uptime"),)
    section: ClassVar[str] = "history"
    options: ClassVar[type] = HistoryOptions
