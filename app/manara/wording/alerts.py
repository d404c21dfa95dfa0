"""Notices in words: a title that says it all on one line, and a few lines of text.

They stay on the screen for long, so moments are told by the clock. `now` is aware; moments are shown in its time zone.
What fails together is told in the words that the window and the terminal have for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from manara.model import Affected, Incident, Interval, Notice, NoticeKind, Stage, Verdict
from manara.wording.failures import capitalised, clause
from manara.wording.incident_official import said_officially
from manara.wording.incidents import (
    cause_sentence,
    end_title,
    incident_title,
    recovery_sentence,
    short_cause,
    spoken_of,
    whose_sentence,
)
from manara.wording.plain import one_line
from manara.wording.sentences import cause_clause
from manara.wording.times import beginning, duration
from manara.wording.translation import Translator, mark

LONGEST_NAME = 60
ALL_NAMED = 3
"""So many names are all told; of more, the first ones."""
FIRST_NAMED = 2

_ONE = {
    NoticeKind.DOWN: mark("{name} is down"),
    NoticeKind.UNSTABLE: mark("{name} is unstable"),
    NoticeKind.DEGRADED: mark("{name} is degraded"),
    NoticeKind.UP_AGAIN: mark("{name} is up again"),
    NoticeKind.STABLE_AGAIN: mark("{name} is stable again"),
}
# The forms of one are never shown in English; catalogues need them.
_MANY = {
    NoticeKind.DOWN: (mark("{n} service is down: {names}"), mark("{n} services are down: {names}")),
    NoticeKind.UNSTABLE: (mark("{n} service is unstable: {names}"), mark("{n} services are unstable: {names}")),
    NoticeKind.DEGRADED: (mark("{n} service is degraded: {names}"), mark("{n} services are degraded: {names}")),
    NoticeKind.UP_AGAIN: (mark("{n} service is up again: {names}"), mark("{n} services are up again: {names}")),
    NoticeKind.STABLE_AGAIN: (
        mark("{n} service is stable again: {names}"),
        mark("{n} services are stable again: {names}"),
    ),
}
_OF_THE_LINE = {
    NoticeKind.OFFLINE: mark("You are offline"),
    NoticeKind.SIGN_IN_WANTED: mark("This network wants you to sign in"),
    NoticeKind.ONLINE: mark("You are online again"),
}


def notice_title(tr: Translator, notice: Notice) -> str:
    """Return what a notice says in one line: `4 services are down: Facebook, WhatsApp and 2 more`."""
    if notice.kind in _OF_THE_LINE:
        return tr(_OF_THE_LINE[notice.kind])
    rows = _of_kind(notice, notice.kind)
    if len(rows) == 1 and notice.kind is NoticeKind.UP_AGAIN and (length := _length(tr, rows[0])):
        return tr("{name} is up again after {duration}").format(name=_name(rows[0]), duration=length)
    incident = _seen_in(notice, rows)
    if incident is not None and notice.kind in _VERDICTS and len(rows) > 1:
        return incident_title(tr, incident)
    if incident is not None and _is_over(notice) and len(rows) > 1:
        return end_title(tr, incident)
    return _together(tr, notice.kind, rows) if rows else ""


def notice_text(tr: Translator, notice: Notice, now: datetime) -> str:
    """Return what else a notice says, a few lines of plain text; perhaps nothing."""
    if notice.kind is NoticeKind.OFFLINE:
        return tr("Until you are online again, nothing can be told about services.")
    if notice.kind is NoticeKind.SIGN_IN_WANTED:
        lines = [tr("Until you have signed in, nothing can be told about services."), _sign_in_host(tr, notice)]
        return "\n".join(one_line(line) for line in lines if line)
    if notice.kind is NoticeKind.ONLINE:
        lost = notice.lasted
        return "" if lost is None else tr("You were offline for {duration}.").format(duration=duration(tr, lost))
    rows = _of_kind(notice, notice.kind)
    lines = _about_one(tr, rows[0], now) if len(rows) == 1 else _about_many(tr, rows)
    others = [kind for kind in _ONE if kind is not notice.kind]
    if (incident := _seen_in(notice, _of_kind(notice, *_VERDICTS))) is not None:
        lines = [*([] if notice.kind in _VERDICTS else lines), *_about_incident(tr, notice, incident, now)]
        others = [kind for kind in others if kind not in _VERDICTS or notice.kind in _VERDICTS]
    elif _is_over(notice) and len(rows) > 1 and (incident := _seen_in(notice, rows)) is not None:
        lines = [cause_sentence(tr, incident), *_times(tr, incident.began, incident.ended, now), _unseen(tr, *rows)]
    lines += [_together(tr, kind, told) for kind in others if (told := _of_kind(notice, kind))]
    if notice.after_pause:
        lines.append(tr("Notifications are on again."))
    return "\n".join(one_line(line) for line in lines if line)


_VERDICTS = {NoticeKind.DOWN: Verdict.DOWN, NoticeKind.DEGRADED: Verdict.DEGRADED}


def _seen_in(notice: Notice, rows: Sequence[Affected]) -> Incident | None:
    """Return the incident with those of its services alone that are told of in these rows; None where there is none."""
    if notice.incident is None:
        return None
    kinds = {row.service.id: row.kind for row in rows}
    members = tuple(
        replace(member, worst=_VERDICTS.get(kinds[member.service_id], member.worst))
        for member in spoken_of(notice.incident)
        if member.service_id in kinds
    )
    return replace(notice.incident, members=members) if members else None


def _is_over(notice: Notice) -> bool:
    return notice.kind is NoticeKind.UP_AGAIN and notice.incident is not None and not notice.incident.open


def _about_incident(tr: Translator, notice: Notice, incident: Incident, now: datetime) -> list[str]:
    """Return why its services fail, whose side it is, since when, what the operator says, and how it comes back."""
    states = [state for state in notice.believed.states if state.service_id in incident.service_ids]
    rows = _of_kind(notice, *_VERDICTS)
    if len(rows) == 1:
        (row,) = rows
        why = capitalised(cause_clause(tr, row.service, row.state, now))
    else:
        alike = len({member.conclusion for member in incident.members}) == 1
        why = short_cause(tr, incident) if alike else cause_sentence(tr, incident)
    told = incident.official_after is not None or any(each.stage is Stage.OFFICIAL for each in incident.timeline)
    official = told or any(state.official is not None for state in states)
    return [
        why,
        whose_sentence(tr, incident, notice.believed),
        *_times(tr, incident.began, None, now),
        said_officially(tr, incident, states, now) if official else "",
        recovery_sentence(tr, incident),
    ]


def _sign_in_host(tr: Translator, notice: Notice) -> str:
    host = urlsplit(notice.sign_in_url).hostname
    return tr("Its page is at {host}.").format(host=one_line(host, LONGEST_NAME)) if host else ""


def _about_one(tr: Translator, row: Affected, now: datetime) -> list[str]:
    match row.kind:
        case NoticeKind.DOWN | NoticeKind.DEGRADED:
            why = cause_clause(tr, row.service, row.state, now)
            return [capitalised(why), *_times(tr, row.began, None, now)]
        case NoticeKind.UNSTABLE:
            return [tr("It goes back and forth. Nothing more is told of it until it is stable.")]
        case NoticeKind.UP_AGAIN:
            return [*_times(tr, row.began, row.ended, now), _unseen(tr, row)]
        case _:
            return []


def _about_many(tr: Translator, rows: Sequence[Affected]) -> list[str]:
    """Return why, if it is the same for all of them."""
    causes = {row.state.cause for row in rows}
    return [capitalised(clause(tr, cause)) for cause in causes if cause is not None and len(causes) == 1]


def _together(tr: Translator, kind: NoticeKind, rows: Sequence[Affected]) -> str:
    if len(rows) == 1:
        return tr(_ONE[kind]).format(name=_name(rows[0]))
    return tr.plural(*_MANY[kind], len(rows)).format(n=len(rows), names=_names(tr, rows))


def _names(tr: Translator, rows: Sequence[Affected]) -> str:
    shown = rows if len(rows) <= ALL_NAMED else rows[:FIRST_NAMED]
    names = ", ".join(map(_name, shown))
    more = len(rows) - len(shown)
    return names if not more else tr("{shown} and {n} more").format(shown=names, n=more)


def _name(row: Affected) -> str:
    return one_line(row.service.name, LONGEST_NAME)


def _of_kind(notice: Notice, *kinds: NoticeKind) -> list[Affected]:
    return [row for row in notice.services if row.kind in kinds]


def _length(tr: Translator, row: Affected) -> str:
    """Return how long trouble lasted; at least so long where nobody saw it begin."""
    if row.began is None or row.ended is None:
        return ""
    length = duration(tr, max(row.ended.by - row.began.by, timedelta(0)))
    return length if row.began.after else tr("at least {duration}").format(duration=length)


def _times(tr: Translator, began: Interval | None, ended: Interval | None, now: datetime) -> Iterable[str]:
    if began is not None:
        yield tr("It began {when}.").format(when=beginning(tr, began, now))
    if ended is not None:
        yield tr("It ended {when}.").format(when=beginning(tr, ended, now))


def _unseen(tr: Translator, *rows: Affected) -> str:
    unseen = max(row.unseen for row in rows)
    if not unseen:
        return ""
    return tr("For {duration} in between, nobody could tell.").format(duration=duration(tr, unseen))
