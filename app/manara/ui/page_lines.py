"""What the page of a service tells below its sentence, as lines: the last look, certificates, facts, changes. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from manara.model import Certificate, Check, CheckState, Fact, Outcome, Transition
from manara.ui.rows import Line
from manara.ui.tile import Tile
from manara.wording import (
    Translator,
    attempts_in_vain,
    certificate_lines,
    check_sentence,
    clause,
    fact_value,
    kind_word,
    ladder,
    latency,
    moment,
    one_line,
    seen_when,
    sign_of_outcome,
    standalone,
    transition_sentence,
    verdict_of_outcome,
    verdict_word,
)
from manara.wording.memory import KINDS

_MOST_EARLIER = 5
"""So many certificates from before the present one are told."""
_LAST = len(KINDS)
_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


def ladder_lines(tr: Translator, tile: Tile, now: datetime) -> Iterator[Line]:
    """Return the steps of the last look at each check: step, time, what was seen."""
    for check, state in zip(tile.service.checks, tile.state.checks, strict=False):
        last = state.last
        how = "" if last is None else check_sentence(tr, check, last, now)
        took = "" if last is None else _latency(tr, last.timings.total_ms)
        target = one_line(check.target)
        yield Line((check.type, took, target), _said(f"{check.type} {target}", how), heading=True)
        if last is None:
            yield Line(("", "", "" if state.cause is None else standalone(tr, state.cause)))
            continue
        for rung in ladder(tr, check, last, now):
            verdict = verdict_of_outcome(rung.outcome)
            took = _latency(tr, rung.ms)
            yield Line(
                (rung.label, took, rung.text),
                _said(rung.label, ", ".join(filter(None, (verdict_word(tr, verdict), took, rung.text)))),
                mark=verdict,
                tone=None if rung.outcome is Outcome.OK else sign_of_outcome(rung.outcome).tone,
            )
        for sentence in attempts_in_vain(tr, last):
            yield Line(("", "", tr("tried in vain: {what}").format(what=sentence)))


def lines_of_certificates(tr: Translator, tile: Tile, facts: Sequence[Fact], now: datetime) -> Iterator[Line]:
    """Return the certificate that each check saw last, and those that were seen before it: what it is, text."""
    found = [
        (check, lines)
        for check, state in zip(tile.service.checks, tile.state.checks, strict=False)
        if (lines := tuple(_certificates(tr, state, _of_check(check, facts), now)))
    ]
    for check, lines in found:
        if len(found) > 1:
            yield _heading(check)
        yield from lines
    if not found:
        yield Line(("", tr("No certificate was seen.")))


def fact_lines(tr: Translator, tile: Tile, facts: Sequence[Fact], now: datetime) -> Iterator[Line]:
    """Return what good looks at each check saw: kind, value, when."""
    found = [(check, known) for check in tile.service.checks if (known := _of_check(check, facts))]
    for check, known in found:
        if len(found) > 1:
            yield Line((check.type, one_line(check.target), ""), heading=True)
        newest, before = _newest(known), ""
        for fact in sorted(known, key=lambda fact: _RANKS.get(fact.kind, _LAST)):
            kind, value = kind_word(tr, fact.kind), fact_value(fact)
            when = seen_when(tr, fact, now, still=fact.last_seen == newest)
            told = f"{kind}: {value}, {when}"
            # A kind is named once: the rest of its rows stand below.
            yield Line(("" if fact.kind == before else kind, value, when), told, tip=told)
            before = fact.kind
    if not found:
        yield Line(("", tr("Nothing is known yet: facts come from good looks."), ""))


def change_lines(tr: Translator, changes: Sequence[Transition], now: datetime) -> Iterator[Line]:
    """Return how the verdict changed, the newest first: when, what."""
    for change in changes:
        what = verdict_word(tr, change.after)
        if change.cause is not None:
            what = f"{what}: {clause(tr, change.cause)}"
        told = transition_sentence(tr, change, now)
        yield Line((moment(tr, change.when.by, now), what), told, mark=change.after, tip=told)
    if not changes:
        yield Line(("", tr("Nothing has changed yet.")))


def _certificates(tr: Translator, state: CheckState, facts: Sequence[Fact], now: datetime) -> Iterator[Line]:
    remembered = [(fact, fact.value) for fact in facts if isinstance(fact.value, Certificate)]
    seen_now = None if state.last is None else state.last.facts.certificate
    present = seen_now or next((certificate for _, certificate in remembered), None)
    if present is None:
        return
    newest = _newest(facts)

    def seen(fact: Fact, certificate: Certificate) -> Line:
        still = certificate == present and (seen_now is not None or fact.last_seen == newest)
        return _named(tr("Seen"), seen_when(tr, fact, now, still=still))

    yield from (_named(label, text) for label, text in certificate_lines(tr, present, now))
    yield from (seen(fact, certificate) for fact, certificate in remembered if certificate == present)
    earlier = [(fact, certificate) for fact, certificate in remembered if certificate != present]
    for fact, certificate in earlier[:_MOST_EARLIER]:
        yield Line((tr("Earlier"), one_line(certificate.subject)), heading=True)
        yield seen(fact, certificate)
        yield from (_named(label, text) for label, text in certificate_lines(tr, certificate, now)[1:])


def _of_check(check: Check, facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if (fact.check_type, fact.target) == (check.type, check.target)]


def _newest(facts: Sequence[Fact]) -> datetime | None:
    """Return when the last good look was noted: what was not seen then is not so any more."""
    return max((fact.last_seen for fact in facts), default=None)


def _heading(check: Check) -> Line:
    target = one_line(check.target)
    return Line((check.type, target), f"{check.type} {target}", heading=True)


def _named(label: str, text: str) -> Line:
    return Line((label, text), _said(label, text), tip=_said(label, text))


def _said(subject: str, how: str) -> str:
    return f"{subject}: {how}" if how else subject


def _latency(tr: Translator, ms: float | None) -> str:
    return "" if ms is None else latency(tr, ms)
