"""Looking at services: one file per check type, and what they share. Knows sockets; does not know who asks or why."""

from manara.model import NameServer
from manara.probes.dns import DnsCheck
from manara.probes.fetching import Fetched, fetch
from manara.probes.http import HttpCheck
from manara.probes.look import look
from manara.probes.network import Network, build_network
from manara.probes.ping import PingCheck
from manara.probes.resolver import Family
from manara.probes.surroundings import Surroundings, read_surroundings
from manara.probes.table import CHECK_TYPES, PROBES
from manara.probes.tcp import TcpCheck
from manara.probes.tls import TlsCheck

__all__ = [
    "CHECK_TYPES",
    "PROBES",
    "DnsCheck",
    "Family",
    "Fetched",
    "HttpCheck",
    "NameServer",
    "Network",
    "PingCheck",
    "Surroundings",
    "TcpCheck",
    "TlsCheck",
    "build_network",
    "fetch",
    "look",
    "read_surroundings",
]
