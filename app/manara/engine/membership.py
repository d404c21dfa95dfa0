"""Services entering and leaving an incident: pure functions from one frozen incident to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from manara.engine.timeline import with_happenings
from manara.model import (
    CommonCause,
    Conclusion,
    Diagnosis,
    Happening,
    Incident,
    Interval,
    Member,
    Service,
    ServiceState,
    Stage,
    Verdict,
)

_UNTOLD = (Conclusion.PASSED, Conclusion.CANNOT_TELL)
"""These say nothing new of an incident."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A service on its way into an incident, with what the timeline of another one had of it."""

    member: Member
    confirmed_at: datetime
    lines: tuple[Happening, ...] = ()


def entered(service: Service, state: ServiceState, began: Interval, now: datetime) -> Entry:
    """Return a service that has begun to fail."""
    member = Member(service.id, service.name, began, worst=state.verdict)
    diagnosis = state.diagnosis
    if diagnosis is None or diagnosis.conclusion in _UNTOLD:
        return Entry(member, now)
    member = _explained(member, diagnosis)
    return Entry(member, now, (Happening(diagnosis.at, Stage.DIAGNOSED, service.id, diagnosis.conclusion),))


def taken_out(incident: Incident, member: Member, now: datetime) -> Entry:
    """Return one service of an incident on its way into another."""
    own = [each for each in incident.timeline if each.service_id == member.service_id]
    confirmed = min((each.at for each in own if each.stage in (Stage.CONFIRMED, Stage.JOINED)), default=now)
    return Entry(member, confirmed, tuple(each for each in own if each.stage not in _OF_ENTERING))


_OF_ENTERING = (Stage.FIRST_BAD_LOOK, Stage.CONFIRMED, Stage.JOINED)


def begun(incident_id: str, entries: Iterable[Entry], cause: CommonCause | None) -> Incident:
    """Return a new incident of these services."""
    first, *others = entries
    beginning = _first_lines(first.member, first.confirmed_at)
    timeline = with_happenings((), [*beginning, *first.lines])
    incident = Incident(incident_id, (first.member,), first.member.began, timeline=timeline)
    return regrouped(incident, {first.member.service_id}, others, cause)


def regrouped(incident: Incident, stay: set[str], entries: Iterable[Entry], cause: CommonCause | None) -> Incident:
    """Return an incident in which only these services stay and others enter; it has at least one then."""
    entries = list(entries)
    members = (
        *(member for member in incident.members if member.service_id in stay),
        *(entry.member for entry in entries),
    )
    lines = [each for each in incident.timeline if not each.service_id or each.service_id in stay]
    if all(each.stage is not Stage.FIRST_BAD_LOOK for each in lines):
        # The first of them turned out to be no part of it.
        first = taken_out(incident, members[0], members[0].began.by)
        others = [each for each in lines if each.service_id != first.member.service_id]
        lines = [*_first_lines(first.member, first.confirmed_at), *first.lines, *others]
    timeline = with_happenings(
        with_happenings((), lines),
        [
            line
            for each in entries
            for line in (Happening(each.confirmed_at, Stage.JOINED, each.member.service_id), *each.lines)
        ],
    )
    ids = {member.service_id for member in members}
    return replace(
        incident,
        members=members,
        began=_beginning(members),
        cause=cause,
        timeline=timeline,
        knock_on=tuple(each for each in incident.knock_on if each not in ids),
    )


def with_lines(incident: Incident, *lines: Happening) -> Incident:
    """Return an incident with more lines in its timeline."""
    return replace(incident, timeline=with_happenings(incident.timeline, lines))


def with_state(incident: Incident, state: ServiceState, at: datetime) -> Incident:
    """Return an incident with how one of its services fails now: as bad as it ever was, and why, as far as known."""
    member = member_of(incident, state.service_id)
    changed = replace(member, worst=_worse(member.worst, state.verdict))
    diagnosis = state.diagnosis
    lines: list[Happening] = []
    if diagnosis is not None and diagnosis.conclusion not in _UNTOLD:
        changed = _explained(changed, diagnosis)
        if member.conclusion is not diagnosis.conclusion:
            lines.append(Happening(at, Stage.DIAGNOSED, state.service_id, diagnosis.conclusion))
    if changed == member:
        return incident
    return with_lines(_with_member(incident, changed), *lines)


def rejoined(incident: Incident, state: ServiceState, at: datetime) -> Incident:
    """Return an incident in which a service that was well again fails once more."""
    member = replace(member_of(incident, state.service_id), ended=None)
    incident = _with_member(replace(incident, ended=None), member)
    return with_state(with_lines(incident, Happening(at, Stage.RELAPSED, state.service_id)), state, at)


def left(incident: Incident, service_id: str, when: Interval, *, watched: bool) -> Incident:
    """Return an incident in which a service does not fail any more; with the last one it has ended.

    Of one that is not `watched` any more it is not known that it is well.
    """
    incident = _with_member(incident, replace(member_of(incident, service_id), ended=when))
    ends = [member.ended for member in incident.members]
    goes_on = any(end is None for end in ends)
    if goes_on or not watched:
        stage = Stage.LEFT if watched else Stage.UNWATCHED
        incident = with_lines(incident, Happening(when.by, stage, service_id))
    if goes_on:
        return incident
    last = max((end for end in ends if end is not None), key=lambda end: end.by)
    incident = replace(incident, ended=last)
    return with_lines(incident, Happening(last.by, Stage.ENDED)) if watched else incident


def with_slower(incident: Incident, service_id: str, when: Interval) -> Incident:
    """Return an incident with a service that is no part of it and has become slower since it began."""
    if service_id in (*incident.knock_on, *incident.service_ids) or when.by < incident.began.by:
        return incident
    incident = replace(incident, knock_on=(*incident.knock_on, service_id))
    return with_lines(incident, Happening(when.by, Stage.SLOWER, service_id))


def member_of(incident: Incident, service_id: str) -> Member:
    """Return one of the services of an incident."""
    return next(member for member in incident.members if member.service_id == service_id)


def _first_lines(member: Member, confirmed_at: datetime) -> list[Happening]:
    return [
        Happening(member.began.by, Stage.FIRST_BAD_LOOK, member.service_id),
        Happening(confirmed_at, Stage.CONFIRMED, member.service_id),
    ]


def _explained(member: Member, diagnosis: Diagnosis) -> Member:
    return replace(member, conclusion=diagnosis.conclusion, named=diagnosis.named, confidence=diagnosis.confidence)


def _with_member(incident: Incident, member: Member) -> Incident:
    members = tuple(member if each.service_id == member.service_id else each for each in incident.members)
    return replace(incident, members=members)


def _beginning(members: Sequence[Member]) -> Interval:
    """Return when the first of them was seen to fail; of several, the interval that says it most exactly."""
    by = min(member.began.by for member in members)
    afters = [member.began.after for member in members if member.began.by == by]
    return Interval(max((after for after in afters if after is not None), default=None), by)


def _worse(one: Verdict, other: Verdict) -> Verdict:
    return Verdict.DOWN if Verdict.DOWN in (one, other) else one
