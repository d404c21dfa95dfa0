"""What people type. Imports next to nothing, so that `manara --version` and `--help` answer at once."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn

from manara import __version__
from manara.cli.exits import WRONG_USAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What every command takes. Durations stay text: what they may be is known to the settings."""

    command: str = ""
    """Empty for the desktop program."""
    config: Path | None = None
    data: Path | None = None
    json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopArguments(Arguments):
    """`manara` alone: the desktop program."""

    background: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckArguments(Arguments):
    """`manara check`."""

    targets: tuple[str, ...] = ()
    timeout: str | None = None
    verbose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchArguments(Arguments):
    """`manara watch`."""

    length: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusArguments(Arguments):
    """`manara status`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryArguments(Arguments):
    """`manara history`."""

    target: str | None = None
    """Id or name of one service; None for all."""
    since: str | None = None
    begin: str | None = None
    end: str | None = None
    csv: bool = False
    spans: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsArguments(Arguments):
    """`manara incidents`."""

    target: str | None = None
    """Id of one incident; None for a list."""
    since: str | None = None
    begin: str | None = None
    end: str | None = None
    service: str | None = None
    """Id or name of a service."""
    markdown: bool = False
    html: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesArguments(Arguments):
    """`manara services`."""

    action: Literal["list", "catalogue", "add", "remove"]
    words: tuple[str, ...] = ()
    target: str = ""
    id: str | None = None
    name: str | None = None
    group: str | None = None
    tags: tuple[str, ...] = ()
    interval: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportArguments(Arguments):
    """`manara services import`."""

    action: str = "import"
    source: str = ""
    """A file or a folder; `-` for what is typed or piped in."""
    kind: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportArguments(Arguments):
    """`manara services export`."""

    action: str = "export"
    target: Path | None = None
    """A file, for Prometheus a folder; None for standard output."""
    form: str = "toml"


IMPORT_KINDS = ("manara", "uptime-kuma", "uptime-kuma-database", "gatus", "upptime", "prometheus", "csv", "list")
EXPORT_FORMATS = ("toml", "csv", "prometheus")
_TIMES = "A time is like 2026-03-01 or 2026-03-01T18:30, in your own time zone unless it says +02:00 or Z."


def parse(argv: Sequence[str]) -> Arguments:
    """Return what was typed; leave the program with a sentence and 64 if it makes no sense."""
    parser = _parser()
    typed = vars(parser.parse_args(argv))
    misplaced = [f"--{name}" for name in ("background", "language") if typed["command"] and name in typed]
    if misplaced:
        parser.error(f"{misplaced[0]} is for the desktop program, which is started without a command")
    make: Callable[..., Arguments] = typed.pop("make")
    return make(**{name: tuple(value) if isinstance(value, list) else value for name, value in typed.items()})


class _Parser(argparse.ArgumentParser):
    """argparse leaves with 2, which here means that a service is down."""

    def __init__(self, **options: Any) -> None:
        # An abbreviation in somebody's script would change its meaning with the next option.
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"{self.format_usage()}{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    common = _common()
    parser = _Parser(
        prog="manara",
        description="Tells whether it is you or them, since when, where and why.",
        epilog="Exit codes: 0 up, 1 degraded, 2 down, 3 unknown; 64 wrong usage, 78 bad settings.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"manara {__version__}")
    parser.add_argument(
        "--background", action="store_true", default=argparse.SUPPRESS, help="start with the tray icon alone"
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        default=argparse.SUPPRESS,
        help="language of the window, like ar; without words in it, English in its direction",
    )
    parser.set_defaults(make=DesktopArguments)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    parser.set_defaults(command="")
    _add_check(commands, common)
    _add_watch(commands, common)
    _add_status(commands, common)
    _add_history(commands, common)
    _add_incidents(commands, common)
    _add_services(commands, common)
    return parser


def _common() -> _Parser:
    # A default here would overwrite what stands before the command with nothing.
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--config", type=Path, metavar="FILE", help="settings file to use instead of your own")
    common.add_argument("--data", type=Path, metavar="DIR", help="folder of the history to use instead of your own")
    common.add_argument("--json", action="store_true", help="one JSON object instead of text; for watch, one a line")
    return common


def _add_check(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    check = commands.add_parser(
        "check",
        parents=[common],
        help="look once and say what is wrong",
        description="Look once, confirm what failed, and print it. Without a target: all your services.",
    )
    check.add_argument("targets", nargs="*", metavar="TARGET", help="service id, catalogue id, URL or host:port")
    check.add_argument("--timeout", metavar="TIME", help="longest time for one look, like 5s")
    check.add_argument("-v", "--verbose", action="store_true", help="show every step of every look")
    check.set_defaults(make=CheckArguments)


def _add_watch(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    watch = commands.add_parser(
        "watch",
        parents=[common],
        help="keep looking; a live table in a terminal",
        description="Keep looking. In a pipe: one line for each change.",
    )
    watch.add_argument("--for", dest="length", metavar="TIME", help="end after this time, like 30s")
    watch.set_defaults(make=WatchArguments)


def _add_status(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    status = commands.add_parser(
        "status",
        parents=[common],
        help="say what is known, without looking; for bars like waybar",
        description="Say what the running Manara knows of your services. Nothing is looked at.",
    )
    status.set_defaults(make=StatusArguments)


def _add_history(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    history = commands.add_parser(
        "history",
        parents=[common],
        help="uptime, outages and latency of a period",
        description="Uptime, outages and latency of a period. Without an id: one line for each service.",
        epilog=_TIMES,
    )
    history.add_argument("target", nargs="?", metavar="ID", help="id or name of a service")
    _add_period(history)
    history.add_argument("--csv", action="store_true", help="every single look of the period as a table")
    history.add_argument("--spans", action="store_true", help="with --csv: from when to when it was up, down, …")
    history.set_defaults(make=HistoryArguments)


def _add_incidents(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    incidents = commands.add_parser(
        "incidents",
        parents=[common],
        help="what failed together, why, and whether it happened before",
        description="What failed together in a period, the newest first. With an id: all that is known of one.",
        epilog=_TIMES,
    )
    incidents.add_argument("target", nargs="?", metavar="ID", help="id of an incident, like 20211004-153910-1")
    _add_period(incidents)
    incidents.add_argument("--service", metavar="ID", help="only those of this service, by its id or name")
    incidents.add_argument("--markdown", action="store_true", help="a report to paste into a ticket")
    incidents.add_argument("--html", action="store_true", help="a report as one page that needs nothing else")
    incidents.set_defaults(make=IncidentsArguments)


def _add_period(command: _Parser) -> None:
    command.add_argument("--since", metavar="TIME", help="period until now, like 12h or 90d; without it, 30d")
    command.add_argument("--from", dest="begin", metavar="TIME", help="begin of the period; its end is now or --to")
    command.add_argument("--to", dest="end", metavar="TIME", help="end of the period; a day counts to its end")


def _add_services(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    services = commands.add_parser("services", parents=[common], help="list, add, remove, import and export services")
    services.set_defaults(make=ServicesArguments)
    actions = services.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    actions.add_parser("list", parents=[common], help="show what is in the settings file")
    catalogue = actions.add_parser("catalogue", parents=[common], help="show well-known services that can be added")
    catalogue.add_argument("words", nargs="*", metavar="WORD", help="words of the name, the operator or the category")
    add = actions.add_parser("add", parents=[common], help="add a service to the settings file")
    add.add_argument("target", metavar="TARGET", help="catalogue id, URL or host:port")
    add.add_argument("--id", metavar="ID", help="short name for commands and scripts")
    add.add_argument("--name", metavar="NAME", help="name for people")
    add.add_argument("--group", metavar="GROUP", help="group to show it in")
    add.add_argument("--tag", dest="tags", action="append", default=[], metavar="TAG", help="tag; may be repeated")
    add.add_argument("--interval", metavar="TIME", help="time from one look to the next, like 60s")
    remove = actions.add_parser("remove", parents=[common], help="remove a service from the settings file")
    remove.add_argument("target", metavar="ID", help="id of the service, see `manara services list`")
    _add_import(actions, common)
    _add_export(actions, common)


def _add_import(actions: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    importing = actions.add_parser(
        "import",
        parents=[common],
        help="bring services along from another program or a list",
        description="Show what is in a file and add what is new. Secrets become names of environment variables.",
        epilog="Exit codes: 0 done, 65 the file cannot be imported, 78 the settings cannot be written.",
    )
    importing.add_argument("source", metavar="FILE", help="file or folder; - for standard input")
    importing.add_argument("--kind", choices=IMPORT_KINDS, help="what the file is, where its content does not tell")
    importing.add_argument("--dry-run", action="store_true", help="show it and write nothing")
    importing.set_defaults(make=ImportArguments, command="services import")


def _add_export(actions: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    exporting = actions.add_parser(
        "export",
        parents=[common],
        help="write all services to a file, without secrets",
        description="Write settings or services without secrets. For Prometheus, FILE is a folder for three files.",
    )
    exporting.add_argument("target", nargs="?", type=Path, metavar="FILE", help="new file; without it, to the screen")
    exporting.add_argument("--format", dest="form", choices=EXPORT_FORMATS, default="toml", help="toml if not given")
    exporting.set_defaults(make=ExportArguments, command="services export")
