"""Reading what was last known of each service, as it would be on the screen of the program that wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from manara.history.batch import CheckKey, check_keys
from manara.history.last_look import cause_of, state_of, verdict_of
from manara.history.line_text import line_from_text
from manara.history.moments import FOREVER, moment_of, moment_or_none, ms_of
from manara.history.reader import Reader
from manara.history.series import result_of
from manara.loading import load
from manara.model import CheckState, Incident, Interval, Line, LineState, Service, ServiceState


@dataclass(frozen=True, slots=True)
class LastKnown:
    """What was last known, in the order of the services that were asked for."""

    heard: datetime | None
    """Until when somebody was watching; None if nobody ever was."""
    watching: bool
    """Whether somebody still is."""
    line: Line
    states: tuple[ServiceState, ...]
    incidents: tuple[Incident, ...] = ()
    """Those that went on, the oldest first."""


def latest(reader: Reader, services: Sequence[Service], now: datetime) -> LastKnown:
    """Return what was last known at `now` of these services; one without a history was not looked at yet."""
    heard = reader.heard()
    until = FOREVER if heard is None else ms_of(heard) + _HEARD_LATE_MS
    states = tuple(_with_found_out(reader, _state(reader, service, until)) for service in services)
    return LastKnown(heard, reader.watching(now), _line(reader, until), states, _incidents(reader))


def _incidents(reader: Reader) -> tuple[Incident, ...]:
    if not reader.has_found_out:
        return ()
    incidents: tuple[Incident, ...] = load("manara.history.found_out:open_incidents")(reader)
    return incidents


def _with_found_out(reader: Reader, state: ServiceState) -> ServiceState:
    if not reader.has_found_out:
        return state
    diagnosis, official = load("manara.history.found_out:found_out")(reader, state.service_id)
    return replace(state, diagnosis=diagnosis, official=official)


# What lies further ahead of the newest watch was written by a clock that has been set back since.
_HEARD_LATE_MS = 60_000


def _line(reader: Reader, until: int) -> Line:
    row = reader.connection.execute(
        "SELECT at, state, witnesses FROM lines WHERE at <= ? ORDER BY at DESC LIMIT 1", (until,)
    ).fetchone()
    if row is None:
        return Line()
    at, state, text = row
    return line_from_text(_LINE_STATES.get(reader.words.word(state), LineState.UNKNOWN), moment_of(at), text)


_LINE_STATES = {state.value: state for state in LineState}


def _state(reader: Reader, service: Service, until: int) -> ServiceState:
    checks = tuple(_check_state(reader, key, until) for key in check_keys(service))
    row = reader.connection.execute(
        "SELECT verdict, cause, since_after, since_by FROM open_spans "
        "JOIN services ON services.id = service_id WHERE service = ? UNION ALL "
        "SELECT * FROM (SELECT verdict, cause, after, begin FROM spans "
        "JOIN services ON services.id = service_id WHERE service = ? AND begin <= ? "
        "ORDER BY begin DESC LIMIT 1)",
        (service.id, service.id, until),
    ).fetchone()
    if row is None:
        return ServiceState(service.id, checks=checks)
    verdict, cause, after, by = row
    since = None if by is None else Interval(moment_or_none(after), moment_of(by))
    words = reader.words
    return ServiceState(service.id, verdict_of(words.word(verdict)), cause_of(words.word(cause)), since, checks)


def _check_state(reader: Reader, key: CheckKey, until: int) -> CheckState:
    row = reader.connection.execute(
        "SELECT document, checks.id FROM checks JOIN latest ON latest.check_id = checks.id "
        "JOIN services ON services.id = checks.service_id WHERE (service, type, target, ordinal) = (?, ?, ?, ?)",
        key,
    ).fetchone()
    if row is None:
        return CheckState()
    document, check_id = row
    look = reader.connection.execute(
        "SELECT at, reason, total, phases FROM samples WHERE check_id = ? AND at <= ? ORDER BY at DESC LIMIT 1",
        (check_id, until),
    ).fetchone()
    if look is None:
        return CheckState()
    result = result_of(reader, look)
    return state_of(document, result.at, result.timings)
