"""How the past is written on a text screen. Pure: from what was read to lines of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from manara.cli.chart import latency_chart
from manara.cli.glyphs import Glyphs
from manara.cli.looks import marked, shown_name
from manara.cli.terminal import STYLES
from manara.model import HistoryOptions, Latency, Outage, Verdict, Window
from manara.monitor.days import Day
from manara.monitor.past import DAYS, Past
from manara.wording import (
    SIGNS,
    Tone,
    Translator,
    counted_as,
    duration,
    history_begins,
    latency,
    no_data_before,
    outage_sentence,
    outage_times,
    percent,
    period,
    time_spent,
    unseen_in_between,
    uptime_sentence,
    uptime_word,
)

_WIDEST_NAME = 28
_FEWEST_DAYS = 7
_WIDEST = 120
"""Lines get no longer than this on a wide screen: eyes lose their way."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What everything is written with."""

    tr: Translator
    now: datetime
    """Local."""
    options: HistoryOptions
    glyphs: Glyphs
    width: int
    running: bool
    """Whether somebody is watching now."""


def service_lines(sheet: Sheet, past: Past) -> Iterator[Text]:
    """Return all that is told of one service."""
    tr, window = sheet.tr, past.uptime.window
    name = shown_name(past.known)
    yield Text.assemble(marked(SIGNS[past.last]), " ", (name, "bold"), "  ", (period(tr, window, sheet.now), "dim"))
    first_seen = past.known.first_seen
    if first_seen is None or first_seen >= window.end:
        yield Text(f"  {no_data_before(tr, name, first_seen, sheet.now)}")
        return
    yield from _uptime(sheet, past)
    yield Text()
    yield from _bar_with_title(sheet, past.days)
    if past.latency is not None:
        yield Text()
        yield _latency(tr, past.latency)
    if past.series is not None:
        yield from _indented(
            latency_chart(tr, past.series, window, sheet.now, width=_room(sheet) - 2, glyphs=sheet.glyphs)
        )
    yield Text()
    yield from _outages(sheet, past)


def overview_lines(sheet: Sheet, pasts: Sequence[Past], window: Window) -> Iterator[Text]:
    """Return a table with a line for each service: uptime, how much was observed, time down, outages, and the days."""
    table = [_headings(sheet.tr), *(_cells(sheet, past) for past in pasts)]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    shown = _columns_that_fit(widths, sheet.width)
    room = sheet.width - sum(widths[place] + _GAP for place in shown) - _GAP
    days = min(DAYS, room) if room >= _FEWEST_DAYS else 0
    title = sheet.tr("the last {n} days").format(n=days)
    yield Text(period(sheet.tr, window, sheet.now), style="dim")
    yield _row(Text(" "), table[0], widths, shown, Text(title if days >= cell_len(title) else "", style="dim"))
    for past, cells in zip(pasts, table[1:], strict=True):
        bar = day_bar(past.days[-days:] if days else (), sheet.glyphs)
        yield _row(marked(SIGNS[past.last]), cells, widths, shown, bar)


def day_bar(days: Sequence[Day], glyphs: Glyphs) -> Text:
    """Return a character for each day: its worst by height and colour."""
    bar = Text(no_wrap=True)
    for day in days:
        known = day.worst is not Verdict.UNKNOWN
        tone = SIGNS[day.worst].tone if known else Tone.MUTED
        bar.append(glyphs.days[day.worst] if known else glyphs.unseen, STYLES[tone])
    return bar


_GAP = 2
_ALWAYS = (0, 1, 2)
_WHERE_THERE_IS_ROOM = (3, 4)


def _headings(tr: Translator) -> tuple[str, ...]:
    return "", tr("uptime"), tr("observed"), tr("down"), tr("outages")


def _cells(sheet: Sheet, past: Past) -> tuple[str, ...]:
    tr, uptime = sheet.tr, past.uptime
    name, widest = shown_name(past.known), min(_WIDEST_NAME, sheet.width // 3)
    if cell_len(name) > widest:
        name = f"{set_cell_size(name, widest - 1).rstrip()}…"
    return (
        name,
        uptime_word(tr, uptime, sheet.options),
        percent(tr, uptime.coverage, 1) if 0 < uptime.coverage < 1 else "",
        duration(tr, uptime.down) if uptime.down else "",
        str(len(past.outages)) if past.outages else "",
    )


def _columns_that_fit(widths: Sequence[int], width: int) -> list[int]:
    """Return the columns for which there is room: name and uptime always, as what counts."""
    shown = list(_ALWAYS)
    for place in _WHERE_THERE_IS_ROOM:
        if sum(widths[each] + _GAP for each in (*shown, place)) + _GAP <= width:
            shown.append(place)
    return shown


def _row(mark: Text, cells: Sequence[str], widths: Sequence[int], shown: Sequence[int], bar: Text) -> Text:
    """Return one line: the name at the left of its column, the rest at the right of theirs."""
    heading = not cells[0]
    line = Text.assemble(mark, " ", no_wrap=True, style="dim" if heading else "")
    for place in shown:
        space = " " * (widths[place] - cell_len(cells[place]))
        line.append(f"{cells[place]}{space}" if place == 0 else f"{space}{cells[place]}", "" if place else "bold")
        line.append(" " * _GAP)
    line.append_text(bar)
    line.rstrip()
    return line


def _uptime(sheet: Sheet, past: Past) -> Iterator[Text]:
    tr, uptime = sheet.tr, past.uptime
    yield Text(f"  {uptime_sentence(tr, uptime, sheet.options)}", style="bold")
    told = time_spent(tr, uptime)
    widest = max(cell_len(word) for word, _ in told)
    for word, length in told:
        yield Text(f"  {set_cell_size(word, widest)}  {length}")
    counted = counted_as(tr, uptime, sheet.options)
    if counted:
        yield Text(f"  ({counted})", style="dim")
    first_seen = past.known.first_seen
    if first_seen is not None and first_seen > uptime.window.begin:
        yield Text(f"  ({history_begins(tr, first_seen, sheet.now)})", style="dim")


def _bar_with_title(sheet: Sheet, days: Sequence[Day]) -> Iterator[Text]:
    tr = sheet.tr
    shown = days[-(_room(sheet) - 2) :]
    yield Text(f"  {tr('The last {n} days').format(n=len(shown))}", style="bold")
    yield Text.assemble("  ", day_bar(shown, sheet.glyphs))
    begin, end = shown[0].date.isoformat(), shown[-1].date.isoformat()
    space = len(shown) - len(begin) - len(end)
    yield Text(f"  {begin}{' ' * space}{end}" if space > 0 else f"  {begin}", style="dim")


def _latency(tr: Translator, found: Latency) -> Text:
    parts = (("p50", found.p50_ms), ("p90", found.p90_ms), ("p99", found.p99_ms), (tr("max"), found.max_ms))
    told = " · ".join(f"{part} {latency(tr, ms)}" for part, ms in parts)
    return Text.assemble("  ", (tr("Latency"), "bold"), "  ", told)


def _outages(sheet: Sheet, past: Past) -> Iterator[Text]:
    tr, number = sheet.tr, len(past.outages)
    if not number:
        yield Text(f"  {tr('No outage was seen')}")
        return
    yield Text(f"  {tr.plural('{n} outage', '{n} outages', number).format(n=number)}", style="bold")
    for outage in past.outages:
        yield from _outage(sheet, outage, goes_on=sheet.running and past.down_when_heard)


def _outage(sheet: Sheet, outage: Outage, *, goes_on: bool) -> Iterator[Text]:
    tr = sheet.tr
    yield Text.assemble("  ", marked(SIGNS[Verdict.DOWN]), " ", outage_sentence(tr, outage))
    unseen = unseen_in_between(tr, outage)
    for text in (*outage_times(tr, outage, sheet.now, goes_on=goes_on), *([unseen] if unseen else [])):
        yield Text(f"    {text}", style="dim")


def _indented(lines: Sequence[Text]) -> Iterator[Text]:
    for line in lines:
        yield Text.assemble("  ", line)


def _room(sheet: Sheet) -> int:
    return min(sheet.width, _WIDEST)
