"""Incidents in words, the same in the window, the terminal and notifications: a title, then sentences of their own.

`now` is aware; moments are shown in its time zone. Everything remote comes out on one line.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from manara.model import Blame, Conclusion, Incident, Layer, LineState, Member, ServiceState, Stage, Verdict
from manara.wording.believed import Believed
from manara.wording.diagnosis import BLAMES
from manara.wording.failures import capitalised
from manara.wording.incident_causes import beside_clause, is_told, members_clause, shared_words
from manara.wording.incident_official import said_officially
from manara.wording.plain import one_line
from manara.wording.times import beginning, duration
from manara.wording.translation import Translator, mark

Thing = TypeVar("Thing")

LONGEST_NAME = 60
UNSEEN = timedelta(hours=1)
"""Where an end is known less exactly than this, hardly anybody was looking."""
MOST_NAMED = 4
"""So many services are named; of more, one less and the number of the others."""
FEWEST_COUNTED = 3
"""How many of fewer services are reachable says nothing of the connection."""


def spoken_of(incident: Incident) -> tuple[Member, ...]:
    """Return the services that an incident is told of: those that still fail while it goes on, then all of them."""
    return (incident.failing if incident.open else ()) or incident.members


def incident_title(tr: Translator, incident: Incident) -> str:
    """Return what an incident is in one line: `Facebook, WhatsApp and Instagram are down`."""
    return _what(tr, spoken_of(incident), incident, beside=False)


def end_title(tr: Translator, incident: Incident) -> str:
    """Return in one line that an incident is over: `Facebook and WhatsApp are up again after 7 h 6 min`."""
    if not _end_is_seen(incident):
        one, many = tr("{names} is not watched any more"), tr("{names} are not watched any more")
        return (one if len(incident.members) == 1 else many).format(names=_named(tr, incident.members))
    lasted = duration(tr, length_of(incident) or timedelta(0))
    if incident.began.after is None:
        lasted = tr("at least {duration}").format(duration=lasted)
    one, many = tr("{names} is up again after {duration}"), tr("{names} are up again after {duration}")
    return (one if len(incident.members) == 1 else many).format(names=_named(tr, incident.members), duration=lasted)


def incident_text(tr: Translator, incident: Incident, believed: Believed, now: datetime) -> str:
    """Return all that is to be said of an incident in a few sentences, one paragraph."""
    return " ".join(incident_sentences(tr, incident, believed, now))


def incident_sentences(tr: Translator, incident: Incident, believed: Believed, now: datetime) -> list[str]:
    """Return what an incident is, why, whose side, since when, what the operator says, and how it comes back."""
    if incident.ended is not None:
        said = [*_causes(tr, incident), end_sentence(tr, incident), began_sentence(tr, incident, now)]
        return [sentence for sentence in said if sentence]
    names = {service.id: service.name for service in believed.services}
    sentences = [
        *_causes(tr, incident),
        *shared_sentences(tr, incident, names),
        whose_sentence(tr, incident, believed),
        began_sentence(tr, incident, now),
        said_officially(tr, incident, believed.states, now),
        again_sentence(tr, incident),
        recovery_sentence(tr, incident) or _unseen(tr, incident, believed.states),
        knock_on_sentence(tr, incident, names),
    ]
    return [sentence for sentence in sentences if sentence]


def cause_sentence(tr: Translator, incident: Incident) -> str:
    """Return which services fail and why: `Facebook and WhatsApp are down: their name servers do not answer.`"""
    return " ".join(_causes(tr, incident))


def short_cause(tr: Translator, incident: Incident) -> str:
    """Return why its services fail, in one sentence to stand behind the title; empty where nothing was found out.

    Where not all fail alike, the sentence says of which it speaks: those that fail as most do.
    """
    members = spoken_of(incident)
    main = _by_conclusion(members)[0]
    if len(main) * 2 <= len(members):
        return _causes(tr, incident)[0]
    clause = members_clause(tr, main, incident.cause)
    if clause and len(main) < len(members):
        return tr("Most of them: {why}.").format(why=clause)
    return tr("{sentence}.").format(sentence=capitalised(clause)) if clause else ""


def shared_sentences(tr: Translator, incident: Incident, names: Mapping[str, str]) -> list[str]:
    """Return what they have in common where the cause does not say it, and who has it too and is up."""
    cause, members = incident.cause, spoken_of(incident)
    if cause is None or len(members) < 2:
        return []
    told = is_told(cause, _by_conclusion(members)[0][0].conclusion, cause_sentence(tr, incident))
    what = shared_words(tr, cause.shared)
    common = [] if told else [tr("What they have in common: {what}.").format(what=what)]
    well = [names[service_id] for service_id in cause.well if service_id in names]
    if well:
        one, many = tr("{names} has it too and is up."), tr("{names} have it too and are up.")
        common = [tr("What they have in common: {what}.").format(what=what)]
        common.append((one if len(well) == 1 else many).format(names=listed(tr, well)))
    return common


def whose_sentence(tr: Translator, incident: Incident, believed: Believed) -> str:
    """Return on whose side it is: `It is them: your connection is fine (14 of 18 services reachable).`"""
    said = _whose(tr, most_blamed(incident), believed.line.state)
    watched = [state for state in believed.states if state.verdict is not Verdict.PAUSED]
    if not said or len(watched) < FEWEST_COUNTED:
        return tr("{sentence}.").format(sentence=said) if said else ""
    reachable = sum(state.verdict in (Verdict.UP, Verdict.DEGRADED) for state in watched)
    counted = tr("{n} of {every} services reachable").format(n=reachable, every=len(watched))
    return tr("{sentence} ({counted}).").format(sentence=said, counted=counted)


def most_blamed(incident: Incident) -> Blame | None:
    """Return where the trouble of most that are spoken of is; None where nothing was found out."""
    return _most(member.conclusion.blame for member in spoken_of(incident) if member.conclusion is not None)


def began_sentence(tr: Translator, incident: Incident, now: datetime) -> str:
    """Return when it began: `Began between 15:39:10 and 15:40:10 UTC.`"""
    when = beginning(tr, incident.began, now)
    return tr("Began {when} {zone}.").format(when=when, zone=now.tzname())


def again_sentence(tr: Translator, incident: Incident) -> str:
    """Return which of its services are up again while it goes on: `Instagram is up again.`; perhaps none."""
    last = {each.service_id: each.stage for each in incident.timeline if each.stage in (Stage.LEFT, Stage.UNWATCHED)}
    over = [member for member in incident.members if member.ended is not None]
    back = [member for member in over if last.get(member.service_id) is not Stage.UNWATCHED]
    if not back or not incident.failing:
        return ""
    one, many = tr("{names} is up again."), tr("{names} are up again.")
    return (one if len(back) == 1 else many).format(names=_named(tr, back))


def recovery_sentence(tr: Translator, incident: Incident) -> str:
    """Return how far it has come back, if it has: `Recovering: names resolve again, 503 from the site.`"""
    failing = {member.service_id for member in incident.failing}
    latest = {each.service_id: each for each in incident.timeline if each.stage in _COMING_BACK}
    found = [each for service_id, each in latest.items() if service_id in failing and each.stage in _RECOVERING]
    if not found:
        return ""
    last = max(found, key=lambda each: each.at)
    if last.stage is Stage.ANSWERS and last.text:
        text = tr("Recovering: it answers again, with {status}.")
        if failing_layer(incident) is Layer.DNS:
            text = tr("Recovering: names resolve again, {status} from the site.")
        return text.format(status=one_line(last.text))
    return tr(_RECOVERING[last.stage])


def end_sentence(tr: Translator, incident: Incident) -> str:
    """Return how long it lasted: `Up after 7 h 6 min.`; empty while it goes on."""
    lasted, ended = length_of(incident), incident.ended
    if lasted is None or ended is None:
        return ""
    if not _end_is_seen(incident):
        return tr("Not watched any more after {duration}.").format(duration=duration(tr, lasted))
    if incident.began.after is None:
        return tr("Up after at least {duration}.").format(duration=duration(tr, lasted))
    least = max((ended.after or ended.by) - incident.began.by, timedelta(0))
    if lasted - least > UNSEEN:
        text = tr("Up again; it lasted between {least} and {most}, since nobody looked when it ended.")
        return text.format(least=duration(tr, least), most=duration(tr, lasted))
    return tr("Up after {duration}.").format(duration=duration(tr, lasted))


def knock_on_sentence(tr: Translator, incident: Incident, names: dict[str, str]) -> str:
    """Return which other services have become slower since it began; that is no word about the reason."""
    slower = [names[service_id] for service_id in incident.knock_on if service_id in names]
    if not slower:
        return ""
    return tr("Slower than usual since it began: {names}.").format(names=listed(tr, slower))


def length_of(incident: Incident) -> timedelta | None:
    """Return how long an incident lasted, at least; None while it goes on."""
    return None if incident.ended is None else max(incident.ended.by - incident.began.by, timedelta(0))


def failing_layer(incident: Incident) -> Layer | None:
    """Return the rung on which most of its services fail; None where that is not known."""
    if incident.cause is not None and incident.cause.layer is not None:
        return incident.cause.layer
    return _most(member.conclusion.layer for member in incident.members if member.conclusion is not None)


def listed(tr: Translator, names: Sequence[str]) -> str:
    """Return names as people list them: `Facebook, WhatsApp and Instagram`, or some and how many more."""
    shown = [one_line(name, LONGEST_NAME) for name in names]
    if len(shown) > MOST_NAMED:
        shown, more = shown[: MOST_NAMED - 1], len(shown) - MOST_NAMED + 1
        return tr("{shown} and {n} more").format(shown=", ".join(shown), n=more)
    if len(shown) < 2:
        return "".join(shown)
    return tr("{names} and {last}").format(names=", ".join(shown[:-1]), last=shown[-1])


_RECOVERING = {
    Stage.NAMES_RESOLVE: mark("Recovering: names resolve again."),
    Stage.CONNECTS: mark("Recovering: it takes connections again."),
    Stage.ANSWERS: mark("Recovering: it answers again."),
    Stage.NORMAL_SPEED: mark("Recovering: it is as fast as usual again."),
}
_COMING_BACK = (*_RECOVERING, Stage.RELAPSED)


def _causes(tr: Translator, incident: Incident) -> list[str]:
    """Return a sentence for the services that fail as most do, and one for each other way to fail."""
    main, *others = _by_conclusion(spoken_of(incident))
    first = _sentence(
        tr, main, members_clause(tr, main, incident.cause if len(main) > 1 else None), incident, beside=False
    )
    layer = main[0].conclusion.layer if main[0].conclusion else None
    rest = []
    for members in others:
        clause = members_clause(tr, members, None) if len(members) > 1 else beside_clause(tr, members[0], layer)
        rest.append(_sentence(tr, members, clause, incident, beside=True))
    return [first, *rest]


def _by_conclusion(members: Sequence[Member]) -> list[list[Member]]:
    """Return the members that fail alike together: the largest row first, what is not known last."""
    rows: dict[Conclusion | None, list[Member]] = {}
    for member in members:
        rows.setdefault(member.conclusion, []).append(member)
    return sorted(rows.values(), key=lambda row: (row[0].conclusion is None, -len(row)))


def _sentence(tr: Translator, members: Sequence[Member], clause: str, incident: Incident, *, beside: bool) -> str:
    said = _what(tr, members, incident, beside=beside)
    if not clause:
        return tr("{what}.").format(what=said)
    # The reason is told in the words in which it was found, which are of that moment.
    text = tr("{what}: {why}.") if incident.open else tr("{what}; found at the time: {why}.")
    return text.format(what=said, why=clause)


def _what(tr: Translator, members: Sequence[Member], incident: Incident, *, beside: bool) -> str:
    row = _ROWS[beside, incident.ended is not None, any(member.worst is Verdict.DOWN for member in members)]
    return tr(row[0] if len(members) == 1 else row[1]).format(names=_named(tr, members))


# Beside others, over, down: what is said of one service, and of several.
_ROWS = {
    (False, False, True): (mark("{names} is down"), mark("{names} are down")),
    (False, False, False): (mark("{names} is degraded"), mark("{names} are degraded")),
    (False, True, True): (mark("{names} was down"), mark("{names} were down")),
    (False, True, False): (mark("{names} was degraded"), mark("{names} were degraded")),
    (True, False, True): (mark("{names} is down too"), mark("{names} are down too")),
    (True, False, False): (mark("{names} is degraded too"), mark("{names} are degraded too")),
    (True, True, True): (mark("{names} was down too"), mark("{names} were down too")),
    (True, True, False): (mark("{names} was degraded too"), mark("{names} were degraded too")),
}


def _whose(tr: Translator, blame: Blame | None, line: LineState) -> str:
    if line is LineState.ONLINE and blame is Blame.THEM:
        return capitalised(tr("it is them: your connection is fine"))
    if blame is not None:
        return capitalised(tr(BLAMES[blame]))
    return tr("Your connection is fine") if line is LineState.ONLINE else ""


def _end_is_seen(incident: Incident) -> bool:
    """Return whether it is known that all is well, and not only that nobody looks any more."""
    return not incident.timeline or incident.timeline[-1].stage is not Stage.UNWATCHED


def _unseen(tr: Translator, incident: Incident, states: Iterable[ServiceState]) -> str:
    """Return that nobody can tell how it is now, where that is so of all that failed last."""
    failing = {member.service_id for member in incident.failing}
    verdicts = {state.verdict for state in states if state.service_id in failing}
    return tr("How it is now cannot be told.") if verdicts == {Verdict.UNKNOWN} else ""


def _most(values: Iterable[Thing]) -> Thing | None:
    """Return the value that comes most often, the first of equals; None where there is none."""
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else None


def _named(tr: Translator, members: Iterable[Member]) -> str:
    return listed(tr, [member.name for member in members])
