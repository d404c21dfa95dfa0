"""The live table of `manara watch`: problems first, never taller than the terminal. Pure: from states to a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from manara.cli.incident_lines import title_lines
from manara.cli.looks import marked, shown_name
from manara.cli.terminal import STYLES
from manara.model import Incident, Line, Outcome, Service, ServiceState
from manara.wording import (
    SIGNS,
    WORST_FIRST,
    Tone,
    Translator,
    age,
    counted,
    latency,
    latency_ms,
    line_sentence,
    one_line,
    service_sentence,
    sign_of_outcome,
)

LOOKS_SHOWN = 10
INCIDENTS_SHOWN = 2
_WIDEST_NAME = 28
_NARROW = 70
"""Below so many columns only mark, name and sentence are shown."""

# Height tells the same as colour.
_BARS = {Outcome.OK: "▂", Outcome.DEGRADED: "▅", Outcome.FAILED: "█", Outcome.UNKNOWN: "·"}


@dataclass(frozen=True, slots=True)
class Board:
    """All that the table shows at one moment. `recent` has the outcomes of the last looks by service, oldest first."""

    line: Line = field(default_factory=Line)
    services: tuple[Service, ...] = ()
    states: tuple[ServiceState, ...] = ()
    recent: Mapping[str, Sequence[Outcome]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    """Problems of an edited settings file that was not taken over."""
    history: str = ""
    """What is unusual about the way in which the history is kept."""
    incidents: tuple[Incident, ...] = ()


def board_view(tr: Translator, board: Board, now: datetime, *, width: int, height: int) -> RenderableType:
    """Return the header, warnings and the table, at most `height` lines."""
    head = [_header(tr, board, now), *_refusals(tr, board), *_history(board), *_incidents(tr, board)]
    room = max(1, height - len(head) - 1)
    rows = worst_first(board)
    shown = rows if len(rows) <= room else rows[: max(1, room - 1)]
    table = _table(tr, board, shown, now, width)
    hidden = len(rows) - len(shown)
    more = [Text(tr("… and {n} more").format(n=hidden), style="dim")] if hidden else []
    return Group(*head, table, *more)


def worst_first(board: Board) -> list[tuple[Service, ServiceState]]:
    """Return the services with their states, problems first, else in the user's order."""
    pairs = zip(board.services, board.states, strict=True)
    return sorted(pairs, key=lambda pair: WORST_FIRST.index(pair[1].verdict))


def _header(tr: Translator, board: Board, now: datetime) -> Text:
    parts = [counted(tr, [state.verdict for state in board.states])]
    if board.line.at is not None:
        parts.append(f"{line_sentence(tr, board.line)} ({age(tr, board.line.at, now)})")
    looked_at = max((state.looked_at for state in board.states if state.looked_at), default=None)
    if looked_at is not None:
        parts.append(tr("last look {age}").format(age=age(tr, looked_at, now)))
    return Text(" · ".join(parts), style="bold", no_wrap=True, overflow="ellipsis")


def _refusals(tr: Translator, board: Board) -> list[Text]:
    if not board.refused:
        return []
    first, *others = board.refused
    text = tr("settings not taken over: {problem}").format(problem=one_line(first))
    if others:
        text = f"{text} {tr('(and {n} more)').format(n=len(others))}"
    return [Text(text, style=STYLES[Tone.WARNING], no_wrap=True, overflow="ellipsis")]


def _history(board: Board) -> list[Text]:
    if not board.history:
        return []
    return [Text(board.history, style=STYLES[Tone.WARNING], no_wrap=True, overflow="ellipsis")]


def _incidents(tr: Translator, board: Board) -> list[Text]:
    """Return what fails together; of much, the first."""
    titles = title_lines(tr, board.incidents)[:INCIDENTS_SHOWN]
    for title in titles:
        title.no_wrap, title.overflow = True, "ellipsis"
    return titles


def _table(
    tr: Translator, board: Board, shown: Sequence[tuple[Service, ServiceState]], now: datetime, width: int
) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1)
    table.add_column(max_width=min(_WIDEST_NAME, width // 3), no_wrap=True, overflow="ellipsis", style="bold")
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    wide = width >= _NARROW
    if wide:
        table.add_column(justify="right", no_wrap=True)
        table.add_column(width=LOOKS_SHOWN, justify="right", no_wrap=True)
        table.add_column(justify="right", no_wrap=True, style="dim")
    for service, state in shown:
        row = (marked(SIGNS[state.verdict]), shown_name(service), service_sentence(tr, service, state, now))
        table.add_row(*row, *(_measured(tr, board, service, state, now) if wide else ()))
    return table


def _measured(
    tr: Translator, board: Board, service: Service, state: ServiceState, now: datetime
) -> tuple[RenderableType, ...]:
    took_ms = latency_ms(state)
    looked_at = state.looked_at
    return (
        "" if took_ms is None else latency(tr, took_ms),
        _bar(board.recent.get(service.id, ())),
        "" if looked_at is None else age(tr, looked_at, now),
    )


def _bar(outcomes: Sequence[Outcome]) -> Text:
    shown = list(outcomes)[-LOOKS_SHOWN:]
    return Text.assemble(*((_BARS[outcome], STYLES[sign_of_outcome(outcome).tone]) for outcome in shown))
