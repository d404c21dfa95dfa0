"""How the network is reached, and who is asked whether it is you or them."""

from typing import ClassVar

from manara.model import NetworkOptions
from manara.ui.preferences.section_page import SectionPage
from manara.wording.translation import mark


class NetworkPage(SectionPage):
    """The `[network]` section."""

    name: ClassVar[str] = "network"
    title: ClassVar[str] = mark("Network")
    about: ClassVar[str] = mark("How the network is reached, and who is asked whether it is you or them.")
    words: ClassVar[tuple[str, ...]] = (mark("resolvers DNS anchors proxy CA internet"),)
    section: ClassVar[str] = "network"
    options: ClassVar[type] = NetworkOptions
