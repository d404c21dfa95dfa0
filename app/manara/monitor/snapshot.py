"""All that is believed at one moment, as it crosses from the engine's thread to whoever shows it."""

from dataclasses import dataclass, field

from manara.model import HistoryKept, Incident, Line, Service, ServiceState, Silence


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is believed at one moment."""

    line: Line = field(default_factory=Line)
    services: tuple[Service, ...] = ()
    states: tuple[ServiceState, ...] = ()
    kept: HistoryKept | None = None
    """The last that was told of the way in which the history is kept; None while all is well from the start."""
    silence: Silence = field(default_factory=Silence)
    incidents: tuple[Incident, ...] = ()
    """Those that go on, the oldest first."""

    @property
    def acknowledged(self) -> frozenset[str]:
        """The ids of the services of which nothing is told until they are well again."""
        return self.silence.acknowledged
