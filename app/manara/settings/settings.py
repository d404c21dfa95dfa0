"""What the user chose."""

from dataclasses import dataclass, field

from manara.model import CheckDefaults, HistoryOptions, NetworkOptions, Service


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a settings file says; what it does not say is as by default."""

    network: NetworkOptions = field(default_factory=NetworkOptions)
    checks: CheckDefaults = field(default_factory=CheckDefaults)
    history: HistoryOptions = field(default_factory=HistoryOptions)
    services: tuple[Service, ...] = ()
