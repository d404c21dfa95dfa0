"""What the read-out says of a moment: one line for each service, the same for eyes and for ears. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from manara.model import Bucket, Layer, Span
from manara.ui.past.lane import Kind, Lane, bucket_at, span_at
from manara.wording import Translator, clause, latency, layer_word, moment, one_line, percent, verdict_word
from manara.wording.dates import full_day
from manara.wording.translation import mark

PHASES = (mark("DNS"), mark("Connection"), mark("TLS"), mark("First byte"))
"""The phases of a look in the order in which they come."""
_LONGEST_NAME = 40
_LONGEST_NOTE = 120


def moment_words(tr: Translator, at: datetime, now: datetime) -> str:
    """Return a moment with its day and its offset from UTC: `Mon 4 Oct 2021 17:40:10 (UTC+02:00)`."""
    local = at.astimezone(now.tzinfo)
    offset = local.strftime("%z")
    return f"{full_day(tr, local)} {tr.number(f'{local:%H:%M:%S}')} (UTC{offset[:3]}:{offset[3:5]})"


def lane_words(tr: Translator, lane: Lane, at: datetime, kind: Kind, now: datetime) -> str:
    """Return how a service was at a moment and how long its answers took then."""
    bucket = bucket_at(lane.series, at)
    parts = [span_words(tr, span_at(lane.spans, at))]
    if bucket is not None:
        parts += _measured(tr, bucket, kind, now)
    return " · ".join(part for part in parts if part)


def name_of(lane: Lane) -> str:
    """Return the name of a lane's service, short enough for a line."""
    return one_line(lane.name, _LONGEST_NAME)


def span_words(tr: Translator, span: Span | None) -> str:
    """Return the verdict of a span and its reason; who labelled it is told, too."""
    if span is None:
        return tr("Not observed")
    if span.label is not None:
        told = tr("{verdict}, as you labelled it").format(verdict=verdict_word(tr, span.verdict))
        note = one_line(span.label.note, _LONGEST_NOTE)
        return f"{told}: {note}" if note else told
    word = verdict_word(tr, span.verdict) if span.observed else tr("Not observed")
    return word if span.cause is None else f"{word}: {clause(tr, span.cause)}"


def _measured(tr: Translator, bucket: Bucket, kind: Kind, now: datetime) -> Iterator[str]:
    if kind is Kind.PHASES:
        phases = bucket.phases
        spent = (phases.dns_ms, phases.connect_ms, phases.tls_ms, phases.first_byte_ms)
        for word, ms in zip(PHASES, spent, strict=True):
            if ms is not None:
                yield f"{tr(word)} {latency(tr, ms)}"
    elif bucket.latency is not None:
        took = bucket.latency
        if bucket.looks == 1:
            yield tr("answered in {latency}").format(latency=latency(tr, took.p50_ms))
        else:
            yield f"{tr('median')} {latency(tr, took.p50_ms)}"
            for part, ms in (
                (percent(tr, 0.9, 0), took.p90_ms),
                (percent(tr, 0.99, 0), took.p99_ms),
                (tr("max"), took.max_ms),
            ):
                yield f"{part} {latency(tr, ms)}"
    yield _looks(tr, bucket, now)


def failed_words(tr: Translator, bucket: Bucket) -> str:
    """Return how many looks failed, by layer; nothing if none did."""
    counted = ((layer, bucket.failures.get(layer)) for layer in Layer)
    return ", ".join(f"{layer_word(tr, layer)} {tr.number(str(number))}" for layer, number in counted if number)


def stretch_words(tr: Translator, begin: datetime, end: datetime, now: datetime) -> tuple[str, str]:
    """Return when a stretch begins and ends; the end without the date where that is the one on which it began."""
    local = begin.astimezone(now.tzinfo), end.astimezone(now.tzinfo)
    same_day = local[0].date() == local[1].date()
    return moment(tr, begin, now), tr.number(f"{local[1]:%H:%M:%S}") if same_day else moment(tr, end, now)


def _looks(tr: Translator, bucket: Bucket, now: datetime) -> str:
    told = tr.plural("{n} look", "{n} looks", bucket.looks).format(n=bucket.looks)
    failed = failed_words(tr, bucket)
    if failed:
        told = tr("{looks}, failed: {failed}").format(looks=told, failed=failed)
    if bucket.looks == 1:
        return told
    begin, end = stretch_words(tr, bucket.begin, bucket.end, now)
    return tr("{looks} from {begin} to {end}").format(looks=told, begin=begin, end=end)


def chart_words(
    tr: Translator, names: Sequence[str], kind: Kind, summary: Sequence[str], outages: int
) -> tuple[str, str]:
    """Return the name and the description of the chart for those who do not see it: what is seen, then the keys."""
    text = tr("Latency of {names}") if kind is Kind.LATENCY else tr("Phases of the answers of {names}")
    seen = tr.plural("{n} outage in this time", "{n} outages in this time", outages).format(n=outages)
    keys = tr(
        "The arrow keys read out one moment after the other. Ctrl+T shows all of it as a table, F1 tells all keys."
    )
    return text.format(names=", ".join(names)), ". ".join(part for part in (*summary, seen, keys) if part)
