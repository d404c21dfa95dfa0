"""The table of check types. A new one costs a file beside this one, a line here, and a test."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from manara.model import Check, Failure
from manara.probes.dns import DnsCheck, probe_dns
from manara.probes.http import HttpCheck, probe_http
from manara.probes.network import Network
from manara.probes.ping import PingCheck, probe_ping
from manara.probes.sighting import Sighting
from manara.probes.tcp import TcpCheck, probe_tcp
from manara.probes.tls import TlsCheck, probe_tls

Probe: TypeAlias = Callable[[Any, Network, Sighting], Awaitable[Failure | None]]
"""Looks once: writes what it sees into the sighting; returns or raises what is wrong, or returns None."""

PROBES: Mapping[type[Check], Probe] = {
    HttpCheck: probe_http,
    TcpCheck: probe_tcp,
    TlsCheck: probe_tls,
    DnsCheck: probe_dns,
    PingCheck: probe_ping,
}

CHECK_TYPES: Mapping[str, type[Check]] = {check.type: check for check in PROBES}
"""By the word that names the type in the settings file."""
