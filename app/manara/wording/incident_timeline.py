"""The timeline of an incident and what went before it, line by line, in plain words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from manara.model import Happening, Incident, Stage
from manara.wording.dates import month_word
from manara.wording.diagnosis import CLAUSES
from manara.wording.incidents import LONGEST_NAME, failing_layer, length_of
from manara.wording.plain import one_line
from manara.wording.times import duration, moment
from manara.wording.translation import Translator, mark

STAGES = {
    Stage.FIRST_BAD_LOOK: mark("{name}: the first look that failed"),
    Stage.CONFIRMED: mark("{name}: confirmed"),
    Stage.DIAGNOSED: mark("{name}: {why}"),
    Stage.JOINED: mark("{name} fails as well"),
    Stage.LEFT: mark("{name} is up again"),
    Stage.UNWATCHED: mark("{name} is not watched any more"),
    Stage.OFFICIAL: mark("Officially: {text}"),
    Stage.NAMES_RESOLVE: mark("{name}: names resolve again"),
    Stage.CONNECTS: mark("{name}: it takes connections again"),
    Stage.ANSWERS: mark("{name}: it answers again"),
    Stage.NORMAL_SPEED: mark("{name}: as fast as usual again"),
    Stage.RELAPSED: mark("{name} fails once more"),
    Stage.SLOWER: mark("{name} is slower than usual since then"),
    Stage.ENDED: mark("All is well again"),
    Stage.NOTE: mark("Note: {text}"),
}
"""What each line of a timeline says."""


def happening_sentence(tr: Translator, happening: Happening, names: Mapping[str, str]) -> str:
    """Return what happened, without when; `names` has the names of services by their ids."""
    name = one_line(names.get(happening.service_id, happening.service_id), LONGEST_NAME)
    why = "" if happening.conclusion is None else tr(CLAUSES[happening.conclusion])
    if happening.stage is Stage.ANSWERS and happening.text:
        return tr("{name}: it answers again, with {status}").format(name=name, status=one_line(happening.text))
    return tr(STAGES[happening.stage]).format(name=name, why=why, text=one_line(happening.text))


def timeline_lines(tr: Translator, incident: Incident, names: Mapping[str, str], now: datetime) -> list[str]:
    """Return the timeline, oldest first: `15:40:12  Facebook: confirmed`. Members are known by name without `names`."""
    known = {**names, **{member.service_id: member.name for member in incident.members}}
    return [
        f"{moment(tr, happening.at, now)}  {happening_sentence(tr, happening, known)}"
        for happening in incident.timeline
    ]


def recurrence_sentence(tr: Translator, incident: Incident, known: Iterable[Incident], now: datetime) -> str:
    """Return whether the same failed before in the same year; empty where it did not.

    `Third outage this year (Mar, Jul); the same layer; earlier ones lasted 1 h to 2 h.`; of a past year `in 2021`.
    """
    earlier = earlier_outages(incident, known, now)
    if not earlier:
        return ""
    number = len(earlier) + 1
    year = incident.began.by.astimezone(now.tzinfo).year
    when = tr("this year") if year == now.year else tr("in {year}").format(year=year)
    months = ", ".join(dict.fromkeys(month_word(tr, each.began.by.astimezone(now.tzinfo).date()) for each in earlier))
    text = tr(_NUMBERED[number - 2]) if number - 2 < len(_NUMBERED) else tr("Outage number {n} {when} ({months})")
    parts = [text.format(n=number, when=when, months=months)]
    layers = {failing_layer(each) for each in (*earlier, incident)}
    if len(layers) == 1 and None not in layers:
        parts.append(tr("the same layer"))
    parts.append(_lasted(tr, [length_of(each) or timedelta(0) for each in earlier]))
    return tr("{sentence}.").format(sentence="; ".join(parts))


def earlier_outages(incident: Incident, known: Iterable[Incident], now: datetime) -> list[Incident]:
    """Return the incidents of the same year that had ended when this one began, and share a service or the cause."""
    year = incident.began.by.astimezone(now.tzinfo).year
    found = [each for each in known if _is_earlier(each, incident, year, now)]
    return sorted(found, key=lambda each: each.began.by)


_NUMBERED = (
    mark("Second outage {when} ({months})"),
    mark("Third outage {when} ({months})"),
    mark("Fourth outage {when} ({months})"),
    mark("Fifth outage {when} ({months})"),
    mark("Sixth outage {when} ({months})"),
)


def _is_earlier(known: Incident, incident: Incident, year: int, now: datetime) -> bool:
    return (
        known.id != incident.id
        and known.ended is not None
        and known.ended.by <= incident.began.by
        and known.began.by.astimezone(now.tzinfo).year == year
        and (_share_a_service(known, incident) or _share_a_cause(known, incident))
    )


def _share_a_service(one: Incident, other: Incident) -> bool:
    return not set(one.service_ids).isdisjoint(other.service_ids)


def _share_a_cause(one: Incident, other: Incident) -> bool:
    return one.cause is not None and other.cause is not None and one.cause.shared == other.cause.shared


def _lasted(tr: Translator, lengths: Sequence[timedelta]) -> str:
    shortest, longest = duration(tr, min(lengths)), duration(tr, max(lengths))
    if len(lengths) == 1:
        return tr("the earlier one lasted {duration}").format(duration=shortest)
    if shortest == longest:
        return tr("earlier ones lasted {duration}").format(duration=shortest)
    return tr("earlier ones lasted {shortest} to {longest}").format(shortest=shortest, longest=longest)
