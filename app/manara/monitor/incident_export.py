"""Incidents as people pass them on: what stands in a report, in the words of the window and the terminal. Pure."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from manara.model import Diagnosis, Incident, Member, ServiceState, Stage, Window
from manara.monitor.incident_report import incident_document
from manara.monitor.json_values import Document, rfc3339
from manara.monitor.paper import Paper, Table
from manara.monitor.report import SCHEMA
from manara.wording import (
    Translator,
    beginning,
    day_and_time,
    diagnosis_sentence,
    duration,
    latency,
    one_line,
    step_rungs,
    watched_until,
)
from manara.wording.believed import Believed
from manara.wording.failures import capitalised
from manara.wording.incident_answers import incident_answers
from manara.wording.incident_causes import members_clause
from manara.wording.incident_timeline import earlier_outages, happening_sentence, recurrence_sentence
from manara.wording.incidents import incident_text, incident_title, length_of
from manara.wording.plain import unjoined

_SIGNS = {True: "✓", False: "✗"}


def incident_paper(
    tr: Translator,
    incident: Incident,
    believed: Believed,
    known: Sequence[Incident],
    now: datetime,
    *,
    stopped: datetime | None = None,
) -> Paper:
    """Return the report on an incident, with moments in the zone of `now` and in UTC.

    `known` are all that are remembered; `stopped` is until when somebody watched, where nobody does now.
    """
    answers = incident_answers(tr, incident, believed, known, now)
    if incident.open and stopped is not None:
        answers.append((tr("Known until"), watched_until(tr, stopped, now)))
    names = {service.id: service.name for service in believed.services}
    names |= {member.service_id: member.name for member in incident.members}
    states = {state.service_id: state for state in believed.states}
    tables = [
        _timeline(tr, incident, names, now),
        _services(tr, incident, now, stopped or now),
        *_posts(tr, incident, now),
        *_evidence(tr, incident, names, states, now),
        *_slower(tr, incident, names),
    ]
    return Paper(incident_title(tr, incident), tuple(answers), tuple(tables), _foot(tr, now, incident.id), tr.language)


def list_paper(
    tr: Translator, incidents: Sequence[Incident], title: str, now: datetime, *, stopped: datetime | None = None
) -> Paper:
    """Return a list of incidents, in the order in which they are given; `stopped` is as for one."""
    columns = (*_columns(tr, now), tr("Lasted"), tr("What"), tr("Id"))
    rows = tuple(
        (*_moments(tr, each.began.by, now), lasted(tr, each, now, stopped), incident_title(tr, each), each.id)
        for each in incidents
    )
    return Paper(
        title,
        tables=(Table(tr("Incidents"), columns, rows),),
        foot=_foot(tr, now),
        language=tr.language,
    )


def told_document(
    tr: Translator, incident: Incident, believed: Believed, known: Sequence[Incident], now: datetime
) -> Document:
    """Return the JSON of all that is known of an incident, and of what people are told of it."""
    told = {
        "title": incident_title(tr, incident),
        "text": unjoined(incident_text(tr, incident, believed, now)),
        "recurrence": recurrence_sentence(tr, incident, known, now) or None,
        "earlier": [each.id for each in earlier_outages(incident, known, now)],
    }
    return {"schema": SCHEMA, "at": rfc3339(now), "incident": {**incident_document(incident), **told}}


def list_document(incidents: Sequence[Incident], window: Window, now: datetime) -> Document:
    """Return the JSON of the incidents of a period."""
    return {
        "schema": SCHEMA,
        "at": rfc3339(now),
        "window": {"from": rfc3339(window.begin), "to": rfc3339(window.end)},
        "incidents": [incident_document(incident) for incident in incidents],
    }


def lasted(tr: Translator, incident: Incident, now: datetime, stopped: datetime | None = None) -> str:
    """Return how long an incident was, or that it goes on; or how long at least, where nobody watches any more."""
    length = length_of(incident)
    if length is not None:
        return duration(tr, length)
    if stopped is not None:
        return tr("at least {duration}").format(duration=duration(tr, stopped - incident.began.by))
    return tr("goes on, {duration}").format(duration=duration(tr, now - incident.began.by))


def _timeline(tr: Translator, incident: Incident, names: dict[str, str], now: datetime) -> Table:
    rows = tuple((*_moments(tr, each.at, now), happening_sentence(tr, each, names)) for each in incident.timeline)
    return Table(tr("Timeline"), (*_columns(tr, now), tr("What happened")), rows)


def _services(tr: Translator, incident: Incident, now: datetime, seen_until: datetime) -> Table:
    columns = (tr("Service"), tr("Began"), tr("Up again"), tr("Lasted"), tr("Why"))
    return Table(tr("Services"), columns, tuple(_service(tr, each, now, seen_until) for each in incident.members))


def _service(tr: Translator, member: Member, now: datetime, seen_until: datetime) -> tuple[str, ...]:
    until = seen_until if member.ended is None else member.ended.by
    return (
        member.name,
        beginning(tr, member.began, now),
        "" if member.ended is None else beginning(tr, member.ended, now),
        duration(tr, until - member.began.by),
        capitalised(members_clause(tr, (member,), None)),
    )


def _posts(tr: Translator, incident: Incident, now: datetime) -> Iterator[Table]:
    posts = [each for each in incident.timeline if each.stage is Stage.OFFICIAL]
    if posts:
        rows = tuple((*_moments(tr, each.at, now), each.text) for each in posts)
        yield Table(tr("What its operator said"), (*_columns(tr, now), tr("Post")), rows)


def _evidence(
    tr: Translator, incident: Incident, names: dict[str, str], states: dict[str, ServiceState], now: datetime
) -> Iterator[Table]:
    """Return the steps of the last diagnoses, of the services of which they are still known."""
    for service_id in incident.service_ids if incident.open else ():
        found = states[service_id].diagnosis if service_id in states else None
        if found is not None and found.steps:
            yield _steps(tr, names[service_id], found, now)


def _steps(tr: Translator, name: str, found: Diagnosis, now: datetime) -> Table:
    text = tr("Evidence: {name}, {when}: {sentence}")
    heading = text.format(
        name=one_line(name), when=day_and_time(tr, found.at, now), sentence=diagnosis_sentence(tr, found)
    )
    rows = tuple(
        (_SIGNS[step.ok], rung.label, rung.text, "" if rung.ms is None else latency(tr, rung.ms))
        for step, rung in zip(found.steps, step_rungs(tr, found), strict=True)
    )
    return Table(heading, ("", tr("Layer"), tr("What was found"), tr("Took")), rows)


def _slower(tr: Translator, incident: Incident, names: dict[str, str]) -> Iterator[Table]:
    rows = tuple((names.get(service_id, service_id),) for service_id in incident.knock_on)
    if rows:
        yield Table(tr("Slower than usual since it began"), (tr("Service"),), rows)


def _columns(tr: Translator, now: datetime) -> tuple[str, ...]:
    return ("UTC",) if _is_utc(now) else (tr("Local time"), "UTC")


def _moments(tr: Translator, at: datetime, now: datetime) -> tuple[str, ...]:
    universal = tr.number(f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}")
    if _is_utc(now):
        return (universal,)
    local = at.astimezone(now.tzinfo)
    # Clocks may have been changed since.
    return (f"{tr.number(f'{local:%Y-%m-%d %H:%M:%S}')} {local:%z}", universal)


def _is_utc(now: datetime) -> bool:
    return now.tzname() == "UTC"


def _foot(tr: Translator, now: datetime, incident_id: str = "") -> str:
    written = tr("Written by Manara on {when} {zone}").format(when=day_and_time(tr, now, now), zone=now.tzname())
    return f"{written} · {incident_id}" if incident_id else written
