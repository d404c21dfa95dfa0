from datetime import UTC, timedelta

import pytest

from fakes.recorded import NOW
from manara.cli.glyphs import ASCII, BLOCKS
from manara.cli.history_view import Sheet, day_bar, service_lines
from manara.history import Known
from manara.model import HistoryOptions, Uptime, Verdict, Window
from manara.monitor.days import WORST_OF_DAY, Day, days_until
from manara.monitor.past import Past
from manara.wording import SIGNS, Translator

HOUR = timedelta(hours=1)
WINDOW = Window(NOW - 10 * HOUR, NOW)


def day(verdict):
    return Day(NOW.date(), NOW - HOUR, NOW, {verdict: HOUR} if verdict else {})


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII])
def test_days_differ_in_shape_and_not_only_in_colour(glyphs):
    bar = day_bar([*map(day, WORST_OF_DAY), day(None)], glyphs).plain

    assert len(set(bar)) == len(WORST_OF_DAY) + 1


def test_the_worse_a_day_the_higher():
    up, maintenance, degraded, down = (
        day_bar([day(verdict)], BLOCKS).plain
        for verdict in (Verdict.UP, Verdict.MAINTENANCE, Verdict.DEGRADED, Verdict.DOWN)
    )

    assert up < maintenance < degraded < down
    assert set(BLOCKS.days) == set(ASCII.days) == set(WORST_OF_DAY) < set(SIGNS)


def test_what_was_not_read_is_not_told():
    uptime = Uptime("shop", WINDOW, 10 * HOUR, 0 * HOUR, 0 * HOUR, 0 * HOUR, 0 * HOUR)
    past = Past(Known("shop", "Shop", WINDOW.begin), uptime, (), days_until(NOW, UTC, 90), Verdict.UP)
    sheet = Sheet(Translator(), NOW, HistoryOptions(), BLOCKS, 80, running=True)

    assert [line.plain for line in service_lines(sheet, past)][-3:] == [
        "  2021-07-19" + " " * 58 + "2021-10-04",
        "",
        "  No outage was seen",
    ]
