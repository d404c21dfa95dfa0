"""Looking at services: one file per check type, and what they share. Knows sockets; does not know who asks or why."""

from manara.probes.look import look
from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.table import CHECK_TYPES, PROBES

__all__ = [
    "CHECK_TYPES",
    "PROBES",
    "Family",
    "Network",
    "look",
]
