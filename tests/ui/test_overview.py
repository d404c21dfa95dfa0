from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import make_service
from fakes.desktop import looked_at, not_yet
from fakes.recorded import HOSTILE, NOW
from manara.model import Circumstance, HistoryKept, Keeping, Limit, Line, LineState, ServiceState, Silence, Verdict
from manara.monitor import Snapshot
from manara.ui.marks import Look
from manara.ui.overview import overview, worst_first
from manara.wording import Translator

TR = Translator()
PAUSED = ServiceState("", Verdict.PAUSED, Circumstance.PAUSED_BY_USER)


def snapshot(*states, **fields):
    services = tuple(replace(make_service(f"s{n}"), name=f"Name {n}") for n in range(len(states)))
    known = tuple(replace(each, service_id=service.id) for each, service in zip(states, services, strict=True))
    return Snapshot(services=services, states=known, **fields)


def seen(*states, running=True, now=NOW, **fields):
    return overview(TR, snapshot(*states, **fields), now, running=running)


UP, DOWN, SLOW = looked_at(), looked_at(Verdict.DOWN), looked_at(Verdict.DEGRADED)


@pytest.mark.parametrize(
    ("states", "mark", "count"),
    [
        ([UP, UP], Verdict.UP, 0),
        ([UP, DOWN, SLOW, DOWN], Verdict.DOWN, 2),
        ([UP, SLOW], Verdict.DEGRADED, 1),
        ([UP, looked_at(Verdict.UNKNOWN)], Verdict.UNKNOWN, 0),
        ([UP, looked_at(Verdict.MAINTENANCE)], Verdict.MAINTENANCE, 0),
        ([UP, PAUSED], Verdict.UP, 0),
        ([PAUSED], Verdict.PAUSED, 0),
        ([not_yet("x")], Look.STARTING, 0),
        ([not_yet("x"), UP], Verdict.UP, 0),
        ([], Look.STARTING, 0),
    ],
)
def test_the_mark_is_the_worst_and_the_number_how_many_are_so(states, mark, count):
    found = seen(*states)

    assert (found.mark, found.count) == (mark, count)


def test_without_a_connection_of_our_own_nothing_else_is_told_by_the_mark():
    found = seen(DOWN, UP, line=Line(LineState.OFFLINE, NOW))

    assert (found.mark, found.count) == (Look.OFFLINE, 0)
    assert found.own_line == "Your own connection is down"
    assert found.lines[-1] == "Your own connection is down"
    assert found.freshness == "last look just now"


def test_a_network_that_wants_a_sign_in_is_no_connection_and_that_is_said():
    found = seen(DOWN, UP, line=Line(LineState.CAPTIVE, NOW))

    assert (found.mark, found.count) == (Look.OFFLINE, 0)
    assert found.own_line == "The network that you are in wants you to sign in first"


def test_what_is_broken_of_the_own_connection_is_said_while_services_are_told():
    found = seen(DOWN, UP, line=Line(LineState.LIMITED, NOW, (), (Limit.IPV6,)))

    assert (found.mark, found.count) == (Verdict.DOWN, 1)
    assert found.own_line == "Your own connection works only in part: nothing answers by IPv6"


def test_a_monitor_that_has_stopped_looks_stopped():
    found = seen(DOWN, running=False, now=NOW + timedelta(minutes=5), line=Line(LineState.OFFLINE, NOW))

    assert found.mark is Look.STOPPED
    assert found.freshness == "Manara has stopped measuring; last look 5 min ago"
    assert found.own_line == ""


def test_three_lines_say_how_many_which_and_how_old():
    found = seen(UP, SLOW, DOWN, DOWN, now=NOW + timedelta(seconds=20))

    assert found.lines == ("2 down, 1 degraded, 1 up", "Name 2, Name 3 and 1 more", "last look 20 s ago")


def test_when_all_is_well_nobody_is_named():
    assert seen(UP).lines == ("1 up", "last look just now")


def test_before_the_first_look_that_is_said():
    assert seen(not_yet("x")).freshness == "not looked at yet"
    assert seen().lines == ("no services", "not looked at yet")


def test_a_history_that_is_not_kept_is_told():
    kept = HistoryKept(NOW, Keeping.IN_MEMORY, "disk full")

    assert seen(UP, kept=kept).freshness == (
        "The history cannot be written; it stays in memory until it can (disk full)"
    )
    assert seen(UP, kept=HistoryKept(NOW, Keeping.WELL)).freshness == "last look just now"


def test_names_are_short_and_on_one_line():
    hostile = snapshot(DOWN)
    hostile = replace(hostile, services=(replace(hostile.services[0], name=HOSTILE + "x" * 500),))

    lines = overview(TR, hostile, NOW, running=True).lines

    assert len(lines) == 3
    assert all("\n" not in line and "\x1b" not in line for line in lines)
    assert len(lines[1]) == 40


def test_the_worst_come_first_and_else_the_users_order_holds():
    assert [service.id for service, _ in worst_first(snapshot(UP, SLOW, DOWN, SLOW, DOWN))] == ["s2", "s4", "s1", "s3"]


def test_acknowledged_outages_leave_the_number_and_make_the_mark_calmer():
    known = Silence(frozenset({"s1"}))

    both = seen(UP, DOWN, DOWN, silence=known)
    one = seen(UP, DOWN, silence=known)
    slow = seen(UP, SLOW, silence=known)

    assert (both.mark, both.count, both.worst) == (Verdict.DOWN, 1, "Name 2")
    assert both.summary == "2 down, 1 up (1 acknowledged)"
    assert (one.mark, one.count, one.worst) == (Verdict.DEGRADED, 0, "")
    assert (slow.mark, slow.count) == (Verdict.DEGRADED, 0)


def test_acknowledged_ones_are_listed_last():
    found = worst_first(snapshot(DOWN, SLOW, DOWN, silence=Silence(frozenset({"s0"}))))

    assert [service.id for service, _ in found] == ["s2", "s1", "s0"]
