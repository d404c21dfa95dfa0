"""The period that was typed, as a window of time. Pure: the time and the zone of the reader are passed in."""

from datetime import UTC, date, datetime, time, timedelta

from manara.cli.arguments import HistoryArguments, IncidentsArguments
from manara.cli.exits import WRONG_USAGE, Refused
from manara.cli.targets import typed_duration
from manara.model import Window
from manara.wording import one_line

DEFAULT = timedelta(days=30)
LONGEST = timedelta(days=36_525)
"""A hundred years; nobody has a history that long."""
SHORTEST = timedelta(seconds=1)

_EXAMPLES = "A time is written like 2026-03-01, 2026-03-01T18:30 or 2026-03-01T18:30+02:00."


def typed_window(arguments: HistoryArguments | IncidentsArguments, now: datetime, until: datetime) -> Window:
    """Return the period; refuse one that makes no sense. `now` is local; nothing is known after `until`."""
    end = _whole_ms(until)
    if arguments.begin is None and arguments.end is None:
        return _back_from(end, "--since", arguments.since)
    if arguments.since is not None:
        raise _refused("--since goes to now: it cannot stand together with --from or --to.")
    if arguments.end is not None:
        end = min(end, _moment("--to", arguments.end, now, ends_day=True))
    if arguments.begin is None:
        return _window(end - DEFAULT, end)
    begin = _moment("--from", arguments.begin, now)
    if begin > now:
        raise _refused(f"--from {one_line(arguments.begin)}: This is in the future.")
    return _window(begin, end)


def _back_from(end: datetime, option: str, text: str | None) -> Window:
    length = DEFAULT if text is None else typed_duration(option, text)
    if length > LONGEST:
        raise _refused(f"{option} {text}: This is more than 100 years.")
    return _window(_whole_ms(end - length), end)


def _window(begin: datetime, end: datetime) -> Window:
    if end <= begin:
        raise _refused("The end of the period must come after its beginning.")
    if end - begin < SHORTEST:
        raise _refused("A period is at least one second long.")
    return Window(begin, end)


def _moment(option: str, text: str, now: datetime, *, ends_day: bool = False) -> datetime:
    """Return a typed time in UTC; without an offset it is local."""
    try:
        typed = _day(text, ends_day=ends_day) or datetime.fromisoformat(text)
        at = (typed if typed.tzinfo else typed.replace(tzinfo=now.tzinfo)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _refused(f"{option} {one_line(text)}: {_EXAMPLES}") from None
    if now - at > LONGEST:
        raise _refused(f"{option} {one_line(text)}: This is more than 100 years ago.")
    return _whole_ms(at)


def _day(text: str, *, ends_day: bool) -> datetime | None:
    """Return the midnight at which a day begins or ends; None if the text is not just a day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day + timedelta(days=1) if ends_day else day, time())


def _whole_ms(at: datetime) -> datetime:
    """Return the moment as exactly as the history keeps it."""
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _refused(sentence: str) -> Refused:
    return Refused(WRONG_USAGE, f"manara: {sentence}")
