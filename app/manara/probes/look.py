"""One look at one check: the right probe under its deadline, any ending turned into a result."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from manara.model import Check, CheckResult, Clock, Failure, Reason
from manara.probes.border import failure_of
from manara.probes.network import Network
from manara.probes.sighting import Sighting

Probe: TypeAlias = Callable[[Any, Network, Sighting], Awaitable[Failure | None]]
"""Looks once: writes what it sees into the sighting; returns or raises what is wrong, or returns None."""

_log = logging.getLogger(__name__)
