"""The settings, the catalogue and the network put together: what is watched, and with what.

It brings all libraries of the engine along, so that whoever has something to show first loads it later (`assembly`).
"""

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

from manara.catalog import Catalogue, open_catalogue
from manara.model import Clock, Event, Service, SettingsInvalid
from manara.monitor.instruments import BuildNetwork, Instruments
from manara.monitor.refusals import Refusals
from manara.monitor.roles import Keeper, Remembered, SettingsSource
from manara.monitor.session import Session
from manara.paths import own_catalogue_file, resource, settings_file
from manara.probes import CHECK_TYPES, build_network, read_surroundings
from manara.settings import Settings, SettingsFile, with_defaults


def open_settings(config: Path | None) -> tuple[Catalogue, SettingsFile]:
    """Return the catalogue and the settings file, the user's own if none is named; nothing of it is read yet."""
    catalogue = open_catalogue(resource("catalogue.toml"), own_catalogue_file(), CHECK_TYPES)
    return catalogue, SettingsFile(config or settings_file(), CHECK_TYPES, catalogue, catalogue.starter)


def watched_services(settings: Settings, catalogue: Catalogue) -> tuple[Service, ...]:
    """Return the services of the settings, or the starter set where nothing was chosen yet."""
    if settings.chosen:
        return settings.services
    return tuple(with_defaults(each, settings.checks) for each in catalogue.starter_services())


def open_session(
    source: SettingsSource,
    *,
    starter: tuple[Service, ...] = (),
    refused: SettingsInvalid | None = None,
    read_refused: Callable[[], SettingsInvalid | None] | None = None,
    build_network: BuildNetwork = build_network,
    read_surroundings: Callable[[], Hashable] = read_surroundings,
    clock: Clock,
    emit: Callable[[Sequence[Event]], None],
    keeper: Keeper | None = None,
    remembered: Remembered | None = None,
) -> Session:
    """Read the settings and make ready what they ask for; raise `SettingsInvalid` when they cannot be used.

    `refused` is another file that is wrong and stops nothing; it is told once the session runs, until `read_refused`,
    which reads that file again after an edit, finds it mended.
    """
    settings = source.load()
    return Session(
        settings,
        source,
        Instruments(settings.network, build_network, clock, settings.diagnosis),
        starter=starter,
        refusals=Refusals(refused, read_refused),
        read_surroundings=read_surroundings,
        clock=clock,
        emit=emit,
        keeper=keeper,
        remembered=remembered,
    )
