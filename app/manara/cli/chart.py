"""A chart of latency in characters: the median solid, up to the 90th percentile shaded, failed looks below. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from rich.cells import cell_len
from rich.text import Text

from manara.cli.glyphs import Glyphs
from manara.cli.terminal import STYLES
from manara.model import Bucket, Layer, Series, Window
from manara.wording import Tone, Translator, date, latency, moment

HEIGHT = 6
"""Rows of the plot; one for failed looks and one for the times come below."""
NARROWEST = 10

_OUTLIER = 5
"""What is so many times the usual is cut off, or nothing else could be told apart."""
_LEAST_TOP_MS = 1.0
_SOLID, _SHADED = "cyan", "dim cyan"
_EIGHTHS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of the chart shows."""

    p50_ms: float | None = None
    p90_ms: float | None = None
    failed: bool = False


def latency_chart(
    tr: Translator, series: Series, window: Window, now: datetime, *, width: int, glyphs: Glyphs
) -> list[Text]:
    """Return the chart, at most `width` cells wide; nothing where no look was made or no room is left."""
    top_ms, cut_off = _top(series)
    label = f"{'>' if cut_off else ''}{latency(tr, top_ms)}"
    gutter = cell_len(label) + 1
    if not series.buckets or width - gutter < NARROWEST:
        return []
    columns = columns_of(series, window, width - gutter)
    labels = [label, *[""] * (HEIGHT - 2), "0"]
    rows = plot(columns, top_ms, glyphs)
    lines = [_line(label, gutter, row) for label, row in zip(labels, rows, strict=True)]
    if any(column.failed for column in columns):
        lines.append(_line("", gutter, _failures(columns, glyphs)))
    lines.append(_line("", gutter, time_axis(tr, window, now, width - gutter)))
    return lines


def columns_of(series: Series, window: Window, width: int) -> list[Column]:
    """Return the columns: the bucket that holds the middle of each, and every failure in one at least."""
    columns = [Column() for _ in range(width)]
    step = window.length / width
    for bucket in series.buckets:
        begin, end = max(bucket.begin, window.begin), min(bucket.end, window.end)
        if end <= begin:
            continue
        first, after = _middles(begin - window.begin, step), _middles(end - window.begin, step)
        if first == after:
            first = min(int((begin - window.begin) / step), width - 1)
            after = first + 1
        for place in range(first, min(after, width)):
            columns[place] = _column(bucket)
    return columns


def plot(columns: Sequence[Column], top_ms: float, glyphs: Glyphs) -> list[Text]:
    """Return the rows of the plot, the highest first."""
    heights = [(_eighths(column.p50_ms, top_ms), _eighths(column.p90_ms, top_ms)) for column in columns]
    rows = []
    for row in range(HEIGHT - 1, -1, -1):
        line = Text(no_wrap=True)
        for solid, shaded in heights:
            line.append(*_cell(solid - row * _EIGHTHS, shaded - row * _EIGHTHS, glyphs))
        rows.append(line)
    return rows


def time_axis(tr: Translator, window: Window, now: datetime, width: int) -> Text:
    """Return begin and end of a window at the two edges; only the begin where there is no room for both."""
    word = date if window.length >= timedelta(days=2) else moment
    begin, end = word(tr, window.begin, now), word(tr, window.end, now)
    space = width - cell_len(begin) - cell_len(end)
    return Text(f"{begin}{' ' * space}{end}" if space > 0 else begin, style="dim", no_wrap=True)


def _top(series: Series) -> tuple[float, bool]:
    """Return the latency that the highest row ends with, and whether there is more above it."""
    seen = [bucket.latency.p90_ms for bucket in series.buckets if bucket.latency] or [0.0]
    highest, most = max(seen), max(_OUTLIER * median(seen), _LEAST_TOP_MS)
    return (most, True) if highest > most else (max(highest, _LEAST_TOP_MS), False)


def _middles(offset: timedelta, step: timedelta) -> int:
    """Return how many columns have their middle before an offset."""
    return max(0, ceil(offset / step - 0.5))


def _column(bucket: Bucket) -> Column:
    # A look that could not be made for want of something on this computer says nothing about the service.
    failed = any(layer is not Layer.LOCAL for layer in bucket.failures)
    if bucket.latency is None:
        return Column(failed=failed)
    return Column(bucket.latency.p50_ms, bucket.latency.p90_ms, failed)


def _eighths(ms: float | None, top_ms: float) -> int:
    """Return the height of a value; whatever was measured is seen."""
    if ms is None:
        return 0
    return max(1, min(HEIGHT * _EIGHTHS, round(ms / top_ms * HEIGHT * _EIGHTHS)))


def _cell(solid: int, shaded: int, glyphs: Glyphs) -> tuple[str, str]:
    if solid > 0:
        return glyphs.steps[min(solid, _EIGHTHS)], _SOLID
    return (glyphs.shade, _SHADED) if shaded >= _EIGHTHS // 2 else (glyphs.steps[0], "")


def _failures(columns: Sequence[Column], glyphs: Glyphs) -> Text:
    return Text("".join(glyphs.failed if column.failed else " " for column in columns), style=STYLES[Tone.BAD])


def _line(label: str, gutter: int, rest: Text) -> Text:
    line = Text.assemble((" " * (gutter - 1 - cell_len(label)) + label, "dim"), " ", rest, no_wrap=True)
    line.rstrip()
    return line
