"""What holds for every check that does not say otherwise."""

from typing import ClassVar

from manara.model import CheckDefaults
from manara.ui.preferences.section_page import SectionPage
from manara.wording.translation import mark


class ChecksPage(SectionPage):
    """The `[checks]` section."""

    name: ClassVar[str] = "checks"
    title: ClassVar[str] = mark("Checks")
    about: ClassVar[str] = mark("What holds for every check that does not say otherwise.")
    words: ClassVar[tuple[str, ...]] = (mark("defaults interval timeout limits"),)
    section: ClassVar[str] = "checks"
    options: ClassVar[type] = CheckDefaults
