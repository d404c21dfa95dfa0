"""The `ping` check: does a host give a sign of life, and how far is it?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from manara.model import Check, Failure, Reason, option
from manara.probes.accepts import usable_host
from manara.probes.echo import Echoes, echo_by_icmp, echo_by_ping, echo_by_tcp
from manara.probes.icmp import EchoWays
from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.sighting import Phase, Sighting

# What is left of the time belongs to the verdict: a way that ends by itself can tell how much was lost.
_SHARE_OF_TIME = 0.9

_WAYS: tuple[tuple[str, Callable[[str, int, float, EchoWays], Awaitable[Echoes | None]]], ...] = (
    ("icmp", echo_by_icmp),
    ("ping", echo_by_ping),
    ("tcp", echo_by_tcp),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PingCheck(Check):
    """Asks a host for echoes; where the system does not allow that, knocks at its web ports."""

    type: ClassVar[str] = "ping"

    host: str = option(help="Host name or address", accepts=usable_host)
    count: int = option(3, help="How many echoes to ask for", minimum=1, maximum=20)
    family: Family = option(Family.ANY, help="Which addresses to use: any, ipv4 or ipv6", advanced=True)

    @property
    def target(self) -> str:
        """The host."""
        return self.host


async def probe_ping(check: PingCheck, network: Network, sighting: Sighting) -> Failure | None:
    """Look once. The answer's time is the mean round trip."""
    with sighting.measure(Phase.DNS):
        resolved = await network.resolver.resolve(check.host, check.family)
    sighting.note(addresses=resolved.addresses, cname_chain=resolved.cname_chain, resolver=resolved.source)
    sighting.address = resolved.addresses[0]
    with sighting.measure(Phase.ECHO):
        for method, ask in _WAYS:
            budget_s = sighting.remaining_s() * _SHARE_OF_TIME
            echoes = await ask(sighting.address, check.count, budget_s, network.echo)
            if echoes:
                sighting.note(method=method)
                return _judge(echoes, sighting)
    reason = Reason.NO_PERMISSION if network.echo.ping_path else Reason.TOOL_MISSING
    return Failure(reason, "This system lets nobody but root send echo requests, and no web port gave a sign of life")


def _judge(echoes: Echoes, sighting: Sighting) -> Failure | None:
    answered = len(echoes.round_trips_ms)
    if not answered:
        return Failure(Reason.NO_ECHO, f"None of {echoes.asked} echo requests was answered")
    sighting.answer_ms = sum(echoes.round_trips_ms) / answered
    if answered < echoes.asked:
        lost = echoes.asked - answered
        return Failure(Reason.PACKET_LOSS, f"{lost} of {echoes.asked} echo requests went unanswered")
    return None
