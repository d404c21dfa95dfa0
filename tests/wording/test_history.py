from datetime import UTC, datetime, timedelta

import pytest

from fakes.recorded import NOW
from manara.model import (
    Circumstance,
    Counted,
    HistoryOptions,
    Interval,
    Outage,
    Reason,
    ServiceState,
    Uptime,
    Verdict,
    Window,
)
from manara.wording import (
    Translator,
    counted_as,
    history_begins,
    last_known,
    no_data_before,
    outage_sentence,
    outage_times,
    percent,
    period,
    time_spent,
    unseen_in_between,
    uptime_sentence,
    uptime_word,
    watched_until,
)

TR = Translator()
OPTIONS = HistoryOptions()
WINDOW = Window(NOW - timedelta(seconds=100_000), NOW)


def uptime(up=0, degraded=0, down=0, maintenance=0):
    seconds = (up, degraded, down, maintenance, 100_000 - up - degraded - down - maintenance)
    return Uptime("shop", WINDOW, *(timedelta(seconds=each) for each in seconds))


@pytest.mark.parametrize(
    ("part", "digits", "words"),
    [
        (1, 2, "100 %"),
        (0, 2, "0 %"),
        (0.9921, 2, "99.21 %"),
        (0.29, 2, "29.00 %"),
        (0.999999999, 2, "99.99 %"),
        (1 - 1e-15, 2, "99.99 %"),
        (0.9996, 1, "99.9 %"),
        (0.00001, 2, "< 0.01 %"),
        (0.0001, 1, "< 0.1 %"),
    ],
)
def test_only_everything_is_100_percent_and_only_nothing_is_0(part, digits, words):
    assert percent(TR, part, digits) == words


def test_uptime_is_told_with_its_coverage():
    assert uptime_sentence(TR, uptime(up=90_000, down=10_000), OPTIONS) == "Up 90.00 %"
    assert uptime_sentence(TR, uptime(up=40_000, down=10_000), OPTIONS) == "Up 80.00 % of the 50.0 % observed"
    assert uptime_word(TR, uptime(up=40_000, down=10_000), OPTIONS) == "80.00 %"


def test_where_nobody_looked_there_is_no_data_and_never_100_percent():
    assert uptime_sentence(TR, uptime(), OPTIONS) == "No data: nobody was looking in this time"
    assert uptime_word(TR, uptime(), OPTIONS) == "no data"


def test_where_all_that_was_observed_is_left_out_there_is_no_uptime():
    assert uptime_sentence(TR, uptime(maintenance=5), OPTIONS) == "No uptime: all that was observed is left out"
    assert uptime_word(TR, uptime(maintenance=5), OPTIONS) == "left out"


def test_the_time_is_told_to_the_second_and_empty_kinds_are_left_out():
    assert time_spent(TR, uptime(up=97_322)) == [
        ("Up", "1 d 3 h 2 min 2 s"),
        ("Down", "0 s"),
        ("Not observed", "44 min 38 s"),
    ]
    assert [word for word, _ in time_spent(TR, uptime(1, 2, 3, 4))] == [
        "Up",
        "Degraded",
        "Down",
        "Under maintenance",
        "Not observed",
    ]


def test_it_is_told_what_unclear_time_counts_as_where_there_was_any():
    assert counted_as(TR, uptime(up=5), OPTIONS) == ""
    assert counted_as(TR, uptime(1, 2, 3, 4), OPTIONS) == "degraded time counts as up, maintenance is left out"
    others = HistoryOptions(degraded=Counted.DOWN, maintenance=Counted.UP)
    assert counted_as(TR, uptime(maintenance=5), others) == "maintenance counts as up"
    assert counted_as(TR, uptime(degraded=5), others) == "degraded time counts as down"


def test_a_period_is_told_to_the_minute_and_a_short_one_to_the_second():
    assert period(TR, WINDOW, NOW) == "2021-10-03 12:05 to 2021-10-04 15:52 (1 d 3 h)"
    assert period(TR, Window(NOW - timedelta(minutes=5), NOW), NOW) == "15:47:10 to 15:52:10 (5 min)"


def test_it_is_told_when_the_history_begins():
    assert history_begins(TR, NOW, NOW) == "the history begins on 2021-10-04 15:52"
    assert no_data_before(TR, "Shop", NOW, NOW) == "no data: the history of Shop begins on 2021-10-04 15:52"
    assert no_data_before(TR, "Shop", None, NOW) == "no data: the history of Shop has not begun yet"


def at(minute):
    return datetime(2021, 10, 4, 14, minute, tzinfo=UTC)


ENDED = Interval(at(30), at(31))


def outage(*causes, ended=ENDED, unseen=0):
    began = Interval(at(10), at(11))
    return Outage("shop", began, ended, timedelta(seconds=1203), timedelta(seconds=unseen), causes)


def test_an_outage_has_its_length_and_its_causes():
    assert outage_sentence(TR, outage()) == "Down for 20 min 3 s"
    assert outage_sentence(TR, outage(Reason.DNS_TIMEOUT, None, Reason.SERVER_ERROR)) == (
        "Down for 20 min 3 s: the name servers did not answer; it is reachable, but fails inside"
    )


def test_an_outage_began_and_ended_between_two_looks():
    assert outage_times(TR, outage(), NOW, goes_on=True) == (
        "began between 14:10:00 and 14:11:00",
        "ended between 14:30:00 and 14:31:00",
    )


def test_an_outage_without_an_end_goes_on_or_nobody_has_seen_it_end():
    assert outage_times(TR, outage(ended=None), NOW, goes_on=True)[1] == "it goes on"
    assert outage_times(TR, outage(ended=None), NOW, goes_on=False)[1] == "nobody has seen it end yet"


def test_it_is_told_for_how_long_nobody_was_looking():
    assert unseen_in_between(TR, outage()) == ""
    assert unseen_in_between(TR, outage(unseen=65)) == "nobody was looking for 1 min 5 s in between"


def test_what_was_believed_last_is_told_in_the_past():
    assert last_known(TR, ServiceState("shop", Verdict.UP, None)) == "it was: up"
    assert last_known(TR, ServiceState("shop", Verdict.DOWN, Reason.DNS_TIMEOUT)) == (
        "it was: down (the name servers did not answer)"
    )
    assert last_known(TR, ServiceState("shop", Verdict.UNKNOWN, Circumstance.NOT_LOOKED_YET)) == "not looked at yet"


def test_a_monitor_that_stopped_says_since_when():
    assert watched_until(TR, NOW - timedelta(hours=3), NOW) == (
        "Manara is not running; it last watched 3 h ago (2021-10-04 12:52)"
    )
