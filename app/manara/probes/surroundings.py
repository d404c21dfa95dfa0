"""What this machine says of its network: compared from time to time, it tells that the network has changed."""

import sys
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import dns.exception
import dns.resolver

from manara.model import NameServer
from manara.probes.hosts import HOSTS_FILE

_MOST_BYTES = 1 << 20
_EVERYWHERE_IPV4 = ["00000000"]
_EVERYWHERE_IPV6 = ["0" * 32, "00"]
_LOOPBACK = "lo"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the system keeps what we read. Routes are in Linux's form; elsewhere the files are missing."""

    name_servers: Path = Path("/etc/resolv.conf")
    hosts: Path = HOSTS_FILE
    ipv4_routes: Path = Path("/proc/net/route")
    ipv6_routes: Path = Path("/proc/net/ipv6_route")
    interfaces: Path = Path("/sys/class/net")


_OF_THE_SYSTEM = Sources()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A snapshot; another network gives another one."""

    name_servers: tuple[NameServer, ...] = ()
    hosts_stamp: tuple[int, int] | None = None
    """When the hosts file was changed, in nanoseconds since 1970, and its size."""
    default_routes: tuple[tuple[str, str], ...] = ()
    """Interface and gateway, the latter in the system's hexadecimal form."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """One default route of this machine."""

    interface: str
    gateway: str
    """The address of the router, with its interface where it needs one; empty where there is none, as in a tunnel."""
    version: int
    """4 or 6."""
    up: bool
    """Whether the interface is connected to anything."""


def ways_out(sources: Sources = _OF_THE_SYSTEM) -> tuple[WayOut, ...]:
    """Return the ways to everywhere that Linux knows; elsewhere none, which says nothing."""
    return tuple(_way_out(interface, gateway, sources) for interface, gateway in _default_routes(sources))


def read_surroundings(sources: Sources = _OF_THE_SYSTEM) -> Surroundings:
    """Look around. Reads small files of the system, and never fails: what is not there is left out."""
    return Surroundings(
        name_servers=system_name_servers(sources.name_servers),
        hosts_stamp=_stamp(sources.hosts),
        default_routes=_default_routes(sources),
    )


def system_name_servers(path: Path = _OF_THE_SYSTEM.name_servers) -> tuple[NameServer, ...]:
    """Return the name servers that the system uses, none when it does not say; `path` counts on Unix only."""
    try:
        configured = dns.resolver.Resolver(str(path), configure=True)
    except (dns.exception.DNSException, OSError, ValueError):
        return ()
    found = []
    for server in configured.nameservers:
        try:
            found.append(NameServer.parse(str(server)))
        except ValueError:
            continue
    return tuple(found)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _default_routes(sources: Sources) -> tuple[tuple[str, str], ...]:
    """Return the ways to everywhere, without the counters in the same files that change with every packet."""
    # Linux: proc_net_route(5) has interface, destination, gateway, …, mask; the IPv6 table has destination, its prefix
    # length, source, its prefix length, next hop, …, interface.
    ipv4 = [
        (fields[0], fields[2])
        for fields in _rows(sources.ipv4_routes)
        if len(fields) > 7 and [fields[1]] == _EVERYWHERE_IPV4 == [fields[7]]
    ]
    ipv6 = [
        (fields[9], fields[4])
        for fields in _rows(sources.ipv6_routes)
        if len(fields) > 9 and fields[:2] == _EVERYWHERE_IPV6 and fields[9] != _LOOPBACK
    ]
    return tuple(sorted({*ipv4, *ipv6}))


def _way_out(interface: str, gateway: str, sources: Sources) -> WayOut:
    version = 4 if len(gateway) == len(_EVERYWHERE_IPV4[0]) else 6
    # The file gives an IPv4 address as a number in this machine's order of bytes, an IPv6 address as it is written.
    address: IPv4Address | IPv6Address
    if version == 4:
        address = IPv4Address(int(gateway, 16).to_bytes(4, sys.byteorder))
    else:
        address = IPv6Address(bytes.fromhex(gateway))
    text = f"{address}%{interface}" if address.is_link_local and version == 6 else str(address)
    try:
        state = (sources.interfaces / interface / "operstate").read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        state = ""
    # Tunnels say that it is unknown.
    return WayOut(
        interface, "" if address.is_unspecified else text, version, up=state not in ("down", "lowerlayerdown")
    )


def _rows(path: Path) -> list[list[str]]:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except OSError:
        return []
    return [line.split() for line in content.decode("ascii", "replace").splitlines()]
