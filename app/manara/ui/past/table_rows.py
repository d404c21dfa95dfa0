"""What the chart shows of each stretch of time, as rows of words: for those who do not see it. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from manara.model import Bucket, Latency, Phases, Span, Window
from manara.ui.past.lane import Kind, Lane, buckets_within, spans_within
from manara.ui.past.readout import PHASES, failed_words, name_of, span_words, stretch_words
from manara.wording import WORST_FIRST, Translator, latency
from manara.wording.translation import mark


@dataclass(frozen=True, slots=True)
class Row:
    """A bucket of one service with the worst that was believed in it, or a time in which nobody was looking."""

    service_id: str
    name: str
    begin: datetime
    end: datetime
    span: Span | None
    bucket: Bucket | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `words` gives what it tells of a row."""

    title: str
    words: Callable[[Translator, Row, datetime], str]
    number: bool = False


def table_rows(lanes: Sequence[Lane], window: Window) -> tuple[Row, ...]:
    """Return the rows of a window, the newest first; services that are compared follow each other."""
    order = {lane.service_id: place for place, lane in enumerate(lanes)}
    rows = [row for lane in lanes for row in (*_measured(lane, window), *_unseen(lane, window))]
    return tuple(sorted(rows, key=lambda row: (-row.begin.timestamp(), order[row.service_id])))


def columns(kind: Kind, *, several: bool) -> tuple[Column, ...]:
    """Return the columns of a kind of chart; which service it is, only where there are several."""
    which = (Column(mark("Service"), lambda _tr, row, _now: row.name),) if several else ()
    return (*which, *_BEGINNING, *(_LATENCY if kind is Kind.LATENCY else _PHASES), *_END)


def _measured(lane: Lane, window: Window) -> Iterator[Row]:
    for bucket in buckets_within(lane.series, window):
        reaching = list(spans_within(lane.spans, bucket.begin, bucket.end))
        # Where somebody was looking, that counts: the rest of the bucket has a row of its own.
        seen = [span for span in reaching if span.observed] or reaching
        worst = min(seen, key=lambda span: WORST_FIRST.index(span.verdict), default=None)
        yield Row(lane.service_id, name_of(lane), bucket.begin, bucket.end, worst, bucket)


def _unseen(lane: Lane, window: Window) -> Iterator[Row]:
    for span in spans_within(lane.spans, window.begin, window.end):
        if not span.observed:
            begin, end = max(span.begin, window.begin), min(span.end, window.end)
            yield Row(lane.service_id, name_of(lane), begin, end, span)


def _time(tr: Translator, row: Row, now: datetime) -> str:
    begin, end = stretch_words(tr, row.begin, row.end, now)
    single = row.bucket is not None and row.bucket.looks == 1
    return begin if single else f"{begin} – {end}"


def _verdict(tr: Translator, row: Row, _now: datetime) -> str:
    return span_words(tr, row.span)


def _of_latency(read: Callable[[Latency], float]) -> Callable[[Translator, Row, datetime], str]:
    def words(tr: Translator, row: Row, _now: datetime) -> str:
        took = None if row.bucket is None else row.bucket.latency
        return "" if took is None else latency(tr, read(took))

    return words


def _of_phase(read: Callable[[Phases], float | None]) -> Callable[[Translator, Row, datetime], str]:
    def words(tr: Translator, row: Row, _now: datetime) -> str:
        ms = None if row.bucket is None else read(row.bucket.phases)
        return "" if ms is None else latency(tr, ms)

    return words


def _looks(tr: Translator, row: Row, _now: datetime) -> str:
    return "" if row.bucket is None else tr.number(str(row.bucket.looks))


def _failed(tr: Translator, row: Row, _now: datetime) -> str:
    return "" if row.bucket is None else failed_words(tr, row.bucket)


_BEGINNING = (Column(mark("Time"), _time), Column(mark("Verdict"), _verdict))
_LATENCY = (
    Column(mark("Median"), _of_latency(lambda took: took.p50_ms), number=True),
    Column(mark("90 %"), _of_latency(lambda took: took.p90_ms), number=True),
    Column(mark("99 %"), _of_latency(lambda took: took.p99_ms), number=True),
    Column(mark("Longest"), _of_latency(lambda took: took.max_ms), number=True),
)
_PHASES = (
    Column(PHASES[0], _of_phase(lambda phases: phases.dns_ms), number=True),
    Column(PHASES[1], _of_phase(lambda phases: phases.connect_ms), number=True),
    Column(PHASES[2], _of_phase(lambda phases: phases.tls_ms), number=True),
    Column(PHASES[3], _of_phase(lambda phases: phases.first_byte_ms), number=True),
)
_END = (Column(mark("Looks"), _looks, number=True), Column(mark("Failed"), _failed))
