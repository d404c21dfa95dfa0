"""What the user chose."""

from dataclasses import dataclass, field

from manara.model import AppearanceOptions, CheckDefaults, HistoryOptions, NetworkOptions, Service


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a settings file says; what it does not say is as by default."""

    network: NetworkOptions = field(default_factory=NetworkOptions)
    checks: CheckDefaults = field(default_factory=CheckDefaults)
    history: HistoryOptions = field(default_factory=HistoryOptions)
    services: tuple[Service, ...] = ()
    appearance: AppearanceOptions = field(default_factory=AppearanceOptions)
    chosen: bool = False
    """Whether the file says which services to watch, be it none; where it does not, the starter set is watched."""
