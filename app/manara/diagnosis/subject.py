"""What a check is about, as far as the ladder can ask: which name, which port, which records."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import dns.name
import dns.rdatatype
from dns.rdatatype import RdataType

from manara.model import Check, CheckResult, NameServer
from manara.probes import DnsCheck, Family, HttpCheck, PingCheck, TcpCheck, TlsCheck
from manara.probes.border import LookFailed
from manara.probes.host_name import ascii_host_name
from manara.probes.local_names import is_local_name
from manara.probes.urls import DIRECT


@dataclass(frozen=True, slots=True)
class Subject:
    """What the ladder can ask about a check that failed."""

    host: str = ""
    """In ASCII and lower case without the final dot; empty where there is no name to ask for."""
    port: int | None = None
    """The port that was dialled; None where nothing is."""
    rdtype: RdataType = RdataType.A
    servers: tuple[NameServer, ...] = ()
    """The name servers that the check itself names."""
    proxied: bool = False
    """A proxy finds the name and connects: there is nothing to ask from here."""
    local: bool = False
    """It is on the local network."""

    @property
    def name(self) -> dns.name.Name:
        """The host as DNS has it."""
        return dns.name.from_text(self.host)


def subject_of(check: Check, result: CheckResult, proxy: str) -> Subject:
    """Return what a failed look was about; `proxy` is the one for all HTTP checks."""
    match check:
        case HttpCheck():
            # Where the answer led on, the failure is that of the last place.
            host, port = _place(result.facts.redirects[-1] if result.facts.redirects else check.url)
            proxied = (check.proxy or proxy) not in ("", DIRECT)
            return _subject(host, port, check.family, proxied=proxied)
        case TcpCheck() | TlsCheck():
            return _subject(check.host, check.port, check.family)
        case PingCheck():
            return _subject(check.host, None, check.family)
        case DnsCheck():
            servers = tuple(map(NameServer.parse, check.servers))
            rdtype = dns.rdatatype.from_text(check.record_type)
            return replace(_subject(check.name, None), rdtype=rdtype, servers=servers)
        case _:
            return _subject(check.host, None)


def watched_name(check: Check) -> str:
    """Return the name whose zone is worth knowing; empty for an address and for names of the local network."""
    subject = subject_of(check, CheckResult(_NEVER), "")
    return "" if subject.local or subject.servers else subject.host


def is_private(address: str) -> bool:
    """Return whether an address leads to this computer, its networks or nowhere: no public name has such a one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found in network for network in _NOT_PUBLIC if network.version == found.version)


_NEVER = datetime.min.replace(tzinfo=UTC)

# RFC 6890 and what filters answer with; the networks for documentation and for measurements are left out, since some
# providers use the latter inside, and nobody answers with the former.
_NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        *("0.0.0.0/8", "::/128"),
        *("127.0.0.0/8", "::1/128"),
        *("169.254.0.0/16", "fe80::/10"),
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
    )
)


def _subject(host: str, port: int | None, family: Family = Family.ANY, *, proxied: bool = False) -> Subject:
    rdtype = RdataType.AAAA if family is Family.IPV6 else RdataType.A
    try:
        literal = ip_address(host.partition("%")[0])
    except ValueError:
        literal = None
    if literal is not None:
        return Subject("", port, rdtype, proxied=proxied, local=is_private(str(literal)))
    try:
        name = ascii_host_name(host)
    except LookFailed:
        return Subject("", port, rdtype, proxied=proxied)
    local = is_local_name(name) or name.endswith(".localhost")
    return Subject("" if local else name, port, rdtype, proxied=proxied, local=local)


def _place(url: str) -> tuple[str, int]:
    """Return host and port of a URL, which may be a remote text that was cut."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return "", 443
    return split.hostname or "", port or (443 if split.scheme == "https" else 80)
