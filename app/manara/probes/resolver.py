"""Names to addresses, by our own questions to name servers, so that every way to fail can be told apart.

Nothing is remembered from one question to the next: a look measures what is, not what was.
"""

import asyncio
import errno
import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import dns.name
from dns.rdatatype import RdataType

from manara.model import Failure, Reason
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import Answer, NameServer, ask
from manara.probes.dns_wire import Question, name_bytes, name_of
from manara.probes.host_name import ascii_host_name
from manara.probes.hosts import Hosts


class Family(StrEnum):
    """Which addresses may be used."""

    ANY = "any"
    IPV4 = "ipv4"
    IPV6 = "ipv6"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a name leads: usable addresses in the order in which they should be tried."""

    addresses: tuple[str, ...]
    cname_chain: tuple[str, ...] = ()
    source: str = ""
    """Who answered: a name server's address, `/etc/hosts`, or nothing for a literal address."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the resolver waits, in seconds."""

    try_s: float = 2.0
    """For one server's answer, before the next one is asked."""
    all_s: float = 6.0
    """For all servers together; until then, silent ones are asked again."""
    grace_s: float = 0.3
    """For the other kind of address, once there is a usable answer for one."""


_TYPES = {
    Family.ANY: (RdataType.AAAA, RdataType.A),
    Family.IPV4: (RdataType.A,),
    Family.IPV6: (RdataType.AAAA,),
}
_NAMES = {Family.ANY: "IP", Family.IPV4: "IPv4", Family.IPV6: "IPv6"}
_VERSIONS = {Family.ANY: (6, 4), Family.IPV4: (4,), Family.IPV6: (6,)}
_LONGEST_CHAIN = 16
_MOST_ADDRESSES = 64

# When several servers failed, the one that said most is believed: words before silence, silence before our own trouble.
_FINAL = frozenset({Reason.NXDOMAIN, Reason.NO_ADDRESSES, Reason.CNAME_LOOP})
_MOST_TELLING_FIRST = (
    Reason.CNAME_LOOP,
    Reason.NXDOMAIN,
    Reason.SERVFAIL,
    Reason.DNS_REFUSED,
    Reason.DNS_ERROR,
    Reason.DNS_BAD_ANSWER,
    Reason.DNS_TIMEOUT,
    Reason.DNS_UNREACHABLE,
    Reason.NETWORK_UNREACHABLE,
)
_RANKS = {reason: rank for rank, reason in enumerate(_MOST_TELLING_FIRST)}
_NO_ROUTE = (errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EHOSTUNREACH)

# Addresses for documentation: they are never dialled, only asked for the way to them.
_ELSEWHERE = {4: "192.0.2.1", 6: "2001:db8::1"}


class Resolver:
    """Answers from the address itself, from this machine's own names, then from the chosen name servers."""

    def __init__(
        self,
        servers: tuple[NameServer, ...],
        hosts: Hosts,
        *,
        patience: Patience = Patience(),
        routed: Callable[[str], bool] | None = None,
    ) -> None:
        self.servers = servers
        self._hosts = hosts
        self._patience = patience
        self._routed = routed or has_route

    async def resolve(self, host: str, family: Family = Family.ANY) -> Resolved:
        """Return the addresses of a host; raise `LookFailed` with a reason of the DNS or link layer."""
        found = self._known_here(host, family) or await self._ask_around(ascii_host_name(host), family)
        return replace(found, addresses=self._by_route(host, found.addresses))

    def _known_here(self, host: str, family: Family) -> Resolved | None:
        """Answer without a question: a literal address, `localhost` (RFC 6761) or a name of the hosts file."""
        literal = _literal(host)
        if literal:
            if not _of_family((literal,), family):
                raise LookFailed(Reason.NO_ADDRESSES, f"{host} is not an {_NAMES[family]} address")
            return Resolved((literal,))
        name = ascii_host_name(host)
        if name == "localhost" or name.endswith(".localhost"):
            return Resolved(_of_family(("::1", "127.0.0.1"), family))
        addresses = _of_family(self._hosts.addresses_of(name), family)
        return Resolved(addresses, source="/etc/hosts") if addresses else None

    async def _ask_around(self, name: str, family: Family) -> Resolved:
        """Ask one server after the other until one knows; go round again by those that were silent."""
        if not self.servers:
            raise LookFailed(Reason.NO_RESOLVER, "no name server is known")
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._patience.all_s
        failures: list[Failure] = []
        servers = list(self.servers)
        while servers:
            silent = []
            for server in servers:
                left_s = deadline - loop.time()
                if left_s <= 0:
                    break
                try:
                    return await self._ask_server(dns.name.from_text(name), family, server, left_s)
                except LookFailed as failed:
                    if failed.failure.reason in _FINAL:
                        raise
                    failures.append(failed.failure)
                    if failed.failure.reason is Reason.DNS_TIMEOUT:
                        silent.append(server)
            servers = silent
        raise _most_telling(failures)

    async def _ask_server(self, name: dns.name.Name, family: Family, server: NameServer, left_s: float) -> Resolved:
        """Follow the aliases at one server until there are addresses."""
        chain: tuple[str, ...] = ()
        seen = {name}
        while True:
            trails = await self._ask_types(name, family, server, min(left_s, self._patience.try_s))
            addresses = tuple(address for trail in trails for address in trail.addresses)
            trail = max(trails, key=lambda trail: (bool(trail.addresses), len(trail.aliases)))
            chain += tuple(alias.to_text(omit_final_dot=True) for alias in trail.aliases)
            if addresses:
                return Resolved(addresses[:_MOST_ADDRESSES], chain, str(server))
            failures = [trail.failure for trail in trails if trail.failure]
            if failures:
                raise _most_telling(failures)
            if not trail.aliases:
                raise LookFailed(
                    Reason.NO_ADDRESSES, f"{server} knows {name.to_text(omit_final_dot=True)}, but no address"
                )
            name = trail.aliases[-1]
            if name in seen or len(chain) > _LONGEST_CHAIN:
                raise LookFailed(Reason.CNAME_LOOP, f"{server} leads from alias to alias: {' → '.join(chain)}")
            seen.add(name)

    async def _ask_types(
        self, name: dns.name.Name, family: Family, server: NameServer, timeout_s: float
    ) -> list["_Trail"]:
        """Ask for both kinds of addresses at once; when one kind is there, do not wait long for the other."""
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(_trail(Question(name, rdtype), server, timeout_s)) for rdtype in _TYPES[family]]
            done, pending = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
            if pending:
                settled = any(task.result().settles for task in done)
                await asyncio.wait(pending, timeout=self._patience.grace_s if settled else None)
            trails = [task.result() for task in asked if task.done()]
            for task in asked:
                task.cancel()
        return trails

    def _by_route(self, host: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
        """Put addresses with a way to them first, and IPv6 before IPv4 among equals (RFC 6724)."""
        groups = {version: [a for a in addresses if _version(a) == version] for version in (6, 4)}
        # The first of a kind stands for all of it: what differs is whether the machine has IPv6 at all.
        usable = {version: bool(group) and self._routed(group[0]) for version, group in groups.items()}
        if not any(usable.values()) and not all(groups.values()):
            version = 6 if groups[6] else 4
            other = 10 - version
            if self._routed(_ELSEWHERE[other]):
                reason = Reason.NO_IPV6 if version == 6 else Reason.NO_IPV4
                raise LookFailed(
                    reason, f"{host} has IPv{version} addresses only, and there is no way to them from here"
                )
            raise LookFailed(Reason.NETWORK_UNREACHABLE, f"there is no way from here to {addresses[0]}")
        return tuple(a for version in sorted(groups, key=lambda v: not usable[v]) for a in groups[version])


def has_route(address: str) -> bool:
    """Tell whether this machine knows a way to the address. Nothing is sent: UDP connects without a packet."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((address, 53))
    except OSError as error:
        return error.errno not in _NO_ROUTE
    return True


@dataclass(frozen=True, slots=True)
class _Trail:
    """How far one answer leads: along aliases to addresses, to a name without any, or to a failure."""

    aliases: tuple[dns.name.Name, ...] = ()
    addresses: tuple[str, ...] = ()
    failure: Failure | None = None

    @property
    def settles(self) -> bool:
        """Whether nothing better is to be expected of another question."""
        return bool(self.addresses) or (self.failure is not None and self.failure.reason in _FINAL)


async def _trail(question: Question, server: NameServer, timeout_s: float) -> _Trail:
    try:
        answer = await ask(question, server, timeout_s=timeout_s)
    except LookFailed as failed:
        return _Trail(failure=failed.failure)
    return _follow(answer)


def _follow(answer: Answer) -> _Trail:
    here = name_bytes(answer.question.name)
    steps = [here]
    while here in answer.gist.aliases:
        here = answer.gist.aliases[here]
        if here in steps or len(steps) > _LONGEST_CHAIN:
            names = " → ".join(name_of(step).to_text(omit_final_dot=True) for step in [*steps, here])
            return _Trail(failure=Failure(Reason.CNAME_LOOP, f"{answer.server} leads from alias to alias: {names}"))
        steps.append(here)
    aliases = tuple(name_of(step) for step in steps[1:])
    addresses = tuple(answer.gist.addresses.get(here, ()))
    return _Trail(aliases, addresses, None if addresses else answer.failure())


def _most_telling(failures: Sequence[Failure]) -> LookFailed:
    best = min(failures, key=lambda failure: _RANKS.get(failure.reason, len(_RANKS)))
    said = dict.fromkeys(failure.detail for failure in failures)
    return LookFailed(best.reason, "; ".join(said))


def _literal(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""


def _version(address: str) -> int:
    return 6 if ":" in address else 4


def _of_family(addresses: tuple[str, ...], family: Family) -> tuple[str, ...]:
    return tuple(address for address in addresses if _version(address) in _VERSIONS[family])
