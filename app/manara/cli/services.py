"""`manara services`: list, add and remove what is in the settings file, and what the catalogue offers for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, assert_never

from rich.console import Console

from manara.cli.arguments import ServicesArguments
from manara.cli.catalogue_list import print_catalogue
from manara.cli.columns import print_columns
from manara.cli.exits import BAD_SETTINGS, WRONG_USAGE, Refused
from manara.cli.looks import shown_name
from manara.cli.targets import Places, new_service_of_target, typed_duration
from manara.model import Check, Service, SettingsInvalid
from manara.monitor.report import SCHEMA
from manara.settings import Change, RemoveServices, SettingsNotWritten, UnknownService, table_of
from manara.wording import Translator, one_line


class ChangeableSettings(Protocol):
    """The part of the settings file that is needed here."""

    def add_service(self, table: Mapping[str, Any]) -> Service:
        """Write one service more and return it."""

    def apply(self, change: Change) -> object:
        """Write the file with a change."""


def run_services(
    arguments: ServicesArguments,
    file: ChangeableSettings,
    places: Places,
    *,
    tr: Translator,
    out: Console,
) -> int:
    """Do what was asked and return the exit code; refuse what cannot be done, with the reason."""
    match arguments.action:
        case "list":
            tables = [
                table_of(service, places.settings.checks, places.catalogue) for service in places.settings.services
            ]
            _print_list(places.settings.services, tables, tr, out, as_json=arguments.json)
        case "catalogue":
            print_catalogue(places.catalogue, arguments.words, tr, out, as_json=arguments.json)
        case "add":
            added = _add(arguments, file, places)
            text = tr("Added {id}: {what}").format(id=added.id, what=_looks_at(added))
            table = table_of(added, places.settings.checks, places.catalogue)
            _print(text, {"added": table}, out, as_json=arguments.json)
        case "remove":
            _remove(arguments.target, file)
            text = tr("Removed {id}").format(id=arguments.target)
            _print(text, {"removed": arguments.target}, out, as_json=arguments.json)
        case never:
            assert_never(never)
    return 0


def _add(arguments: ServicesArguments, file: ChangeableSettings, places: Places) -> Service:
    meant = new_service_of_target(arguments.target, places)
    wished = replace(
        meant,
        id=arguments.id or meant.id,
        name=arguments.name or meant.name,
        group=meant.group if arguments.group is None else arguments.group,
        tags=arguments.tags or meant.tags,
        checks=tuple(_at_interval(check, arguments.interval) for check in meant.checks),
    )
    try:
        return file.add_service(table_of(wished, places.settings.checks, places.catalogue))
    except SettingsInvalid as invalid:
        # The file itself was good a moment ago: it is the new service that cannot be.
        raise Refused(WRONG_USAGE, *(f"manara: {problem}" for problem in invalid.problems)) from invalid
    except SettingsNotWritten as not_written:
        raise Refused(BAD_SETTINGS, f"manara: {not_written}") from not_written


def _at_interval(check: Check, interval: str | None) -> Check:
    if interval is None:
        return check
    length = typed_duration("--interval", interval)
    # A look must be over before the next one is due.
    return replace(check, interval=length, timeout=min(check.timeout, length))


def _remove(service_id: str, file: ChangeableSettings) -> None:
    try:
        file.apply(RemoveServices((service_id,)))
    except UnknownService as unknown:
        raise Refused(WRONG_USAGE, f"manara: {unknown}") from unknown
    except SettingsNotWritten as not_written:
        raise Refused(BAD_SETTINGS, f"manara: {not_written}") from not_written


def _print_list(
    services: Sequence[Service], tables: Sequence[Mapping[str, Any]], tr: Translator, out: Console, *, as_json: bool
) -> None:
    if as_json:
        out.file.write(json.dumps({"schema": SCHEMA, "services": tables}, indent=2) + "\n")
        return
    if not services:
        out.print(tr("No services of your own yet: manara services add TARGET"), soft_wrap=True)
    rows = [(service.id, shown_name(service), service.group, _looks_at(service)) for service in services]
    print_columns(rows, out)


def _looks_at(service: Service) -> str:
    return ", ".join(f"{check.type} {one_line(check.target)}" for check in service.checks)


def _print(text: str, document: Mapping[str, Any], out: Console, *, as_json: bool) -> None:
    if as_json:
        out.file.write(json.dumps({"schema": SCHEMA, **document}, indent=2) + "\n")
    else:
        out.print(text, soft_wrap=True)
