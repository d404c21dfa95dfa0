"""The facade that the window and the terminal talk to."""

from manara.monitor.monitor import Monitor, Snapshot

__all__ = ["Monitor", "Snapshot"]
