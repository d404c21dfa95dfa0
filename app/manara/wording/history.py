"""Sentences about the past: uptime with its coverage, outages, and what nobody has seen."""

from datetime import datetime, timedelta
from math import floor

from manara.model import Circumstance, Counted, HistoryOptions, Outage, ServiceState, Uptime, Verdict, Window
from manara.wording.failures import clause
from manara.wording.times import beginning, day_and_time, duration, exact_duration, moment
from manara.wording.translation import Translator, mark
from manara.wording.verdicts import verdict_word

_COUNTED_DEGRADED = {
    Counted.UP: mark("degraded time counts as up"),
    Counted.DOWN: mark("degraded time counts as down"),
    Counted.LEFT_OUT: mark("degraded time is left out"),
}
_COUNTED_MAINTENANCE = {
    Counted.UP: mark("maintenance counts as up"),
    Counted.DOWN: mark("maintenance counts as down"),
    Counted.LEFT_OUT: mark("maintenance is left out"),
}


def percent(tr: Translator, part: float, digits: int = 2) -> str:
    """Return a part of 1, rounded down: only all of it is `100 %`, and only nothing is `0 %`."""
    if part in (0, 1):
        return tr("{n} %").format(n=round(part * 100))
    steps = 100 * 10**digits
    # The sixth digit of a step is where the inexactness of floats ends.
    whole = min(floor(round(part * steps, 6)), steps - 1)
    if whole == 0:
        return tr("< {n} %").format(n=tr.number(f"{100 / steps:.{digits}f}"))
    return tr("{n} %").format(n=tr.number(f"{whole * 100 / steps:.{digits}f}"))


def uptime_word(tr: Translator, uptime: Uptime, options: HistoryOptions) -> str:
    """Return the uptime for a table that has the coverage beside it: `99.21 %`, `no data`."""
    ratio = uptime.ratio(options)
    if ratio is None:
        return tr("left out") if uptime.observed else tr("no data")
    return percent(tr, ratio)


def uptime_sentence(tr: Translator, uptime: Uptime, options: HistoryOptions) -> str:
    """Return the uptime, never without its coverage: `Up 99.21 % of the 87.4 % observed`."""
    ratio = uptime.ratio(options)
    if ratio is None:
        if uptime.observed:
            return tr("No uptime: all that was observed is left out")
        return tr("No data: nobody was looking in this time")
    if uptime.coverage == 1:
        return tr("Up {uptime}").format(uptime=percent(tr, ratio))
    text = tr("Up {uptime} of the {observed} observed")
    return text.format(uptime=percent(tr, ratio), observed=percent(tr, uptime.coverage, 1))


def time_spent(tr: Translator, uptime: Uptime) -> list[tuple[str, str]]:
    """Return how long it was what, to the second; up, down and not observed always, the rest where there was any."""
    told = (
        (verdict_word(tr, Verdict.UP), uptime.up, True),
        (verdict_word(tr, Verdict.DEGRADED), uptime.degraded, False),
        (verdict_word(tr, Verdict.DOWN), uptime.down, True),
        (verdict_word(tr, Verdict.MAINTENANCE), uptime.maintenance, False),
        (tr("Not observed"), uptime.not_observed, True),
    )
    return [(word, exact_duration(tr, length)) for word, length, always in told if always or length]


def counted_as(tr: Translator, uptime: Uptime, options: HistoryOptions) -> str:
    """Return what degraded time and maintenance count as, where there was any; else nothing."""
    told = []
    if uptime.degraded:
        told.append(tr(_COUNTED_DEGRADED[options.degraded]))
    if uptime.maintenance:
        told.append(tr(_COUNTED_MAINTENANCE[options.maintenance]))
    return ", ".join(told)


def period(tr: Translator, window: Window, now: datetime) -> str:
    """Return a period: `2026-05-27 12:00 to 2026-06-26 12:00 (30 d)`."""
    word = day_and_time if window.length >= timedelta(hours=1) else moment
    begin, end = word(tr, window.begin, now), word(tr, window.end, now)
    return tr("{begin} to {end} ({duration})").format(begin=begin, end=end, duration=duration(tr, window.length))


def no_data_before(tr: Translator, name: str, first_seen: datetime | None, now: datetime) -> str:
    """Return that a period lies before anything is known."""
    if first_seen is None:
        return tr("no data: the history of {name} has not begun yet").format(name=name)
    begins = day_and_time(tr, first_seen, now)
    return tr("no data: the history of {name} begins on {begins}").format(name=name, begins=begins)


def history_begins(tr: Translator, first_seen: datetime, now: datetime) -> str:
    """Return since when anything is known."""
    return tr("the history begins on {begins}").format(begins=day_and_time(tr, first_seen, now))


def outage_sentence(tr: Translator, outage: Outage) -> str:
    """Return how long it was down and why: `Down for 1 h 2 min 3 s: the name servers did not answer`."""
    sentence = tr("Down for {duration}").format(duration=exact_duration(tr, outage.down))
    causes = "; ".join(clause(tr, cause) for cause in outage.causes if cause is not None)
    return f"{sentence}: {causes}" if causes else sentence


def outage_times(tr: Translator, outage: Outage, now: datetime, *, goes_on: bool) -> tuple[str, str]:
    """Return when it began and when it ended, each as far as somebody looked."""
    began = tr("began {when}").format(when=beginning(tr, outage.began, now))
    if outage.ended is not None:
        return began, tr("ended {when}").format(when=beginning(tr, outage.ended, now))
    return began, tr("it goes on") if goes_on else tr("nobody has seen it end yet")


def unseen_in_between(tr: Translator, outage: Outage) -> str:
    """Return for how long nobody was looking during an outage; nothing if somebody always was."""
    if not outage.not_observed:
        return ""
    length = exact_duration(tr, outage.not_observed)
    return tr("nobody was looking for {duration} in between").format(duration=length)


def last_known(tr: Translator, state: ServiceState) -> str:
    """Return what was believed when somebody watched last: `it was: down (the name servers did not answer)`."""
    if state.cause is Circumstance.NOT_LOOKED_YET:
        return clause(tr, state.cause)
    word = verdict_word(tr, state.verdict).lower()
    if state.cause is None:
        return tr("it was: {verdict}").format(verdict=word)
    return tr("it was: {verdict} ({why})").format(verdict=word, why=clause(tr, state.cause))


def watched_until(tr: Translator, heard: datetime, now: datetime) -> str:
    """Return that nobody is watching any more, and since when."""
    text = tr("Manara is not running; it last watched {duration} ago ({when})")
    return text.format(duration=duration(tr, now - heard), when=day_and_time(tr, heard, now))
