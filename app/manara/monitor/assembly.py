"""The program put together: the real settings file, catalogue, network and clock, for the terminal and the window."""

from pathlib import Path

from manara.catalog import Catalogue, read_catalogue
from manara.model import Clock, Service
from manara.monitor.monitor import Monitor
from manara.paths import data_folder, resource, settings_file
from manara.probes import CHECK_TYPES, build_network, read_surroundings
from manara.settings import Settings, SettingsFile, with_defaults


def open_settings(config: Path | None) -> tuple[Catalogue, SettingsFile]:
    """Return the catalogue and the settings file, the user's own if none is named; nothing of it is read yet."""
    catalogue = read_catalogue(resource("catalogue.toml"), CHECK_TYPES)
    return catalogue, SettingsFile(config or settings_file(), CHECK_TYPES, catalogue)


def watched_services(settings: Settings, catalogue: Catalogue) -> tuple[Service, ...]:
    """Return the services of the settings, or the starter set where there are none."""
    return settings.services or tuple(with_defaults(each, settings.checks) for each in catalogue.starter_services())


def build_monitor(catalogue: Catalogue, file: SettingsFile, data: Path | None, clock: Clock) -> Monitor:
    """Return a monitor of these settings that keeps its history in a folder, the user's own if none is named."""
    return Monitor(
        file,
        build_network=build_network,
        read_surroundings=read_surroundings,
        starter=catalogue.starter_services(),
        clock=clock,
        data_folder=data or data_folder(),
    )
