"""What it means when a certificate does not pass, or an answer is not good. Pure."""

from manara.diagnosis.conclude_addresses import OF_ANOTHER, strange_answer
from manara.diagnosis.delivery import Fault
from manara.diagnosis.evidence import Evidence
from manara.diagnosis.finding import UNKNOWABLE, Finding, finding
from manara.model import Conclusion, Limit, Reason

_MANY = 3
"""So many unrelated hosts make it our side."""
_OF_TIME = frozenset({Reason.CERTIFICATE_EXPIRED, Reason.CERTIFICATE_NOT_YET_VALID})
_NOT_ACCEPTED = OF_ANOTHER | {Reason.CERTIFICATE_NOT_YET_VALID, Reason.CERTIFICATE_INVALID}
_BROKEN = frozenset(
    {
        *(Reason.RESPONSE_TIMEOUT, Reason.BODY_TIMEOUT, Reason.HTTP_PROTOCOL),
        *(Reason.HTTP_CLOSED, Reason.INCOMPLETE_BODY),
    }
)


def of_certificate(evidence: Evidence, reason: Reason) -> Finding:
    """Return why the encrypted connection did not come about."""
    certificate = evidence.result.facts.certificate
    named = () if certificate is None else (certificate.subject, certificate.issuer)
    if ours := _our_side(evidence, reason, named):
        return ours
    if reason is Reason.CERTIFICATE_EXPIRED:
        clock_known = evidence.line is not None and evidence.line.clock_ahead is not None
        return finding(Conclusion.CERTIFICATE_EXPIRED, _ended_itself(evidence) + clock_known, *named)
    if reason in _NOT_ACCEPTED:
        changed = evidence.good is not None and evidence.good.facts.certificate not in (None, certificate)
        return finding(Conclusion.CERTIFICATE_WRONG, evidence.line_works + changed, *named)
    if reason is Reason.CERTIFICATE_EXPIRES_SOON:
        return UNKNOWABLE
    return finding(Conclusion.ENCRYPTION_FAILS, 1, evidence.result.address or "")


def of_answer(evidence: Evidence, reason: Reason) -> Finding:
    """Return why the answer, or its absence, is not good."""
    facts = evidence.result.facts
    said = "" if facts.http_status is None else f"HTTP {facts.http_status}"
    # Who proved his identity by a certificate, and then said so: two pieces.
    pieces = 1 + bool(facts.tls_version and facts.certificate)
    if facts.http_status == 429:
        return finding(Conclusion.TOO_MANY_CHECKS, pieces, said)
    if reason in _BROKEN:
        return finding(Conclusion.NO_RESPONSE, pieces, evidence.result.address or "")
    if reason is Reason.NOT_FOUND:
        return finding(Conclusion.PAGE_GONE, pieces, said)
    if reason in (Reason.REFUSES_AUTOMATION, Reason.CLIENT_ERROR):
        return finding(Conclusion.TURNS_US_AWAY, pieces, said)
    if reason is Reason.SERVER_ERROR:
        return _of_error(evidence, said, pieces)
    return finding(Conclusion.WRONG_CONTENT, pieces, said)


def _our_side(evidence: Evidence, reason: Reason, named: tuple[str, ...]) -> Finding | None:
    """Return why it is our clock, our list of authorities or a filter that makes a certificate bad, if it is."""
    if reason in _OF_TIME and evidence.line is not None and Limit.CLOCK in evidence.line.limits:
        return finding(Conclusion.OWN_CLOCK, 1)
    if reason in OF_ANOTHER and (strange := strange_answer(evidence)):
        return strange
    if len(evidence.refused_alike) + 1 >= _MANY and not _ended_itself(evidence):
        return finding(Conclusion.OWN_TRUST, 1, *named[1:])
    return None


def _of_error(evidence: Evidence, said: str, pieces: int) -> Finding:
    facts, delivery = evidence.result.facts, evidence.delivery
    if facts.http_status == 503 and facts.retry_after_s:
        return finding(Conclusion.MAINTENANCE_TOLD, pieces, said)
    if delivery is None or delivery.fault is None:
        return finding(Conclusion.SERVER_ERRORS, pieces, said)
    fails = delivery.fault is Fault.EDGE
    # Headers can be imitated, and a network may pass on an error that looks like its own.
    return finding(Conclusion.DELIVERY_FAILS if fails else Conclusion.ORIGIN_FAILS, 1, delivery.network, said)


def _ended_itself(evidence: Evidence) -> bool:
    """Whether the certificate's own time is over; otherwise it is one above it, or our list of authorities."""
    certificate = evidence.result.facts.certificate
    return certificate is not None and certificate.not_after <= evidence.result.at
