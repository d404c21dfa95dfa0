"""The network as probes use it: who resolves names and whom TLS trusts. Tests pass one that knows local servers."""

from dataclasses import dataclass, field

from manara.probes.icmp import EchoWays
from manara.probes.resolver import Resolver
from manara.probes.trust import Trust


@dataclass(frozen=True, slots=True)
class Network:
    """What probes share. Connections are never shared: a kept-alive one measures nothing."""

    resolver: Resolver
    trust: Trust
    proxy: str = ""
    echo: EchoWays = field(default_factory=EchoWays)
