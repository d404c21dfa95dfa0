"""The settings, the catalogue and the network put together: what is watched, and with what.

It brings all libraries of the engine along, so that whoever has something to show first loads it later (`assembly`).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from manara.catalog import Catalogue, open_catalogue
from manara.history import History, HistoryUnreadable
from manara.model import Clock, Event, Incident, Service, SettingsInvalid, Zone
from manara.monitor.instruments import BuildNetwork, Instruments
from manara.monitor.refusals import Refusals
from manara.monitor.roles import Remembered, SettingsSource
from manara.monitor.session import Session
from manara.paths import own_catalogue_file, resource, settings_file
from manara.probes import CHECK_TYPES, build_network, read_surroundings
from manara.settings import Settings, SettingsFile, with_defaults

Answer = TypeVar("Answer")

READ_S = 2.0
"""How long the first look may wait for what is remembered."""


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
    keeper: History | None = None,
    remembered: Remembered | None = None,
) -> Session:
    """Read the settings and make ready what they ask for; raise `SettingsInvalid` when they cannot be used.

    `refused` is another file that is wrong and stops nothing; it is told once the session runs, until `read_refused`,
    which reads that file again after an edit, finds it mended.
    """
    settings = source.load()
    zones: Mapping[str, Zone] = {} if keeper is None else _read(keeper.zones(), {})
    going_on: tuple[Incident, ...] = () if keeper is None else _read(keeper.open_incidents(), ())
    return Session(
        settings,
        source,
        Instruments(settings.network, build_network, clock, settings.diagnosis, zones=zones),
        starter=starter,
        refusals=Refusals(refused, read_refused),
        read_surroundings=read_surroundings,
        clock=clock,
        emit=emit,
        keeper=keeper,
        remembered=remembered,
        going_on=going_on,
        zones=zones,
        history=keeper,
    )


def _read(asked: Future[Answer], nothing: Answer) -> Answer:
    """Return what the history says, and `nothing` where there is none yet, or none that can be read soon."""
    try:
        return asked.result(timeout=READ_S)
    except (HistoryUnreadable, TimeoutError):
        return nothing
