"""The ladder of one look, DNS → TCP → TLS → HTTP → content: what each rung showed, as far as the look came."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from manara.model import Check, CheckResult, Layer, Outcome
from manara.wording.failures import clause, layer_word
from manara.wording.particulars import certificate_ends, failure_clause, names, tried_address
from manara.wording.plain import one_line
from manara.wording.times import size
from manara.wording.translation import Translator

_ORDER = {layer: position for position, layer in enumerate(Layer)}


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: its name, how it went, how long it took, what was seen."""

    layer: Layer
    label: str
    outcome: Outcome
    text: str
    ms: float | None = None


def ladder(tr: Translator, check: Check, result: CheckResult, now: datetime) -> tuple[Rung, ...]:
    """Return the rungs that a look reached, the one that failed marked with the reason; later ones were not reached."""
    rungs = tuple(_passed(tr, check, result, now))
    failure = result.failure
    if failure is None:
        return rungs
    text = failure_clause(tr, check, result, now)
    bad = Rung(failure.layer, layer_word(tr, failure.layer), failure.outcome, text)
    if failure.outcome in (Outcome.FAILED, Outcome.UNKNOWN):
        return _stopped(rungs, bad)
    marked = tuple(_blamed(rung, bad) if rung.layer is bad.layer else rung for rung in rungs)
    return marked if bad.layer in {rung.layer for rung in rungs} else (*rungs, bad)


def attempts_in_vain(tr: Translator, result: CheckResult) -> tuple[str, ...]:
    """Return one sentence for each address that was tried besides the one that the ladder is about."""
    others = (attempt for attempt in result.facts.attempts if attempt.address != tried_address(result))
    return tuple(one_line(f"{attempt.address}: {clause(tr, attempt.failure.reason)}") for attempt in others)


def _stopped(rungs: tuple[Rung, ...], bad: Rung) -> tuple[Rung, ...]:
    """The look ended here: in the phase that was timed last, or on a rung above it that has no time of its own."""
    if not rungs or _ORDER[bad.layer] > _ORDER[rungs[-1].layer]:
        return (*rungs, bad)
    return (*rungs[:-1], _blamed(rungs[-1], bad))


def _blamed(rung: Rung, bad: Rung) -> Rung:
    return replace(rung, outcome=bad.outcome, text=bad.text)


def _passed(tr: Translator, check: Check, result: CheckResult, now: datetime) -> Iterator[Rung]:
    timings, facts = result.timings, result.facts

    def rung(layer: Layer, text: str, ms: float | None) -> Rung:
        return Rung(layer, layer_word(tr, layer), Outcome.OK, one_line(text), ms)

    # An address needs no name server, however little time it took to see that.
    if timings.dns_ms is not None and facts.addresses != (check.host,):
        yield rung(Layer.DNS, _of_name(tr, check, result), timings.dns_ms)
    if timings.connect_ms is not None:
        yield rung(Layer.TCP, result.address or "", timings.connect_ms)
    if timings.tls_ms is not None:
        ends = certificate_ends(tr, facts.certificate, now) if facts.certificate else ""
        certificate = tr("certificate {ends}").format(ends=ends) if ends else ""
        yield rung(Layer.TLS, _listed(facts.tls_version, certificate), timings.tls_ms)
    if timings.first_byte_ms is not None:
        status = "" if facts.http_status is None else str(facts.http_status)
        yield rung(Layer.HTTP, _listed(status, facts.http_server, _of_redirects(tr, result)), timings.first_byte_ms)
    if facts.body_bytes is not None:
        text = tr("first {size}") if facts.body_cut else "{size}"
        yield rung(Layer.CONTENT, text.format(size=size(tr, facts.body_bytes)), None)
    if facts.method:
        way = _listed(result.address or "", tr("by {method}").format(method=facts.method))
        yield rung(Layer.ICMP, way, timings.total_ms)


def _of_name(tr: Translator, check: Check, result: CheckResult) -> str:
    facts = result.facts
    found = names(tr, facts.records or facts.addresses)
    answer = tr("{name} is {found}").format(name=check.host, found=found) if found else check.host
    return _listed(answer, tr("says {resolver}").format(resolver=facts.resolver) if facts.resolver else "")


def _of_redirects(tr: Translator, result: CheckResult) -> str:
    redirects = result.facts.redirects
    return tr("sent on to {url}").format(url=redirects[-1]) if redirects else ""


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
