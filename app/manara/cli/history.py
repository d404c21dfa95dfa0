"""`manara history`: what was measured in a period, as text, JSON or a table."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.text import Text

from manara.cli.arguments import HistoryArguments
from manara.cli.exits import WRONG_USAGE, Refused
from manara.cli.export import write_looks, write_spans
from manara.cli.glyphs import ASCII, BLOCKS
from manara.cli.history_file import opened_history
from manara.cli.history_view import Sheet, overview_lines, service_lines
from manara.cli.period import typed_window
from manara.cli.terminal import Terminal
from manara.history import Known, Measured, Reader, looks
from manara.model import HistoryOptions, Service, Span, Window
from manara.monitor.history_report import history_document
from manara.monitor.past import Past, nothing_known, read_past
from manara.settings import did_you_mean
from manara.wording import Translator, one_line

POINTS = 200
"""Buckets of the series in the JSON, at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One run of the command: who reads what, and when."""

    reader: Reader | None
    """None where there is no history yet."""
    chosen: tuple[Known, ...]
    window: Window
    now: datetime
    running: bool

    @property
    def readable(self) -> Iterator[tuple[Reader | None, Known]]:
        """Each chosen service with the reader that knows of it; None where nothing is known."""
        return ((self.reader if known.first_seen else None, known) for known in self.chosen)


def run_history(
    arguments: HistoryArguments,
    folder: Path,
    services: Sequence[Service],
    options: HistoryOptions,
    *,
    tr: Translator,
    now: datetime,
    out: Terminal,
) -> int:
    """Write what was asked for and return the exit code; `services` are those of the settings, `now` is local."""
    _refuse_contradictions(arguments)
    with opened_history(folder) as reader:
        known = reader.services() if reader else ()
        heard = reader.heard() if reader else None
        running = reader is not None and reader.watching(now)
        window = typed_window(arguments, now, min(heard, now) if heard is not None and running else now)
        chosen = known if arguments.target is None else (service_named(arguments.target, known, services),)
        reading = Reading(reader, chosen, window, now, running)
        if arguments.spans:
            write_spans(_spans(reading), out.file)
        elif arguments.csv:
            write_looks(_looks(reading), out.file)
        elif arguments.json:
            pasts = _pasts(reading, with_latency=True, points=None if arguments.target is None else POINTS)
            document = history_document(pasts, window, options, now)
            out.file.write(json.dumps(document, indent=2) + "\n")
        else:
            for line in _lines(arguments, reading, options, tr, out):
                out.print(line, soft_wrap=True)
    return 0


def _refuse_contradictions(arguments: HistoryArguments) -> None:
    if arguments.csv and arguments.json:
        raise Refused(WRONG_USAGE, "manara: --csv and --json cannot stand together.")
    if arguments.spans and not arguments.csv:
        raise Refused(WRONG_USAGE, "manara: --spans goes with --csv.")


def service_named(target: str, known: Sequence[Known], services: Sequence[Service]) -> Known:
    """Return the service that is meant by an id or a name, also one without a history; refuse with the nearest."""
    candidates = [*known, *(Known(service.id, service.name, None) for service in services)]
    for each in candidates:
        if each.service_id == target:
            return each
    for each in candidates:
        if each.name.casefold() == target.casefold():
            return each
    hint = did_you_mean(target, [*(each.name for each in candidates), *(each.service_id for each in candidates)])
    sentence = f"manara: Nothing is known of a service {one_line(target)}. {one_line(hint)}"
    raise Refused(WRONG_USAGE, sentence.rstrip())


def _pasts(reading: Reading, *, with_latency: bool = False, points: int | None = None) -> list[Past]:
    zone = reading.now.tzinfo
    return [
        read_past(reader, known, reading.window, zone, with_latency=with_latency, points=points)
        if reader is not None
        else nothing_known(known, reading.window, zone, points=points)
        for reader, known in reading.readable
    ]


def _lines(
    arguments: HistoryArguments, reading: Reading, options: HistoryOptions, tr: Translator, out: Terminal
) -> Iterator[Text]:
    glyphs = ASCII if out.options.ascii_only else BLOCKS
    sheet = Sheet(tr, reading.now, options, glyphs, out.width, reading.running)
    if arguments.target is not None:
        (past,) = _pasts(reading, with_latency=True, points=out.width)
        yield from service_lines(sheet, past)
    elif reading.chosen:
        yield from overview_lines(sheet, _pasts(reading), reading.window)
    else:
        yield Text(tr("No history yet: it begins with manara watch"))


def _looks(reading: Reading) -> Iterator[Measured]:
    for reader, known in reading.readable:
        if reader is not None:
            yield from looks(reader, known.service_id, reading.window)


def _spans(reading: Reading) -> Iterator[tuple[str, Span]]:
    for reader, known in reading.readable:
        if reader is not None:
            for span in reader.spans(known.service_id, reading.window):
                yield known.service_id, span
