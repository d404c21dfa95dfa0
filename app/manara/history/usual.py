"""How long looks usually take at an hour of the week, from the roll-ups of earlier weeks.

The method is that of a robust comparison: the median of the hourly medians, and the median of their distances from it,
which a few bad hours do not move (Rousseeuw and Croux, 1993, on the median absolute deviation).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median

from manara.history.batch import CheckKey
from manara.history.moments import ms_of
from manara.history.packing import PER_MS
from manara.history.reader import Reader
from manara.history.rollup import HOUR_S
from manara.model import Usual

WEEKS = 5
"""So many weeks are looked back; roll-ups by the hour are kept for 90 days."""
DAYS = 7
"""Where the same hour was not seen in enough weeks, the same hour of so many days stands for it."""
ENOUGH = 6
"""Hours that must be known: those before and after count as well, so two weeks or two days suffice."""

_WEEK_H, _DAY_H = 168, 24


def usual(reader: Reader, at: datetime) -> Mapping[CheckKey, Usual]:
    """Return what is usual around a moment for each check of which enough is known."""
    hour = ms_of(at) // (HOUR_S * 1000)
    checks = reader.connection.execute(
        "SELECT checks.id, service, type, target, ordinal FROM checks JOIN services ON services.id = service_id"
    ).fetchall()
    found: dict[CheckKey, Usual] = {}
    for check_id, *key in checks:
        weeks = _medians(reader, check_id, [hour - _WEEK_H * week for week in range(1, WEEKS + 1)])
        days = _medians(reader, check_id, [hour - _DAY_H * day for day in range(1, DAYS + 1)])
        known = weeks if len(weeks) >= ENOUGH else days
        if len(known) >= ENOUGH:
            found[CheckKey(*key)] = usual_of(known)
    return found


def usual_of(medians_ms: Sequence[float]) -> Usual:
    """Return the middle and the spread of at least one latency."""
    middle = median(medians_ms)
    return Usual(middle, median(abs(each - middle) for each in medians_ms))


def _medians(reader: Reader, check_id: int, hours: Sequence[int]) -> list[float]:
    wanted = [hour + beside for hour in hours for beside in (-1, 0, 1)]
    places = ", ".join("?" * len(wanted))
    rows = reader.connection.execute(
        f"SELECT p50 FROM rollups WHERE check_id = ? AND unit = ? AND begin IN ({places}) "  # noqa: S608 - only marks
        "AND p50 IS NOT NULL",
        (check_id, HOUR_S, *wanted),
    )
    return [p50 / PER_MS for (p50,) in rows]
