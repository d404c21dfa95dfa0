from datetime import UTC, datetime, timedelta

from manara.model import Window
from manara.ui.past.ranges import panned
from manara.ui.past.view import View

NOW = datetime(2021, 10, 4, 15, 52, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_at_first_the_last_day_is_shown():
    view = View.at_first(NOW)

    assert view.shown == view.base == Window(NOW - 24 * HOUR, NOW)
    assert view.follows


def test_a_range_goes_along_with_the_time():
    later = View.at_first(NOW).ranged(HOUR, NOW).rolled(NOW + HOUR)

    assert later.shown == Window(NOW, NOW + HOUR)


def test_a_part_that_is_zoomed_to_stays_while_its_range_goes_along():
    view = View.at_first(NOW)
    part = panned(view.shown, -0.5, NOW)
    later = view.zoomed_to(part, NOW).rolled(NOW + HOUR)

    assert later.shown == part
    assert later.base.end == NOW + HOUR


def test_a_free_range_stays():
    window = Window(NOW - 5 * HOUR, NOW - 4 * HOUR)
    view = View.at_first(NOW).freely_ranged(window, NOW)

    assert view.rolled(NOW + HOUR) == view
    assert not view.follows


def test_others_stand_below_the_first_service_and_none_stands_there_twice():
    view = View.at_first(NOW).of("shop").compared(["bank", "shop"])

    assert view.service_ids == ("shop", "bank")
    assert view.of("mail").service_ids == ("mail",)
