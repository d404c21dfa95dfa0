"""From the evidence to a conclusion, from the bottom of the ladder up. Pure; every evidence ends in a conclusion.

A service is never accused while our own line is down or wants a sign-in; a conclusion is certain only by two
independent pieces of evidence.
"""

from collections.abc import Callable, Mapping

from manara.diagnosis.conclude_addresses import of_addresses, of_family, strange_answer
from manara.diagnosis.conclude_answers import of_answer, of_certificate
from manara.diagnosis.conclude_names import of_chosen_servers, of_name
from manara.diagnosis.evidence import Evidence
from manara.diagnosis.finding import Finding, finding
from manara.model import Conclusion, Layer, LineState, Reason


def conclude(evidence: Evidence, *, chosen_servers: bool = False) -> Finding:
    """Return what the evidence means; `chosen_servers` says that the check itself names whom it asks."""
    failure = evidence.result.failure
    if failure is None:
        return finding(Conclusion.PASSED, 1)
    if failure.layer is Layer.LOCAL or failure.reason is Reason.UNUSABLE_NAME:
        return finding(Conclusion.CHECK_ITSELF, 1)
    if failure.reason is Reason.PROXY_FAILED:
        return finding(Conclusion.PROXY, 1)
    return _of_line(evidence) or _of_layer(evidence, failure.reason, chosen_servers=chosen_servers)


def _of_line(evidence: Evidence) -> Finding | None:
    if evidence.local or evidence.line is None:
        return None
    asked = evidence.line.witnesses
    if evidence.line_state is LineState.OFFLINE:
        return finding(Conclusion.OFFLINE, sum(not witness.answered for witness in asked))
    if evidence.line_state is LineState.CAPTIVE:
        return finding(Conclusion.SIGN_IN_WANTED, 1, evidence.line.sign_in_url)
    return None


def _of_layer(evidence: Evidence, reason: Reason, *, chosen_servers: bool) -> Finding:
    if reason is Reason.UNEXPECTED_RCODE:
        return finding(Conclusion.WRONG_CONTENT, 1)
    if reason.layer is Layer.DNS and chosen_servers:
        return of_chosen_servers(evidence)
    return _BY_LAYER[reason.layer](evidence, reason)


def _of_content(evidence: Evidence, _reason: Reason) -> Finding:
    return strange_answer(evidence) or finding(Conclusion.WRONG_CONTENT, 1)


_BY_LAYER: Mapping[Layer, Callable[[Evidence, Reason], Finding]] = {
    Layer.LOCAL: lambda _evidence, _reason: finding(Conclusion.CHECK_ITSELF, 1),
    Layer.LINK: of_family,
    Layer.DNS: lambda evidence, _reason: of_name(evidence),
    Layer.TCP: of_addresses,
    Layer.ICMP: of_addresses,
    Layer.TLS: of_certificate,
    Layer.HTTP: of_answer,
    Layer.CONTENT: _of_content,
    Layer.SPEED: lambda _evidence, _reason: finding(Conclusion.SLOW, 1),
}
