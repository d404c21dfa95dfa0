"""The commands as the program runs them: the real settings, catalogue, network and clock, put together.

`main` loads this module only when one of them was asked for.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from manara.catalog import Catalogue
from manara.cli.arguments import (
    Arguments,
    CheckArguments,
    HistoryArguments,
    IncidentsArguments,
    ServicesArguments,
    StatusArguments,
    WatchArguments,
)
from manara.cli.check import run_check, with_timeout
from manara.cli.exits import BAD_SETTINGS, Refused
from manara.cli.history import run_history
from manara.cli.incidents import run_incidents
from manara.cli.services import run_services
from manara.cli.status import run_status
from manara.cli.targets import Places, distinct, service_of_target, typed_duration, typed_timeout
from manara.cli.terminal import Terminal
from manara.cli.views import JsonView, LinesView, TableView, View
from manara.cli.watch import run_watch
from manara.engine import look_once
from manara.model import Event, Line, Service, ServiceState, SettingsInvalid, SystemClock
from manara.monitor.assembly import build_monitor
from manara.monitor.instruments import Instruments
from manara.monitor.local_time import local_time
from manara.monitor.opening import open_settings, watched_services
from manara.monitor.session import limits_of
from manara.paths import data_folder, resource
from manara.probes import build_network
from manara.settings import Settings
from manara.wording import Translator, one_line, translator


def check(arguments: CheckArguments) -> int:
    """Run `manara check`."""
    with settings_explained():
        settings, catalogue = _load(arguments.config)
        services = _services_to_check(arguments, settings, catalogue)
        clock = SystemClock()
        instruments = Instruments(settings.network, build_network, clock, settings.diagnosis)

    async def look_at(
        services: Sequence[Service], *, on_event: Callable[[Event], None]
    ) -> tuple[Line, tuple[ServiceState, ...]]:
        return await look_once(
            services,
            look=instruments.look,
            prove_line=instruments.prove_line,
            clock=clock,
            limits=limits_of(settings.checks),
            diagnose=instruments.diagnose,
            ask_official=instruments.hear_officials if settings.diagnosis.official_pages else None,
            official_counts=settings.diagnosis.heeds_officials,
            on_event=on_event,
        )

    return run_check(
        services,
        look_at,
        tr=own_translator(),
        now=local_time(clock),
        out=Terminal(),
        err=Terminal(stderr=True),
        as_json=arguments.json,
        verbose=arguments.verbose,
    )


def watch(arguments: WatchArguments) -> int:
    """Run `manara watch`."""
    length = None if arguments.length is None else typed_duration("--for", arguments.length)
    clock = SystemClock()
    with settings_explained():
        refuse_missing(arguments.config)
        monitor = build_monitor(arguments.config, arguments.data, clock)
        view = view_on(Terminal(), own_translator(), local_time(clock), as_json=arguments.json)
        return run_watch(monitor, view, length)


def status(arguments: StatusArguments) -> int:
    """Run `manara status`."""
    with settings_explained():
        settings, catalogue = _load(arguments.config)
    return run_status(
        watched_services(settings, catalogue),
        _history_folder(arguments),
        tr=own_translator(),
        now=local_time(SystemClock())(),
        out=Terminal(),
        as_json=arguments.json,
    )


def history(arguments: HistoryArguments) -> int:
    """Run `manara history`."""
    with settings_explained():
        settings, catalogue = _load(arguments.config)
    return run_history(
        arguments,
        _history_folder(arguments),
        watched_services(settings, catalogue),
        settings.history,
        tr=own_translator(),
        now=local_time(SystemClock())(),
        out=Terminal(),
    )


def incidents(arguments: IncidentsArguments) -> int:
    """Run `manara incidents`."""
    with settings_explained():
        settings, catalogue = _load(arguments.config)
    return run_incidents(
        arguments,
        _history_folder(arguments),
        watched_services(settings, catalogue),
        tr=own_translator(),
        now=local_time(SystemClock())(),
        out=Terminal(),
    )


def services(arguments: ServicesArguments) -> int:
    """Run `manara services`."""
    with settings_explained():
        catalogue, file = open_settings(arguments.config)
        _tell_refused(catalogue)
        if arguments.action != "add":
            refuse_missing(arguments.config)
        settings = file.load()
        return run_services(arguments, file, Places(settings, catalogue), tr=own_translator(), out=Terminal())


def view_on(console: Terminal, tr: Translator, now: Callable[[], datetime], *, as_json: bool) -> View:
    """Return the way to follow a watch that fits the place where it is shown."""
    if as_json:
        return JsonView(tr, now, console)
    return TableView(tr, now, console) if console.can_redraw else LinesView(tr, now, console)


def _services_to_check(arguments: CheckArguments, settings: Settings, catalogue: Catalogue) -> tuple[Service, ...]:
    places = Places(settings, catalogue)
    chosen = watched_services(settings, catalogue)
    if arguments.targets:
        chosen = distinct(service_of_target(target, places) for target in arguments.targets)
    if arguments.timeout is None:
        return chosen
    timeout = typed_timeout(arguments.timeout)
    return tuple(with_timeout(service, timeout) for service in chosen)


def _history_folder(arguments: Arguments) -> Path:
    return arguments.data or data_folder()


def refuse_missing(config: Path | None) -> None:
    """A file that was named must be there, or a typing error would watch something else."""
    if config is not None and not os.path.exists(config):  # noqa: PTH110 - unlike Path.exists it never raises
        raise Refused(BAD_SETTINGS, f"manara: {_shown(config)}: There is no such file.")


def _load(config: Path | None) -> tuple[Settings, Catalogue]:
    refuse_missing(config)
    catalogue, file = open_settings(config)
    _tell_refused(catalogue)
    return file.load(), catalogue


def _tell_refused(catalogue: Catalogue) -> None:
    """Say what is wrong with the user's own catalogue, which stops nothing."""
    if catalogue.refused is not None:
        err = Terminal(stderr=True)
        for line in _explained(catalogue.refused):
            err.print(line, soft_wrap=True)


def _explained(invalid: SettingsInvalid) -> tuple[str, ...]:
    return tuple(f"manara: {_shown(invalid.file)}: {one_line(str(problem))}" for problem in invalid.problems)


@contextmanager
def settings_explained() -> Iterator[None]:
    """Refuse with every problem where the settings cannot be used."""
    try:
        yield
    except SettingsInvalid as invalid:
        raise Refused(BAD_SETTINGS, *_explained(invalid)) from invalid


def _shown(path: Path) -> str:
    return one_line(str(path))


def own_translator() -> Translator:
    """Return the translator for the language of the environment."""
    return translator(resource("translations"))
