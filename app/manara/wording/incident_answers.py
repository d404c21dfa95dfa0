"""What is asked of an incident, each question with its answer in plain words; what is not known is not asked."""

from collections.abc import Sequence
from datetime import datetime

from manara.model import Blame, Incident
from manara.wording.believed import Believed
from manara.wording.incident_official import official_answer
from manara.wording.incident_timeline import recurrence_sentence
from manara.wording.incidents import (
    again_sentence,
    began_sentence,
    cause_sentence,
    end_sentence,
    most_blamed,
    recovery_sentence,
    shared_sentences,
    whose_sentence,
)
from manara.wording.times import beginning
from manara.wording.translation import Translator, mark

WAS = {
    Blame.US: mark("It was on your side."),
    Blame.THEM: mark("It was them."),
    Blame.BETWEEN: mark("It was between you and them: some could reach it, others could not."),
    Blame.NOBODY_KNOWN: mark("Whose fault it was could not be told."),
}
"""On whose side it was, once it is over."""


def incident_answers(
    tr: Translator, incident: Incident, believed: Believed, known: Sequence[Incident] | None, now: datetime
) -> list[tuple[str, str]]:
    """Return questions and answers; `known` are all incidents that are remembered, None before that is known."""
    names = {service.id: service.name for service in believed.services}
    rows = (
        (tr("What and why"), cause_sentence(tr, incident)),
        (tr("In common"), " ".join(shared_sentences(tr, incident, names))),
        (tr("Is it me?"), _whose(tr, incident, believed)),
        (tr("Since when"), _when(tr, incident, now)),
        (tr("Official word"), official_answer(tr, incident, believed.states if incident.open else (), now)),
        (tr("Coming back"), _coming_back(tr, incident)),
        (tr("Before"), "" if known is None else _before(tr, incident, known, now)),
    )
    return [(question, answer) for question, answer in rows if answer]


def _whose(tr: Translator, incident: Incident, believed: Believed) -> str:
    if incident.open:
        return whose_sentence(tr, incident, believed)
    blame = most_blamed(incident)
    return "" if blame is None else tr(WAS[blame])


def _when(tr: Translator, incident: Incident, now: datetime) -> str:
    began = began_sentence(tr, incident, now)
    if incident.ended is None:
        return began
    ended = tr("Ended {when} {zone}.").format(when=beginning(tr, incident.ended, now), zone=now.tzname())
    return f"{began} {ended}"


def _coming_back(tr: Translator, incident: Incident) -> str:
    if incident.open:
        back = (again_sentence(tr, incident), recovery_sentence(tr, incident))
        return " ".join(filter(None, back)) or tr("Not yet.")
    return end_sentence(tr, incident)


def _before(tr: Translator, incident: Incident, known: Sequence[Incident], now: datetime) -> str:
    return recurrence_sentence(tr, incident, known, now) or tr("No earlier outage in the same year is known.")
