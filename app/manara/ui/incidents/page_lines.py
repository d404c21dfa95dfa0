"""What the page of an incident tells, as lines: answers, timeline, services, official posts, what else is hit. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from manara.model import Happening, Incident, Member, Stage, Verdict
from manara.ui.official_section import official_lines
from manara.ui.rows import Line
from manara.wording import Tone, Translator, beginning, duration, official_against_measured, one_line, verdict_word
from manara.wording.believed import Believed
from manara.wording.dates import full_day
from manara.wording.failures import capitalised
from manara.wording.incident_answers import incident_answers
from manara.wording.incident_causes import members_clause
from manara.wording.incident_timeline import happening_sentence
from manara.wording.incidents import LONGEST_NAME, listed

_MARKS = {
    Stage.CONFIRMED: Verdict.DOWN,
    Stage.JOINED: Verdict.DOWN,
    Stage.RELAPSED: Verdict.DOWN,
    Stage.SLOWER: Verdict.DEGRADED,
    Stage.LEFT: Verdict.UP,
    Stage.ENDED: Verdict.UP,
}
_ALIKE = frozenset({Stage.FIRST_BAD_LOOK, Stage.CONFIRMED, Stage.NAMES_RESOLVE, Stage.CONNECTS, Stage.NORMAL_SPEED})
"""What can be told of several services in one line."""
_FAILS = (Verdict.DOWN, Verdict.DEGRADED)
_MOST_NAMED = 200


def answer_lines(
    tr: Translator, incident: Incident, believed: Believed, known: Sequence[Incident] | None, now: datetime
) -> Iterator[Line]:
    """Return each question with its answer."""
    for question, answer in incident_answers(tr, incident, believed, known, now):
        told = f"{question}: {answer}"
        yield Line((question, answer), told, tip=told)


def timeline_rows(tr: Translator, incident: Incident, believed: Believed, now: datetime) -> Iterator[Line]:
    """Return what happened, oldest first: time, what. Days have headings where it was not all today."""
    names = _names(incident, believed)
    day = now.date()
    for (at, _), together in groupby(incident.timeline, key=_moment_and_kind):
        happened = list(together)
        local = at.astimezone(now.tzinfo)
        if local.date() != day:
            day = local.date()
            yield Line(("", full_day(tr, day)), heading=True)
        time = tr.number(f"{local:%H:%M:%S}")
        what = _happening(tr, happened, names)
        told = f"{time} {what}"
        stage = happened[0].stage
        yield Line((time, what), told, mark=_MARKS.get(stage), tone=_tone(stage), tip=told)


def service_lines(tr: Translator, incident: Incident, now: datetime) -> Iterator[Line]:
    """Return each service: its name, how long it was not well, what was found and when."""
    for member in incident.members:
        name = one_line(member.name, LONGEST_NAME)
        until = now if member.ended is None else member.ended.by
        length = duration(tr, until - member.began.by)
        what = " ".join(_of_member(tr, member, now))
        mark = member.worst if member.ended is None else Verdict.UP
        told = f"{name}: {verdict_word(tr, mark)}, {length}. {what}"
        yield Line((name, length, what), told, mark=mark, tip=told)


def post_lines(tr: Translator, incident: Incident, believed: Believed, now: datetime) -> Iterator[Line]:
    """Return what was posted while it went on, then what the pages of its services say now."""
    names = _names(incident, believed)
    posts = [each for each in incident.timeline if each.stage is Stage.OFFICIAL]
    for post in posts:
        at = post.at.astimezone(now.tzinfo)
        day = "" if at.date() == now.date() else f"{at:%Y-%m-%d} "
        yield Line((tr.number(f"{day}{at:%H:%M:%S}"), " ".join(map(one_line, post.text.splitlines()))))
    if incident.open:
        told: set[str] = set()
        for state in believed.states:
            if state.service_id in incident.service_ids and state.official is not None:
                sentence = capitalised(official_against_measured(tr, state, now))
                yield Line(("", f"{one_line(names[state.service_id], LONGEST_NAME)}: {sentence}"), heading=True)
                # Services of one operator have one page.
                if state.official.page.url not in told:
                    told.add(state.official.page.url)
                    yield from official_lines(tr, state.official, now)
    elif not posts:
        yield Line(("", tr("No official word was found while it went on.")))


def beside_lines(tr: Translator, incident: Incident, believed: Believed, known: Sequence[Incident]) -> Iterator[Line]:
    """Return which other services were down, slower, or fine meanwhile; of the past, what is known of it."""
    yield Line(("", tr("What happened at the same time. That says nothing about the reason.")), heading=True)
    names = _names(incident, believed)
    slower = [each for each in incident.knock_on if each in names]
    if incident.open:
        others = [
            state
            for state in believed.states
            if state.service_id not in incident.service_ids and state.service_id not in slower
        ]
        down = [each.service_id for each in others if each.verdict in _FAILS]
        fine = [each.service_id for each in others if each.verdict is Verdict.UP]
    else:
        down, fine = _down_meanwhile(incident, known, names), []
    for title, verdict, ids in (
        (tr("Measured down as well"), Verdict.DOWN, down),
        (tr("Slower than usual since it began"), Verdict.DEGRADED, slower),
        (tr("Watched and fine"), Verdict.UP, fine),
    ):
        if ids:
            text = ", ".join(one_line(names[each], LONGEST_NAME) for each in ids[:_MOST_NAMED])
            yield Line((tr("{title}: {n}").format(title=title, n=len(ids)), text), f"{title}: {text}", mark=verdict)
    if not down and not slower and not fine:
        yield Line(("", tr("Nothing else is known of that time.")))


def _names(incident: Incident, believed: Believed) -> dict[str, str]:
    watched = {service.id: service.name for service in believed.services}
    return {**watched, **{member.service_id: member.name for member in incident.members}}


def _moment_and_kind(happening: Happening) -> tuple[datetime, object]:
    alike = happening.stage in _ALIKE and bool(happening.service_id)
    return happening.at, happening.stage if alike else happening


def _happening(tr: Translator, happened: Sequence[Happening], names: Mapping[str, str]) -> str:
    if len(happened) == 1:
        return happening_sentence(tr, happened[0], names)
    together = listed(tr, [names.get(each.service_id, each.service_id) for each in happened])
    return happening_sentence(tr, happened[0], {**names, happened[0].service_id: together})


def _tone(stage: Stage) -> Tone | None:
    return Tone.MUTED if stage is Stage.FIRST_BAD_LOOK else None


def _of_member(tr: Translator, member: Member, now: datetime) -> Iterator[str]:
    found = members_clause(tr, (member,), None)
    if found:
        yield tr("{sentence}.").format(sentence=capitalised(found))
    yield tr("Began {when}.").format(when=beginning(tr, member.began, now))
    if member.ended is not None:
        yield tr("Up again {when}.").format(when=beginning(tr, member.ended, now))


def _down_meanwhile(incident: Incident, known: Sequence[Incident], names: dict[str, str]) -> list[str]:
    """Return the services of other incidents that went on at the same time, which get their names from there."""
    found: dict[str, str] = {}
    for other in known:
        over = other.ended is not None and other.ended.by <= incident.began.by
        later = incident.ended is not None and other.began.by >= incident.ended.by
        if other.id != incident.id and not over and not later:
            found |= {each.service_id: each.name for each in other.members}
    names |= {key: name for key, name in found.items() if key not in names}
    return [each for each in found if each not in incident.service_ids and each not in incident.knock_on]
