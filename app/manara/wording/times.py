"""Durations, ages, moments and sizes in words. Moments are shown in the time zone of the `now` that is passed in."""

from datetime import datetime, timedelta

from manara.model import Interval
from manara.wording.translation import Translator

_MINUTE_S = 60
_HOUR_S = 3600
_DAY_S = 86_400
_JUST_NOW_S = 2


def duration(tr: Translator, length: timedelta) -> str:
    """Return a duration by its two largest units: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < _MINUTE_S:
        return tr("{n} s").format(n=seconds)
    if seconds < _HOUR_S:
        return tr("{n} min").format(n=seconds // _MINUTE_S)
    if seconds < _DAY_S:
        hours, minutes = seconds // _HOUR_S, seconds % _HOUR_S // _MINUTE_S
        return _two(tr("{n} h").format(n=hours), tr("{n} min").format(n=minutes) if minutes else "")
    days, hours = seconds // _DAY_S, seconds % _DAY_S // _HOUR_S
    return _two(tr("{n} d").format(n=days), tr("{n} h").format(n=hours) if hours else "")


def exact_duration(tr: Translator, length: timedelta) -> str:
    """Return a duration to the second: `25 d 1 h 2 min 3 s`, `2 h 5 s`, `0 s`."""
    seconds = round(length.total_seconds())
    if not seconds and length:
        return tr("less than {n} s").format(n=1)
    days, rest = divmod(seconds, _DAY_S)
    hours, rest = divmod(rest, _HOUR_S)
    minutes, rest = divmod(rest, _MINUTE_S)
    units = ((days, "{n} d"), (hours, "{n} h"), (minutes, "{n} min"), (rest, "{n} s"))
    return " ".join(tr(text).format(n=number) for number, text in units if number) or tr("{n} s").format(n=0)


def age(tr: Translator, at: datetime, now: datetime) -> str:
    """Return how long ago something was: `just now`, `12 s ago`."""
    past = now - at
    if past < timedelta(seconds=_JUST_NOW_S):
        return tr("just now")
    return tr("{duration} ago").format(duration=duration(tr, past))


def latency(tr: Translator, ms: float) -> str:
    """Return a short time with three digits or fewer: `0.4 ms`, `143 ms`, `1.2 s`."""
    if ms < 10:
        return tr("{n} ms").format(n=tr.number(f"{ms:.1f}"))
    if round(ms) < 1000:
        return tr("{n} ms").format(n=round(ms))
    return tr("{n} s").format(n=tr.number(f"{ms / 1000:.1f}"))


def size(tr: Translator, count: int) -> str:
    """Return a number of bytes: `512 B`, `1.2 kB`, `1.0 MB`, `83.2 GB`."""
    if count < 1000:
        return tr("{n} B").format(n=count)
    if count < 1_000_000:
        return tr("{n} kB").format(n=tr.number(f"{count / 1000:.1f}"))
    if count < 1_000_000_000:
        return tr("{n} MB").format(n=tr.number(f"{count / 1_000_000:.1f}"))
    return tr("{n} GB").format(n=tr.number(f"{count / 1_000_000_000:.1f}"))


def moment(tr: Translator, at: datetime, now: datetime) -> str:
    """Return the time of day, with the date if that is another one than today's."""
    local = at.astimezone(now.tzinfo)
    return tr.number(f"{local:%H:%M:%S}" if local.date() == now.date() else f"{local:%Y-%m-%d %H:%M:%S}")


def day_and_time(tr: Translator, at: datetime, now: datetime) -> str:
    """Return the date and the time of day to the minute."""
    return tr.number(f"{at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}")


def date(tr: Translator, at: datetime, now: datetime) -> str:
    """Return the date of a moment."""
    return tr.number(f"{at.astimezone(now.tzinfo):%Y-%m-%d}")


def beginning(tr: Translator, when: Interval, now: datetime) -> str:
    """Return when something began: `between 15:39:10 and 15:40:10`, or `before 15:40:10` if nobody looked earlier."""
    by = moment(tr, when.by, now)
    if when.after is None:
        return tr("before {by}").format(by=by)
    return tr("between {after} and {by}").format(after=moment(tr, when.after, now), by=by)


def _two(large: str, small: str) -> str:
    return f"{large} {small}".rstrip()
