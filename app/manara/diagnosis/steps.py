"""The evidence as steps for people, from the bottom of the ladder up. Pure."""

from collections.abc import Iterator

from manara.diagnosis.evidence import Evidence, Heard, Knock
from manara.model import CheckResult, Layer, Line, Reason, Step, StepKind, WitnessKind

_FAR = frozenset({WitnessKind.PAGE, WitnessKind.RESOLVER, WitnessKind.SERVICE})
"""Those beyond our own network."""
_MOST_PLACES = 3


def steps_of(evidence: Evidence) -> tuple[Step, ...]:
    """Return one step for each question that was asked, and one for what the look itself saw."""
    return tuple(_steps(evidence))


def _steps(evidence: Evidence) -> Iterator[Step]:
    if evidence.line is not None:
        yield _of_line(evidence.line, works=evidence.line_works)
    asked = (evidence.own, evidence.witnesses, evidence.unchecked, evidence.parents, evidence.servers)
    yield from (_of_name(heard) for kind in asked for heard in kind)
    if any(heard.addresses for heard in evidence.witnesses) and evidence.result.facts.addresses:
        yield _of_addresses(evidence)
    yield from (_of_knock(knock) for knock in evidence.knocks)
    yield from _of_look(evidence)


def _of_line(line: Line, *, works: bool) -> Step:
    far = [witness for witness in line.witnesses if witness.answered and witness.kind in _FAR]
    # A page proves more than a name server, for which a hotspot answers.
    far.sort(key=lambda witness: witness.kind is WitnessKind.RESOLVER)
    if works:
        quickest = min((witness.ms for witness in far if witness.ms is not None), default=None)
        places = ", ".join(witness.place for witness in far[:_MOST_PLACES])
        return Step(StepKind.LINE, Layer.LINK, line.state.value, None, places, quickest)
    return Step(StepKind.LINE, Layer.LINK, line.state.value, Reason.NETWORK_UNREACHABLE, line.sign_in_url)


def _of_name(heard: Heard) -> Step:
    named = heard.server if heard.server.startswith((heard.address, f"[{heard.address}")) else ""
    subject = named or f"{heard.server} ({heard.address})"
    return Step(heard.kind, Layer.DNS, subject, heard.reason, heard.detail, heard.ms)


def _of_addresses(evidence: Evidence) -> Step:
    """Set what our resolvers said beside what others did."""
    seen = evidence.result.facts.addresses
    others = tuple(dict.fromkeys(address for heard in evidence.witnesses for address in heard.addresses))
    return Step(StepKind.ANSWER, Layer.DNS, ", ".join(seen), None, ", ".join(others))


def _of_knock(knock: Knock) -> Step:
    return Step(StepKind.ADDRESS, Layer.TCP, knock.address, knock.reason, ms=knock.ms)


def _of_look(evidence: Evidence) -> Iterator[Step]:
    """What the look itself saw, on the rung where it ended."""
    result = evidence.result
    if result.failure is None:
        return
    reason, detail = result.failure.reason, result.failure.detail
    match reason.layer:
        case Layer.TLS:
            yield Step(StepKind.CERTIFICATE, Layer.TLS, _certificate(result), reason, detail, result.timings.tls_ms)
            yield from _of_change(evidence)
        case Layer.HTTP:
            status = result.facts.http_status
            subject = "HTTP" if status is None else f"HTTP {status}"
            carrier = evidence.delivery.network if evidence.delivery else result.facts.http_server
            yield Step(StepKind.HTTP, Layer.HTTP, subject, reason, carrier or detail, result.timings.first_byte_ms)
        case Layer.CONTENT:
            yield Step(StepKind.CONTENT, Layer.CONTENT, "", reason, detail)
        case Layer.SPEED:
            yield Step(StepKind.SPEED, Layer.SPEED, "", reason, detail, result.timings.total_ms)
        case Layer.TCP | Layer.ICMP if not evidence.knocks:
            yield Step(StepKind.ADDRESS, reason.layer, result.address or "", reason, detail)
        case Layer.DNS if not evidence.own:
            yield Step(StepKind.OWN_RESOLVER, Layer.DNS, result.facts.resolver, reason, detail)
        case Layer.LINK:
            yield Step(StepKind.ADDRESS, Layer.LINK, result.address or "", reason, detail)
        case _:
            return


def _certificate(result: CheckResult) -> str:
    certificate = result.facts.certificate
    return "" if certificate is None else certificate.subject


def _of_change(evidence: Evidence) -> Iterator[Step]:
    """What the last good certificate was, where another one is shown now."""
    before = None if evidence.good is None else evidence.good.facts.certificate
    now = evidence.result.facts.certificate
    if before is not None and now is not None and before.sha256 != now.sha256:
        detail = (
            f"{before.issuer} → {now.issuer}" if before.issuer != now.issuer else before.not_after.date().isoformat()
        )
        yield Step(StepKind.CERTIFICATE, Layer.TLS, before.subject, None, detail)
