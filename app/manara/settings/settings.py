"""What the user chose."""

from dataclasses import dataclass, field

from manara.model import AppearanceOptions, CheckDefaults, DiagnosisOptions, HistoryOptions, NetworkOptions, Service


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a settings file says; what it does not say is as by default."""

    network: NetworkOptions = field(default_factory=NetworkOptions)
    checks: CheckDefaults = field(default_factory=CheckDefaults)
    history: HistoryOptions = field(default_factory=HistoryOptions)
    services: tuple[Service, ...] = ()
    appearance: AppearanceOptions = field(default_factory=AppearanceOptions)
    diagnosis: DiagnosisOptions = field(default_factory=DiagnosisOptions)
    none: bool = False
    """Whether the file says that no services are to be watched: `services = []`."""

    @property
    def chosen(self) -> bool:
        """Whether the services are the user's own choice, be it none; otherwise the starter set is watched."""
        return self.none or bool(self.services)
