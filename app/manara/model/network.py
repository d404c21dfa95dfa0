"""What the user chose about the network and about checks in general: the sections of the settings file."""

from dataclasses import dataclass

from manara.model.addresses import usable_name_servers, usable_pages, usable_proxy
from manara.model.check import Pace
from manara.model.options import option


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOptions:
    """The `[network]` section."""

    resolvers: tuple[str, ...] = option(
        (),
        help="Name servers to ask, each `address` or `address:port`; empty means those of the system",
        maximum=16,
        accepts=usable_name_servers,
    )
    witness_resolvers: tuple[str, ...] = option(
        ("1.1.1.1", "8.8.8.8", "9.9.9.9"),
        help="Name servers of unrelated operators that are asked only when a look failed, to tell whether it is you",
        maximum=16,
        accepts=usable_name_servers,
    )
    anchors: tuple[str, ...] = option(
        (
            "http://connectivitycheck.gstatic.com/generate_204",
            "http://captive.apple.com/hotspot-detect.html",
            "http://cp.cloudflare.com/generate_204",
        ),
        help="Pages on unrelated networks that tell whether it is you: all are fetched when a look failed, and one of "
        "them when for a minute nothing else showed that your connection works",
        maximum=16,
        accepts=usable_pages,
    )
    ca_file: str = option("", help="A file of certificate authorities to trust besides those of the system")
    proxy: str = option(
        "", help="Address of the HTTP proxy for HTTP checks, like `http://proxy.example:3128`", accepts=usable_proxy
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDefaults(Pace):
    """The `[checks]` section: what holds for every check that does not say otherwise, and the limits of all."""

    max_at_once: int = option(200, help="Most looks under way at the same time", minimum=1, maximum=5_000)
    max_per_host: int = option(4, help="Most looks under way at one host", minimum=1, maximum=100)
