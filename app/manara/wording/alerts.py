"""Notices in words: a title that says it all on one line, and a few lines of text.

They stay on the screen for long, so moments are told by the clock. `now` is aware; moments are shown in its time zone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from manara.model import Affected, Notice, NoticeKind
from manara.wording.failures import capitalised, clause
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
    lines += [
        _together(tr, kind, others) for kind in _ONE if kind is not notice.kind and (others := _of_kind(notice, kind))
    ]
    if notice.after_pause:
        lines.append(tr("Notifications are on again."))
    return "\n".join(one_line(line) for line in lines if line)


def _sign_in_host(tr: Translator, notice: Notice) -> str:
    host = urlsplit(notice.sign_in_url).hostname
    return tr("Its page is at {host}.").format(host=one_line(host, LONGEST_NAME)) if host else ""


def _about_one(tr: Translator, row: Affected, now: datetime) -> list[str]:
    match row.kind:
        case NoticeKind.DOWN | NoticeKind.DEGRADED:
            why = cause_clause(tr, row.service, row.state, now)
            return [capitalised(why), _began(tr, row, now)]
        case NoticeKind.UNSTABLE:
            return [tr("It goes back and forth. Nothing more is told of it until it is stable.")]
        case NoticeKind.UP_AGAIN:
            return [_began(tr, row, now), _ended(tr, row, now), _unseen(tr, row)]
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


def _of_kind(notice: Notice, kind: NoticeKind) -> list[Affected]:
    return [row for row in notice.services if row.kind is kind]


def _length(tr: Translator, row: Affected) -> str:
    """Return how long trouble lasted; at least so long where nobody saw it begin."""
    if row.began is None or row.ended is None:
        return ""
    length = duration(tr, max(row.ended.by - row.began.by, timedelta(0)))
    return length if row.began.after else tr("at least {duration}").format(duration=length)


def _began(tr: Translator, row: Affected, now: datetime) -> str:
    return "" if row.began is None else tr("It began {when}.").format(when=beginning(tr, row.began, now))


def _ended(tr: Translator, row: Affected, now: datetime) -> str:
    return "" if row.ended is None else tr("It ended {when}.").format(when=beginning(tr, row.ended, now))


def _unseen(tr: Translator, row: Affected) -> str:
    if not row.unseen:
        return ""
    return tr("For {duration} in between, nobody could tell.").format(duration=duration(tr, row.unseen))
