"""Names to addresses, by our own questions to name servers, so that every way to fail can be told apart.

Nothing is remembered from one question to the next: a look measures what is, not what was.
"""

import asyncio
import contextlib
import errno
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import dns.name
from dns.rdatatype import RdataType

from manara.model import Failure, NameServer, Reason
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import LONGEST_CHAIN, ask
from manara.probes.dns_wire import Question, name_of
from manara.probes.host_name import ascii_host_name
from manara.probes.hosts import Hosts
from manara.probes.local_names import ask_system, is_local_name
from manara.probes.name_servers import FINAL, Patience, ask_around, most_telling


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
    """Who answered: a name server's address, `/etc/hosts`, the system, or nothing for a literal address."""


THE_SYSTEM = "the system"
"""Who answered for a name of this network."""

_TYPES = {
    Family.ANY: (RdataType.AAAA, RdataType.A),
    Family.IPV4: (RdataType.A,),
    Family.IPV6: (RdataType.AAAA,),
}
_NAMES = {Family.ANY: "IP", Family.IPV4: "IPv4", Family.IPV6: "IPv6"}
_VERSIONS = {Family.ANY: (6, 4), Family.IPV4: (4,), Family.IPV6: (6,)}
_MOST_OF_A_KIND = 32

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
        patience: Patience | None = None,
        routed: Callable[[str], bool] | None = None,
        system: Callable[[str], Awaitable[tuple[str, ...]]] = ask_system,
    ) -> None:
        self.servers = servers
        self.patience = patience or Patience()
        self._hosts = hosts
        self._routed = routed or has_route
        self._system = system

    def asking(self, servers: tuple[NameServer, ...], patience: Patience) -> "Resolver":
        """Return a resolver like this one that asks other name servers."""
        return Resolver(servers, self._hosts, patience=patience, routed=self._routed, system=self._system)

    async def resolve(self, host: str, family: Family = Family.ANY) -> Resolved:
        """Return the addresses of a host; raise `LookFailed` with a reason of the DNS or link layer."""
        found = self._known_here(host, family) or await self._ask(ascii_host_name(host), family)
        return replace(found, addresses=self._by_route(host, found.addresses))

    async def _ask(self, name: str, family: Family) -> Resolved:
        if is_local_name(name):
            addresses = _of_family(await self._system(name), family)
            if not addresses:
                raise LookFailed(Reason.NO_ADDRESSES, f"{name} has no {_NAMES[family]} address")
            return Resolved(addresses, source=THE_SYSTEM)
        asked = dns.name.from_text(name)
        return await ask_around(
            self.servers,
            self.patience,
            lambda server, timeout_s: self._ask_server(asked, family, server, timeout_s),
        )

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

    async def _ask_server(self, name: dns.name.Name, family: Family, server: NameServer, timeout_s: float) -> Resolved:
        """Follow the aliases at one server until there are addresses."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        chain: list[str] = []
        asked = [name]
        while True:
            trails = await self._ask_types(name, family, server, max(deadline - loop.time(), 0.0))
            addresses = tuple(address for trail in trails for address in trail.addresses)
            longest = max((trail for trail in trails if trail.addresses or not addresses), key=_length)
            aliases = [name_of(alias) for alias in longest.aliases]
            chain += (alias.to_text(omit_final_dot=True) for alias in aliases)
            if addresses:
                return Resolved(addresses, tuple(chain), str(server))
            failures = [trail.failure for trail in trails if trail.failure]
            if failures:
                raise most_telling(failures)
            if not aliases:
                said = f"{server} knows {name.to_text(omit_final_dot=True)}, but no address"
                raise LookFailed(Reason.NO_ADDRESSES, said)
            name = aliases[-1]
            if name in asked or len(chain) > LONGEST_CHAIN:
                raise LookFailed(Reason.CNAME_LOOP, f"{server} leads from alias to alias: {' → '.join(chain)}")
            asked.append(name)

    async def _ask_types(
        self, name: dns.name.Name, family: Family, server: NameServer, timeout_s: float
    ) -> list["_Trail"]:
        """Ask for both kinds of addresses at once; when one kind is there, do not wait long for the other."""
        questions = [Question(name, rdtype) for rdtype in _TYPES[family]]
        if len(questions) == 1:
            return [await _trail(questions[0], server, timeout_s)]
        loop = asyncio.get_running_loop()
        trails: list[_Trail] = []

        async def follow(question: Question) -> None:
            trail = await _trail(question, server, timeout_s)
            trails.append(trail)
            if trail.settles:
                limit.reschedule(loop.time() + self.patience.grace_s)

        # The limit ends the group only after a trail was found that suffices.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
                for question in questions:
                    group.create_task(follow(question))
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


def families_routed(source: Callable[[str], str] | None = None) -> frozenset[Family]:
    """Return the families of addresses for which a way leads out of this machine, from an address that is heard there.

    `source` tells the address from which another one would be called; nothing where there is no way to it.
    """
    families = {4: Family.IPV4, 6: Family.IPV6}
    sources = {version: (source or source_of)(address) for version, address in _ELSEWHERE.items()}
    return frozenset(families[version] for version, found in sources.items() if found and not _is_of_the_link(found))


def source_of(address: str) -> str:
    """Return from which address this machine would call another one; nothing where it knows no way. Sends nothing."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((address, 53))
            return str(sock.getsockname()[0])
    except OSError:
        return ""


def _is_of_the_link(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_link_local


@dataclass(frozen=True, slots=True)
class _Trail:
    """How far one answer leads: along aliases to addresses, to a name without any, or to a failure."""

    aliases: tuple[bytes, ...] = ()
    """In lower-case wire form."""
    addresses: tuple[str, ...] = ()
    failure: Failure | None = None

    @property
    def settles(self) -> bool:
        """Whether nothing better is to be expected of another question."""
        return bool(self.addresses) or (self.failure is not None and self.failure.reason in FINAL)


async def _trail(question: Question, server: NameServer, timeout_s: float) -> _Trail:
    try:
        answer = await ask(question, server, timeout_s=timeout_s)
        path = answer.path()
    except LookFailed as failed:
        return _Trail(failure=failed.failure)
    addresses = tuple(answer.gist.addresses.get(path[-1], ()))[:_MOST_OF_A_KIND]
    return _Trail(path[1:], addresses, None if addresses else answer.failure())


def _length(trail: _Trail) -> int:
    return len(trail.aliases)


def _literal(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""


def _version(address: str) -> int:
    return 6 if ":" in address else 4


def _of_family(addresses: tuple[str, ...], family: Family) -> tuple[str, ...]:
    return tuple(address for address in addresses if _version(address) in _VERSIONS[family])
