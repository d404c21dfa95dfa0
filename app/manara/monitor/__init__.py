"""The facade that the window and the terminal talk to."""

from manara.monitor.monitor import Monitor
from manara.monitor.snapshot import Snapshot

__all__ = ["Monitor", "Snapshot"]
