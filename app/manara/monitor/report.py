"""The JSON that scripts read (schema 1) and the exit code they branch on: pure functions from what is believed.

Times are RFC 3339 UTC, durations are named `_ms`, enums are lower case. What a later version may add is new keys; a key
that is here keeps its meaning. Remote text is cleaned, so that `jq -r` on a terminal is safe as well.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import assert_never

from manara.model import (
    Certificate,
    Check,
    CheckResult,
    CheckState,
    Diagnosed,
    Event,
    Failure,
    HistoryKept,
    Incident,
    IncidentChanged,
    Line,
    LineChanged,
    NetworkLearned,
    Notice,
    Noticed,
    NotObserved,
    OfficialHeard,
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
    ZoneLearned,
)
from manara.monitor.diagnosis_report import diagnosis_document, official_document, zone_document
from manara.monitor.incident_report import incident_document, worded_incident
from manara.monitor.json_values import Document, milliseconds, reason_word, rfc3339
from manara.monitor.snapshot import Snapshot
from manara.wording import Translator, one_line, service_sentence
from manara.wording.plain import unjoined

SCHEMA = 1

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
    line: Line,
    services: Sequence[Service],
    states: Sequence[ServiceState],
    incidents: Sequence[Incident] = (),
    *,
    tr: Translator,
    now: datetime,
) -> Document:
    """Return all that is believed at `now`, one entry for each service; services and states in the same order."""
    believed = Snapshot(line, tuple(services), tuple(states))
    return {
        "schema": SCHEMA,
        "at": rfc3339(now),
        "network": _network(line),
        "services": [_service(tr, *pair, now) for pair in zip(services, states, strict=True)],
        "incidents": [worded_incident(tr, incident, believed, now) for incident in incidents],
    }


def worded_event(event: Event, believed: Snapshot, *, tr: Translator, now: datetime) -> Document:
    """Return one event as one object, with the words that the window has for what it tells of services."""
    document = event_document(event)
    match event:
        case Transitioned() | Diagnosed():
            service = next((each for each in believed.services if each.id == event.state.service_id), None)
            document["sentence"] = (
                None if service is None else unjoined(service_sentence(tr, service, event.state, now))
            )
        case IncidentChanged():
            document["incident"] = worded_incident(tr, event.incident, believed, now)
        case _:
            pass
    return document


def event_document(event: Event) -> Document:
    """Return one event as one object; `event` names its kind."""
    at: datetime | None
    match event:
        case ResultArrived():
            kind, at, fields = "result", event.result.at, _result(event)
        case Transitioned():
            kind, at, fields = "transition", event.transition.when.by, _transition(event)
        case Diagnosed() | OfficialHeard() | ZoneLearned() | NetworkLearned() | IncidentChanged():
            return _found_out(event)
        case NotObserved(after, until):
            kind, at, fields = "not-observed", until, {"after": rfc3339(after), "until": rfc3339(until)}
        case LineChanged(line):
            kind, at, fields = "network", line.at, _network(line)
        case ServicesChanged(at):
            kind, fields = "services", {"services": _listed(event)}
        case SettingsRefused(at, problems):
            kind, fields = "settings", {"problems": [one_line(problem) for problem in problems]}
        case HistoryKept(at, keeping, detail):
            kind, fields = "history", {"keeping": keeping.value, "detail": one_line(detail)}
        case Noticed() | SilenceChanged():
            return _told(event)
        case never:
            assert_never(never)
    return _event(kind, at, fields)


def _event(kind: str, at: datetime | None, fields: Document) -> Document:
    return {"schema": SCHEMA, "event": kind, "at": rfc3339(at), **fields}


def _told(event: Noticed | SilenceChanged) -> Document:
    if isinstance(event, Noticed):
        return _event("notice", event.notice.at, _notice(event.notice))
    return _event("silence", event.at, _silence(event.silence))


def _found_out(event: Diagnosed | OfficialHeard | ZoneLearned | NetworkLearned | IncidentChanged) -> Document:
    match event:
        case Diagnosed(at, state):
            fields = {"service": state.service_id, "diagnosis": diagnosis_document(state.diagnosis)}
            return _event("diagnosis", at, fields)
        case OfficialHeard(at, state):
            return _event("official", at, {"service": state.service_id, "official": official_document(state.official)})
        case ZoneLearned(hosts, zone):
            return _event("zone", zone.learned_at, {"hosts": list(hosts), "zone": zone_document(zone)})
        case NetworkLearned(at, prefix, network):
            return _event("origin", at, {"prefix": prefix, "network": one_line(network)})
        case IncidentChanged(at, incident, merged):
            return _event("incident", at, {"incident": incident_document(incident), "merged": list(merged)})


def _result(event: ResultArrived) -> Document:
    return {
        "service": event.service_id,
        "check": event.check,
        "verdict": event.state.verdict.value,
        **_look(event.result),
    }


def _listed(event: ServicesChanged) -> list[Document]:
    return [
        {"id": service.id, "name": service.name, "verdict": state.verdict.value}
        for service, state in zip(event.services, event.states, strict=True)
    ]


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
    incident = None if notice.incident is None else notice.incident.id
    fields = {"notice": notice.id, "kind": notice.kind.value, "services": told}
    return {**fields, "incident": incident, "update": notice.update}


def _silence(silence: Silence) -> Document:
    return {
        "acknowledged": sorted(silence.acknowledged),
        "paused": silence.paused,
        "paused_until": rfc3339(silence.paused_until),
    }


def _network(line: Line) -> Document:
    evidence = [
        {
            "place": one_line(witness.place),
            "kind": witness.kind.value,
            "answered": witness.answered,
            "detail": one_line(witness.detail),
            "ms": milliseconds(witness.ms),
        }
        for witness in line.witnesses
    ]
    return {
        "state": line.state.value,
        "at": rfc3339(line.at),
        "limits": [limit.value for limit in line.limits],
        "sign_in_url": one_line(line.sign_in_url) or None,
        "clock_ahead_s": None if line.clock_ahead is None else line.clock_ahead.total_seconds(),
        "evidence": evidence,
    }


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
        "sentence": unjoined(service_sentence(tr, service, state, now)),
        "checks": [_check(*pair, now) for pair in zip(service.checks, state.checks, strict=True)],
        "diagnosis": diagnosis_document(state.diagnosis),
        "official": official_document(state.official),
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
