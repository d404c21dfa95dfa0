"""The JSON that scripts read (schema 1) and the exit code they branch on: pure functions from what is believed.

Times are RFC 3339 UTC, durations are named `_ms`, enums are lower case. What a later version may add is new keys; a key
that is here keeps its meaning. Remote text is cleaned, so that `jq -r` on a terminal is safe as well.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias, assert_never

from manara.model import (
    Certificate,
    Check,
    CheckResult,
    CheckState,
    Event,
    Failure,
    HistoryKept,
    Line,
    LineChanged,
    Notice,
    Noticed,
    NotObserved,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    SettingsRefused,
    Silence,
    SilenceChanged,
    Timings,
    Transitioned,
    Verdict,
)
from manara.model.verdict import Cause
from manara.wording import Translator, one_line, service_sentence

SCHEMA = 1

Document: TypeAlias = dict[str, Any]

# The order of the monitoring plugins' max_state_alt: critical, warning, unknown, good. Planned work is good;
# a paused service is not watched and does not count.
_EXIT_CODES = {
    Verdict.DOWN: 2,
    Verdict.DEGRADED: 1,
    Verdict.UNKNOWN: 3,
    Verdict.MAINTENANCE: 0,
    Verdict.UP: 0,
}
_NOTHING_KNOWN = 3


def exit_code(verdicts: Iterable[Verdict]) -> int:
    """Return 0 up, 1 degraded, 2 down, 3 unknown, for the worst of them: down, degraded, unknown, up.

    Nothing watched is nothing known.
    """
    found = set(verdicts)
    return next((code for verdict, code in _EXIT_CODES.items() if verdict in found), _NOTHING_KNOWN)


def check_document(
    line: Line, services: Sequence[Service], states: Sequence[ServiceState], *, tr: Translator, now: datetime
) -> Document:
    """Return all that is believed at `now`, one entry for each service; services and states in the same order."""
    return {
        "schema": SCHEMA,
        "at": rfc3339(now),
        "network": _network(line),
        "services": [_service(tr, *pair, now) for pair in zip(services, states, strict=True)],
        "incidents": [],
    }


def event_document(event: Event) -> Document:
    """Return one event as one object; `event` names its kind."""
    at: datetime | None
    match event:
        case ResultArrived():
            kind, at, fields = "result", event.result.at, _result(event)
        case Transitioned():
            kind, at, fields = "transition", event.transition.when.by, _transition(event)
        case NotObserved(after, until):
            kind, at, fields = "not-observed", until, {"after": rfc3339(after), "until": rfc3339(until)}
        case LineChanged(line):
            kind, at, fields = "network", line.at, _network(line)
        case ServicesChanged(at, services, states):
            listed = [
                {"id": service.id, "name": service.name, "verdict": state.verdict.value}
                for service, state in zip(services, states, strict=True)
            ]
            kind, fields = "services", {"services": listed}
        case SettingsRefused(at, problems):
            kind, fields = "settings", {"problems": [one_line(problem) for problem in problems]}
        case HistoryKept(at, keeping, detail):
            kind, fields = "history", {"keeping": keeping.value, "detail": one_line(detail)}
        case Noticed(notice):
            kind, at, fields = "notice", notice.at, _notice(notice)
        case SilenceChanged(at, silence):
            kind, fields = "silence", _silence(silence)
        case never:
            assert_never(never)
    return _event(kind, at, fields)


def reason_word(cause: Cause) -> str | None:
    """Return the stable word of a cause."""
    return None if cause is None else cause.value


def milliseconds(ms: float | None) -> float | None:
    """Return a duration in milliseconds, to the microsecond."""
    return None if ms is None else round(ms, 3)


def rfc3339(at: datetime | None) -> str | None:
    """Return a moment in UTC, to the millisecond."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _event(kind: str, at: datetime | None, fields: Document) -> Document:
    return {"schema": SCHEMA, "event": kind, "at": rfc3339(at), **fields}


def _result(event: ResultArrived) -> Document:
    return {
        "service": event.service_id,
        "check": event.check,
        "verdict": event.state.verdict.value,
        **_look(event.result),
    }


def _transition(event: Transitioned) -> Document:
    transition = event.transition
    return {
        "service": transition.service_id,
        "before": transition.before.value,
        "after": transition.after.value,
        "reason": reason_word(transition.cause),
        "started_after": rfc3339(transition.when.after),
        "started_by": rfc3339(transition.when.by),
    }


def _notice(notice: Notice) -> Document:
    told = [{"id": each.service.id, "kind": each.kind.value, "news": each.news} for each in notice.services]
    return {"notice": notice.id, "kind": notice.kind.value, "services": told}


def _silence(silence: Silence) -> Document:
    return {
        "acknowledged": sorted(silence.acknowledged),
        "paused": silence.paused,
        "paused_until": rfc3339(silence.paused_until),
    }


def _network(line: Line) -> Document:
    evidence = [
        {
            "place": witness.place,
            "answered": witness.answered,
            "detail": one_line(witness.detail),
            "ms": milliseconds(witness.ms),
        }
        for witness in line.witnesses
    ]
    return {"state": line.state.value, "at": rfc3339(line.at), "evidence": evidence}


def _service(tr: Translator, service: Service, state: ServiceState, now: datetime) -> Document:
    return {
        "id": service.id,
        "name": service.name,
        "group": service.group,
        "tags": list(service.tags),
        "verdict": state.verdict.value,
        "reason": reason_word(state.cause),
        "since": rfc3339(state.since.by if state.since else None),
        "since_after": rfc3339(state.since.after if state.since else None),
        "sentence": service_sentence(tr, service, state, now),
        "checks": [_check(*pair, now) for pair in zip(service.checks, state.checks, strict=True)],
        "diagnosis": None,
        "official": None,
    }


def _check(check: Check, state: CheckState, now: datetime) -> Document:
    last = state.last
    return {
        "type": check.type,
        "target": one_line(check.target),
        "verdict": state.verdict.value,
        "at": rfc3339(last.at if last else None),
        **_look(last or CheckResult(now)),
        "outcome": last.outcome.value if last else None,
        "certificate": _certificate(last.facts.certificate if last else None, now),
    }


def _look(result: CheckResult) -> Document:
    return {
        "outcome": result.outcome.value,
        "failure": _failure(result.failure),
        "timings_ms": _timings(result.timings),
        "address": result.address,
        "http_status": result.facts.http_status,
        "attempts": [
            {"address": attempt.address, "failure": _failure(attempt.failure)} for attempt in result.facts.attempts
        ],
    }


def _failure(failure: Failure | None) -> Document | None:
    if failure is None:
        return None
    return {
        "layer": failure.layer.value,
        "reason": failure.reason.value,
        "detail": one_line(failure.detail),
        "excused": failure.excused,
    }


def _timings(timings: Timings) -> Document:
    return {
        "dns": milliseconds(timings.dns_ms),
        "connect": milliseconds(timings.connect_ms),
        "tls": milliseconds(timings.tls_ms),
        "first_byte": milliseconds(timings.first_byte_ms),
        "total": milliseconds(timings.total_ms),
    }


def _certificate(certificate: Certificate | None, now: datetime) -> Document | None:
    if certificate is None:
        return None
    return {
        "subject": one_line(certificate.subject),
        "issuer": one_line(certificate.issuer),
        "not_before": rfc3339(certificate.not_before),
        "not_after": rfc3339(certificate.not_after),
        "days_left": certificate.days_left(now),
        "sha256": certificate.sha256,
    }
