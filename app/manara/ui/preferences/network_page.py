"""How the network is reached, and who is asked whether it is you or them."""

from collections.abc import Mapping
from typing import ClassVar

from manara.model import NetworkOptions
from manara.ui.preferences.section_page import SectionPage
from manara.wording.translation import mark


class NetworkPage(SectionPage):
    """The `[network]` section."""

    name: ClassVar[str] = "network"
    title: ClassVar[str] = mark("Network")
    about: ClassVar[str] = mark("How the network is reached, and who is asked whether it is you or them.")
    also: ClassVar[Mapping[str, str]] = {
        "resolvers": mark("resolvers DNS"),
        "witness_resolvers": mark("resolvers DNS internet"),
        "anchors": mark("anchors internet"),
        "ca_file": mark("CA TLS"),
    }
    section: ClassVar[str] = "network"
    options: ClassVar[type] = NetworkOptions
