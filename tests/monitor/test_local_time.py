import warnings
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from fakes.clock import FakeClock
from manara.monitor.local_time import local_time

BERLIN = ZoneInfo("Europe/Berlin")


def test_the_time_here_knows_its_daylight_saving():
    now = local_time(FakeClock(datetime(2026, 7, 1, 12, tzinfo=UTC)), lambda: BERLIN)()

    assert now.tzinfo is BERLIN
    assert now.hour == 14
    assert datetime(2026, 1, 1, 12, tzinfo=UTC).astimezone(now.tzinfo).hour == 13


def doubt():
    warnings.warn("the offset is another one", stacklevel=1)
    return BERLIN


def failure(error):
    def find():
        raise error

    return find


@pytest.mark.parametrize(
    "find",
    [
        doubt,
        failure(ZoneInfoNotFoundError("no such zone")),
        failure(ValueError("no key")),
        failure(PermissionError()),
    ],
)
def test_where_the_zone_cannot_be_found_the_systems_offset_is_used(find):
    clock = FakeClock()

    now = local_time(clock, find)()

    assert now == clock.now()
    assert now.utcoffset() == clock.now().astimezone().utcoffset()


def test_the_zone_of_this_computer_is_found():
    now = local_time(FakeClock())()

    assert abs(now - FakeClock().now()) == timedelta(0)
