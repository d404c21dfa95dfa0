"""What the operator says of an incident, as a sentence of its own and as the answer to a question."""

from collections.abc import Iterable
from datetime import datetime

from manara.model import Incident, ServiceState, Stage
from manara.wording.failures import capitalised
from manara.wording.official import told_state
from manara.wording.plain import one_line
from manara.wording.times import duration
from manara.wording.translation import Translator


def said_officially(tr: Translator, incident: Incident, states: Iterable[ServiceState], now: datetime) -> str:
    """Return what the operator has said of it: `Officially: We are aware of it, first after 34 min.`

    While he has said nothing of it, what his page says instead: `Officially: operational (checked 2 min ago).`
    """
    said = _last_post(incident) or _own_words(tr, incident, states, now)
    return tr("Officially: {said}.").format(said=_with_delay(tr, incident, said)) if said else _nothing(tr)


def official_answer(tr: Translator, incident: Incident, states: Iterable[ServiceState], now: datetime) -> str:
    """Return the same to stand behind a question: `We are aware of it, first after 34 min.`"""
    said = _last_post(incident) or capitalised(_own_words(tr, incident, states, now))
    return tr("{sentence}.").format(sentence=_with_delay(tr, incident, said)) if said else _nothing(tr)


def _last_post(incident: Incident) -> str:
    posts = [happening for happening in incident.timeline if happening.stage is Stage.OFFICIAL]
    return one_line(posts[-1].text).rstrip(".") if posts else ""


def _own_words(tr: Translator, incident: Incident, states: Iterable[ServiceState], now: datetime) -> str:
    """Return that trouble is admitted, else what a page that can be read says instead; empty without one."""
    if incident.official_after is not None:
        return tr("trouble is admitted")
    words = [state.official for state in states if state.service_id in incident.service_ids and state.official]
    readable = next((word for word in words if word.unreadable is None), None)
    return "" if readable is None else told_state(tr, readable, now)


def _with_delay(tr: Translator, incident: Incident, said: str) -> str:
    if not incident.official_after:
        return said
    return tr("{said}, first after {duration}").format(said=said, duration=duration(tr, incident.official_after))


def _nothing(tr: Translator) -> str:
    return tr("No official word found.")
