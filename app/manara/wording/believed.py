"""What words need to know of everything watched; the words know nothing of the monitor that believes it."""

from typing import Protocol

from manara.model import Line, Service, ServiceState


class Believed(Protocol):
    """What is believed of everything watched, in the same order; a snapshot is that."""

    @property
    def line(self) -> Line:
        """Our own connection."""

    @property
    def services(self) -> tuple[Service, ...]:
        """All that is watched."""

    @property
    def states(self) -> tuple[ServiceState, ...]:
        """How it is."""
