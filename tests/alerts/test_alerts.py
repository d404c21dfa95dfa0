from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.alerts import World, moment, told
from fakes.checks import make_result, make_service
from manara.model import (
    CheckState,
    HistoryKept,
    Keeping,
    LineState,
    NoticeKind,
    ResultArrived,
    ServiceState,
    Silence,
    Verdict,
)

DOWN, DEGRADED, UNSTABLE = NoticeKind.DOWN, NoticeKind.DEGRADED, NoticeKind.UNSTABLE
UP_AGAIN, STABLE_AGAIN = NoticeKind.UP_AGAIN, NoticeKind.STABLE_AGAIN
OFFLINE, ONLINE, WITHDRAWN = NoticeKind.OFFLINE, NoticeKind.ONLINE, NoticeKind.WITHDRAWN
SIGN_IN_WANTED = NoticeKind.SIGN_IN_WANTED


def kinds(notices):
    return [notice.kind for notice in notices]


@pytest.fixture
def world():
    made = World("shop", "blog", "mail")
    made.up("shop", "blog", "mail")
    assert made.wait() == []
    return made


def test_a_service_that_goes_down_is_told_once(world):
    world.down("shop")

    (notice,) = world.wait()

    assert told(notice) == (DOWN, {"shop": DOWN})
    assert not notice.quiet
    assert notice.in_trouble == ("shop",)
    assert world.wait(3600) == []


def test_its_end_replaces_it_with_the_duration(world):
    world.down("shop")
    (down,) = world.wait()
    world.wait(1000)
    world.up("shop")

    (up,) = world.wait()

    assert up.id == down.id
    assert told(up) == (UP_AGAIN, {"shop": UP_AGAIN})
    assert up.quiet
    assert up.in_trouble == ()
    (row,) = up.services
    assert row.ended.by - row.began.by == timedelta(seconds=1020)
    assert row.unseen == timedelta(0)


def test_that_a_service_is_down_is_told_within_three_seconds_also_where_nobody_finds_out_why(world):
    world.down("shop")
    assert world.wait(2) == []

    assert kinds(world.wait(1)) == [DOWN]


def test_what_follows_within_ten_seconds_is_told_together_in_the_same_place(world):
    world.down("shop")
    (first,) = world.wait(8)
    world.down("blog")
    world.wait(2)
    world.degraded("mail")
    assert world.wait(2) == []

    (second,) = world.wait(1)

    assert second.id == first.id
    assert told(second) == (DOWN, {"blog": DOWN, "mail": DEGRADED})
    assert set(second.in_trouble) == {"shop", "blog", "mail"}


def test_that_a_service_is_up_again_is_told_at_once(world):
    world.down("shop")
    world.wait(60)
    world.up("shop")

    assert kinds(world.wait(1)) == [UP_AGAIN]


def test_an_end_that_follows_at_once_waits_for_its_turn(world):
    world.down("shop")
    world.wait(6)
    world.up("shop")
    assert world.wait(6) == []

    assert kinds(world.wait(1)) == [UP_AGAIN]


def test_a_degraded_service_waits_since_it_may_be_down_soon(world):
    world.degraded("shop")
    assert world.wait(3) == []
    world.down("shop")

    assert kinds(world.wait(3)) == [DOWN]
    assert world.wait(60) == []


def test_a_degraded_service_is_told_with_an_outage_that_is_urgent(world):
    world.degraded("shop")
    world.wait(3)
    world.down("blog")

    (notice,) = world.wait(3)

    assert told(notice) == (DOWN, {"blog": DOWN, "shop": DEGRADED})


def test_what_comes_and_goes_while_it_waits_is_not_told(world):
    world.degraded("shop")
    world.wait(5)
    world.up("shop")

    assert world.wait() == []


def test_right_after_the_start_all_trouble_is_waited_for():
    world = World("shop", "blog")
    world.wait(3)
    world.down("shop")
    world.wait(3)
    world.down("blog")
    assert world.notices == []

    (notice,) = world.wait(6)

    assert told(notice) == (DOWN, {"shop": DOWN, "blog": DOWN})


def test_services_that_are_added_later_make_nobody_wait(world):
    world.down("shop")
    world.watch(*world.services, make_service("more"))

    assert kinds(world.wait(3)) == [DOWN]


def test_a_degraded_service_is_told_quietly_and_then_louder_in_the_same_place(world):
    world.degraded("shop")
    (first,) = world.wait()
    world.wait(600)
    world.down("shop")
    (second,) = world.wait()

    assert told(first) == (DEGRADED, {"shop": DEGRADED})
    assert first.quiet
    assert told(second) == (DOWN, {"shop": DOWN})
    assert second.id == first.id


def test_a_notice_is_as_loud_as_the_worst_that_is_new(world):
    world.down("shop")
    world.degraded("blog")

    (notice,) = world.wait()

    assert told(notice) == (DOWN, {"shop": DOWN, "blog": DEGRADED})
    assert [each.service.id for each in notice.services] == ["shop", "blog"]


def test_five_hundred_services_at_once_are_one_notice():
    ids = [f"s{number}" for number in range(500)]
    world = World(*ids)
    world.up(*ids)
    world.down(*ids)

    (notice,) = world.wait(600)

    assert notice.in_trouble == tuple(ids)


def test_five_hundred_services_within_some_seconds_are_told_twice_in_one_place():
    ids = [f"s{number}" for number in range(500)]
    world = World(*ids)
    world.up(*ids)
    world.wait()
    for begin in range(0, 500, 100):
        world.down(*ids[begin : begin + 100])
        world.wait(1)

    first, second = [*world.notices, *world.wait(600)]

    assert first.in_trouble == tuple(ids[:300])
    assert first.id == second.id
    assert set(second.in_trouble) == set(ids)


def test_what_goes_down_over_a_minute_grows_one_notice():
    ids = [f"s{number}" for number in range(60)]
    world = World(*ids)
    world.up(*ids)
    for service_id in ids:
        world.down(service_id)
        world.wait(1)

    world.wait(60)

    assert len({notice.id for notice in world.notices}) == 1
    assert set(world.notices[-1].in_trouble) == set(ids)


def test_what_goes_down_much_later_is_another_notice(world):
    world.down("shop")
    world.wait(300)
    world.down("blog")
    world.wait(300)

    assert kinds(world.screen().values()) == [DOWN, DOWN]


def test_one_of_several_that_is_up_again_is_told_with_what_is_left(world):
    world.down("shop", "blog")
    (first,) = world.wait()
    world.wait(300)
    world.up("shop")
    (second,) = world.wait()
    world.wait(300)
    world.up("blog")
    (third,) = world.wait()

    assert first.id == second.id == third.id
    assert told(second) == (UP_AGAIN, {"shop": UP_AGAIN})
    assert second.in_trouble == ("blog",)
    assert told(third) == (UP_AGAIN, {"blog": UP_AGAIN})
    assert [(each.service.id, each.kind) for each in third.services] == [("blog", UP_AGAIN), ("shop", UP_AGAIN)]


def test_what_recovers_together_is_told_together_in_the_newest_place(world):
    world.down("shop")
    (first,) = world.wait(300)
    world.down("blog")
    (second,) = world.wait(300)
    world.up("shop", "blog")

    withdrawn, notice = world.wait()

    assert (withdrawn.id, withdrawn.kind) == (first.id, WITHDRAWN)
    assert notice.id == second.id
    assert told(notice) == (UP_AGAIN, {"shop": UP_AGAIN, "blog": UP_AGAIN})


def test_one_that_is_down_again_stands_no_longer_among_the_recovered(world):
    world.down("shop", "blog")
    world.wait(900)
    world.up("shop")
    world.wait(900)
    world.down("blog")
    world.down("shop")
    world.wait(900)
    world.up("blog")

    (notice,) = world.wait()

    assert [(each.service.id, each.kind) for each in notice.services] == [("blog", UP_AGAIN)]


def test_of_a_service_that_is_down_again_at_once_the_notice_tells_only_that(world):
    world.down("shop", "blog")
    world.wait(15)
    world.up("shop")
    world.wait(15)
    world.down("shop")

    *_, notice = world.wait()

    assert sorted(each.service.id for each in notice.services) == ["blog", "shop"]


def test_going_back_and_forth_is_told_once_and_then_nothing_until_it_is_stable(world):
    for _ in range(5):
        world.down("shop")
        world.wait(60)
        world.up("shop")
        world.wait(60)

    assert kinds(world.notices) == [DOWN, UP_AGAIN, UNSTABLE]
    assert world.wait(500) == []
    (stable,) = world.wait(120)
    assert told(stable) == (STABLE_AGAIN, {"shop": STABLE_AGAIN})
    assert stable.id == world.notices[-2].id


def test_what_ends_its_going_back_and_forth_by_staying_down_is_told_as_down(world):
    world.down("shop")
    world.wait(60)
    world.up("shop")
    world.wait(60)
    world.down("shop")
    (unstable,) = world.wait()
    (down,) = world.wait(700)

    assert told(unstable) == (UNSTABLE, {"shop": UNSTABLE})
    assert told(down) == (DOWN, {"shop": DOWN})
    assert down.id == unstable.id


def test_three_swings_before_anything_was_told_are_one_notice(world):
    for verdict in (Verdict.DOWN, Verdict.UP, Verdict.DOWN):
        world.see(verdict, "shop")
        world.wait(2)

    (notice,) = world.wait()

    assert told(notice) == (UNSTABLE, {"shop": UNSTABLE})


def test_getting_worse_and_better_in_steps_is_not_unstable(world):
    for verdict in (Verdict.DEGRADED, Verdict.DOWN, Verdict.DEGRADED, Verdict.UP):
        world.see(verdict, "shop")
        world.wait(30)

    assert UNSTABLE not in kinds(world.notices)


def test_an_unstable_service_is_not_called_stable_while_nobody_can_tell(world):
    for verdict in (Verdict.DOWN, Verdict.UP, Verdict.DOWN):
        world.see(verdict, "shop")
        world.wait(60)
    world.unknown("shop")
    assert world.wait(3600) == []

    world.up("shop")

    assert world.wait(500) == []
    assert kinds(world.wait(200)) == [STABLE_AGAIN]


def test_an_unstable_service_that_is_removed_is_forgotten(world):
    for verdict in (Verdict.DOWN, Verdict.UP, Verdict.DOWN):
        world.see(verdict, "shop")
    world.wait()
    world.watch(make_service("blog"), make_service("mail"))

    assert kinds(world.notices[-1:]) == [WITHDRAWN]
    assert world.wait(3600) == []


def test_services_that_are_up_at_the_start_are_not_told():
    world = World("shop")
    world.up("shop")

    assert world.wait(3600) == []


def test_services_that_are_down_at_the_start_are_told_once():
    world = World("shop", "blog")
    world.down("shop", "blog")

    (notice,) = world.wait(3600)

    assert told(notice) == (DOWN, {"shop": DOWN, "blog": DOWN})


def test_what_was_down_before_a_sleep_and_is_up_after_it_is_no_recovery(world):
    world.down("shop")
    world.wait()
    world.sleep(3600)
    world.up("shop")

    (notice,) = world.wait()

    assert notice.kind is WITHDRAWN
    assert world.screen() == {}


def test_what_is_still_down_after_a_sleep_is_not_told_again(world):
    world.down("shop")
    world.wait()
    world.sleep(3600)
    world.down("shop")
    assert world.wait() == []

    world.wait(100)
    world.up("shop")
    (notice,) = world.wait()

    (row,) = notice.services
    assert notice.kind is UP_AGAIN
    assert row.ended.by - row.began.by == timedelta(seconds=3760 - 20)
    assert row.unseen == timedelta(seconds=3600)


def test_what_is_found_down_after_a_sleep_is_told(world):
    world.sleep(3600)
    world.down("shop")

    assert kinds(world.wait()) == [DOWN]


def test_a_change_that_waits_is_dropped_by_a_sleep(world):
    world.down("shop")
    world.sleep(3600)

    assert world.wait() == []


def test_a_clock_that_was_set_back_makes_nobody_wait(world):
    world.down("shop")
    world.now -= timedelta(hours=1)

    assert kinds(world.wait(1)) == [DOWN]


def test_an_outage_that_ends_while_nobody_can_tell_is_up_again_when_that_is_seen(world):
    world.down("shop")
    (down,) = world.wait()
    world.unknown("shop")
    assert world.wait(600) == []
    world.up("shop")

    (up,) = world.wait()

    assert (up.id, up.kind) == (down.id, UP_AGAIN)
    assert up.services[0].unseen == timedelta(seconds=600)


def test_offline_is_one_quiet_notice_and_no_outage(world):
    world.line(LineState.OFFLINE)
    world.unknown("shop", "blog", "mail")

    (notice,) = world.wait(600)

    assert (notice.kind, notice.quiet, notice.services) == (OFFLINE, True, ())


def test_online_again_replaces_it_with_the_duration(world):
    world.line(LineState.OFFLINE)
    (offline,) = world.wait(60)
    world.line(LineState.UNKNOWN)
    world.line(LineState.OFFLINE)
    world.wait(60)
    world.line(LineState.ONLINE)

    (online,) = world.wait()

    assert (online.id, online.kind) == (offline.id, ONLINE)
    assert online.lasted == timedelta(seconds=120)


def test_a_sign_in_that_is_wanted_is_one_quiet_notice_with_its_page(world):
    world.line(LineState.CAPTIVE, "http://portal.example/")
    world.unknown("shop", "blog", "mail")

    (notice,) = world.wait(600)

    assert (notice.kind, notice.quiet, notice.services) == (SIGN_IN_WANTED, True, ())
    assert notice.sign_in_url == "http://portal.example/"


def test_that_a_sign_in_is_wanted_takes_the_place_of_being_offline(world):
    world.line(LineState.OFFLINE)
    (offline,) = world.wait(60)
    world.line(LineState.CAPTIVE)
    (wanted,) = world.wait(60)
    world.line(LineState.LIMITED)

    (online,) = world.wait()

    assert (wanted.id, wanted.kind) == (offline.id, SIGN_IN_WANTED)
    assert (online.id, online.kind, online.lasted) == (offline.id, ONLINE, timedelta(seconds=120))


def test_an_outage_that_is_found_while_a_sign_in_is_wanted_waits_for_the_line(world):
    world.line(LineState.CAPTIVE)
    world.wait()
    world.down("shop")

    assert world.wait(600) == []


def test_a_line_of_which_only_a_part_is_broken_is_not_told(world):
    world.line(LineState.LIMITED)

    assert world.wait(600) == []


def test_a_line_that_is_back_at_once_is_not_told(world):
    world.line(LineState.OFFLINE)
    world.wait(3)
    world.line(LineState.ONLINE)

    assert world.wait() == []


def test_the_return_of_the_line_is_told_at_once(world):
    world.line(LineState.OFFLINE)
    world.wait(60)
    world.line(LineState.ONLINE)

    assert kinds(world.wait(1)) == [ONLINE]


def test_what_is_found_when_the_line_is_back_is_told_together(world):
    world.line(LineState.OFFLINE)
    world.wait(60)
    world.line(LineState.ONLINE)
    world.down("shop")
    assert kinds(world.wait(5)) == [ONLINE]
    world.down("blog")

    assert [told(notice) for notice in world.wait()] == [(DOWN, {"shop": DOWN, "blog": DOWN})]


def test_a_line_of_which_nothing_is_known_for_a_moment_is_told_all_the_same(world):
    world.line(LineState.OFFLINE)
    world.wait(6)
    world.line(LineState.UNKNOWN)
    world.line(LineState.OFFLINE)

    assert kinds(world.wait(6)) == [OFFLINE]


def test_the_second_loss_is_told_anew_with_its_own_duration(world):
    for _ in range(2):
        world.line(LineState.OFFLINE)
        world.wait(30)
        world.line(LineState.ONLINE)
        world.wait(100)

    assert kinds(world.notices) == [OFFLINE, ONLINE, OFFLINE, ONLINE]
    assert [notice.lasted for notice in world.notices[1::2]] == [timedelta(seconds=30)] * 2


def test_after_a_sleep_that_began_offline_the_notice_is_withdrawn(world):
    world.line(LineState.OFFLINE)
    world.wait()
    world.sleep(3600)
    world.line(LineState.ONLINE)

    assert kinds(world.wait()) == [WITHDRAWN]


def test_offline_before_and_after_a_sleep_is_told_with_the_time_since_waking(world):
    world.line(LineState.OFFLINE)
    world.wait()
    world.sleep(3600)
    world.line(LineState.OFFLINE)
    world.wait(60)
    world.line(LineState.ONLINE)

    (online,) = world.wait()

    assert online.lasted == timedelta(seconds=60)


def test_an_outage_that_is_found_while_offline_waits_for_the_line(world):
    world.line(LineState.OFFLINE)
    world.wait()
    world.down("shop")
    assert world.wait(600) == []

    world.line(LineState.ONLINE)

    assert [told(notice) for notice in world.wait()] == [(ONLINE, {}), (DOWN, {"shop": DOWN})]


def test_an_acknowledged_service_is_silent_until_it_is_up_again(world):
    world.down("shop")
    (down,) = world.wait()
    world.acknowledge("shop")

    assert kinds(world.notices[1:]) == [WITHDRAWN]
    assert world.silences == [Silence(frozenset({"shop"}))]
    world.degraded("shop")
    assert world.wait(600) == []
    world.up("shop")
    assert world.silences[-1] == Silence()
    (up,) = world.wait()
    assert (up.id, up.kind) == (down.id, UP_AGAIN)


def test_after_its_recovery_a_new_outage_is_told(world):
    world.down("shop")
    world.acknowledge("shop")
    world.wait(600)
    world.up("shop")
    world.wait(600)
    world.down("shop")

    assert kinds(world.wait()) == [DOWN]


def test_what_is_acknowledged_before_it_was_told_is_told_only_when_it_is_up_again(world):
    world.down("shop")
    world.acknowledge("shop")
    assert world.wait(600) == []
    world.up("shop")

    assert kinds(world.wait()) == [UP_AGAIN]


def test_an_acknowledged_service_leaves_the_notice_of_the_others(world):
    world.down("shop", "blog")
    world.wait(600)
    world.acknowledge("shop")
    assert kinds(world.notices) == [DOWN]
    world.up("blog")

    (notice,) = world.wait()

    assert [(each.service.id, each.kind) for each in notice.services] == [("blog", UP_AGAIN)]


def test_when_only_acknowledged_services_are_left_their_notice_is_withdrawn(world):
    world.down("shop", "blog")
    world.wait(600)
    world.acknowledge("shop")
    world.acknowledge("blog")

    assert kinds(world.notices) == [DOWN, WITHDRAWN]
    world.acknowledge("blog")
    assert kinds(world.notices) == [DOWN, WITHDRAWN]
    world.down("mail")
    assert [told(notice) for notice in world.wait()] == [(DOWN, {"mail": DOWN})]


def test_a_service_that_is_well_or_unknown_to_us_cannot_be_acknowledged(world):
    world.acknowledge("shop", "nobody")

    assert world.silences == []
    assert world.alerts.silence == Silence()


def test_taking_an_acknowledgement_back_tells_what_has_changed_since(world):
    world.degraded("shop")
    world.acknowledge("shop")
    world.down("shop")
    assert world.wait() == []

    world.unacknowledge("shop", "nobody")

    assert world.silences[-1] == Silence()
    assert kinds(world.wait()) == [DOWN]


def test_taking_an_acknowledgement_back_tells_nothing_that_the_user_knows(world):
    world.down("shop")
    world.acknowledge("shop")
    world.unacknowledge("shop")

    assert world.wait() == []


def test_an_acknowledgement_survives_a_restart_and_the_user_is_told_of_the_end():
    world = World("shop", silence=Silence(frozenset({"shop"})))
    world.down("shop")
    assert world.wait(600) == []
    world.up("shop")

    assert kinds(world.wait()) == [UP_AGAIN]
    assert world.alerts.silence == Silence()


def test_an_acknowledgement_ends_quietly_when_the_first_look_after_the_start_is_good():
    world = World("shop", silence=Silence(frozenset({"shop"})))
    world.up("shop")

    assert world.wait() == []
    assert world.alerts.silence == Silence()


def test_an_acknowledged_service_that_other_settings_watch_stays_acknowledged():
    world = World("blog", silence=Silence(frozenset({"shop"})))
    assert world.alerts.silence == Silence(frozenset({"shop"}))

    world.unacknowledge("shop")

    assert world.alerts.silence == Silence()


def test_a_removed_service_is_forgotten_with_its_notice_and_its_acknowledgement(world):
    world.down("shop")
    world.wait()
    world.down("blog")
    world.acknowledge("blog")
    world.watch(make_service("mail"))

    assert world.screen() == {}
    assert world.alerts.silence == Silence()
    assert world.wait(600) == []


def test_a_service_that_is_paused_is_no_recovery(world):
    world.down("shop")
    world.wait()
    shop, *others = world.services
    world.watch(replace(shop, paused=True), *others)

    assert kinds(world.wait()) == [WITHDRAWN]
    assert world.wait(600) == []


def test_a_service_whose_checks_were_edited_is_looked_at_anew(world):
    world.down("shop")
    world.wait()
    shop, *others = world.services
    world.watch(replace(shop, name="Other"), *others)
    assert world.wait() == []
    world.up("shop")

    assert kinds(world.wait()) == [WITHDRAWN]


def test_one_of_several_that_is_paused_leaves_the_others_where_they_are(world):
    world.down("shop", "blog")
    world.wait()
    shop, *others = world.services
    world.watch(replace(shop, paused=True), *others)
    assert world.wait() == []
    world.up("blog")

    (notice,) = world.wait()

    assert told(notice) == (UP_AGAIN, {"blog": UP_AGAIN})
    assert len(notice.services) == 1


def test_nothing_is_told_while_paused_and_then_one_summary(world):
    world.pause(1800)
    assert world.silences == [Silence(paused=True, paused_until=moment(20 + 1800))]
    world.down("shop")
    world.wait(600)
    world.down("blog")
    world.line(LineState.OFFLINE)
    world.wait(300)
    world.line(LineState.ONLINE)
    assert world.wait(880) == []

    (notice,) = world.wait(60)

    assert told(notice) == (DOWN, {"shop": DOWN, "blog": DOWN})
    assert notice.after_pause
    assert world.alerts.silence == Silence()
    assert world.wait(600) == []


def test_after_a_pause_without_trouble_nothing_is_told(world):
    world.pause(1800)
    world.down("shop")
    world.wait(600)
    world.up("shop")

    assert world.wait(3600) == []


def test_what_was_told_before_a_pause_and_ends_in_it_leaves_the_screen(world):
    world.down("shop")
    world.wait()
    world.pause()
    world.up("shop")

    assert kinds(world.wait()) == [WITHDRAWN]
    world.resume()
    assert world.wait() == []


def test_what_was_told_before_a_pause_and_goes_on_stands_in_the_summary_in_its_place(world):
    world.down("shop")
    (down,) = world.wait(600)
    world.pause()
    world.down("blog")
    world.wait(600)
    world.resume()

    notice = world.notices[-1]

    assert notice.id == down.id
    assert told(notice) == (DOWN, {"shop": DOWN, "blog": DOWN})


def test_acknowledged_services_are_not_in_the_summary(world):
    world.pause()
    world.down("shop", "blog")
    world.acknowledge("blog")
    world.resume()

    assert [told(notice) for notice in world.notices] == [(DOWN, {"shop": DOWN})]


def test_what_nobody_can_tell_is_not_in_the_summary(world):
    world.down("shop")
    world.wait()
    world.pause()
    world.unknown("shop")
    world.resume()

    assert kinds(world.notices) == [DOWN]


def test_a_pause_that_ends_offline_tells_only_that(world):
    world.pause()
    world.down("shop")
    world.line(LineState.OFFLINE)
    world.wait()
    world.resume()
    assert kinds(world.notices) == [OFFLINE]

    world.line(LineState.ONLINE)

    assert kinds(world.wait()) == [ONLINE, DOWN]


def test_offline_that_was_told_before_a_pause_and_ends_in_it_leaves_the_screen(world):
    world.line(LineState.OFFLINE)
    world.wait()
    world.pause()
    world.line(LineState.ONLINE)

    assert kinds(world.wait()) == [WITHDRAWN]


def test_a_pause_can_be_changed_and_one_that_is_over_already_is_none(world):
    world.pause(60)
    world.pause()
    assert world.alerts.silence == Silence(paused=True)
    world.pause(-1)

    assert world.alerts.silence == Silence()
    world.resume()
    assert world.silences[-1] == Silence()
    assert len(world.silences) == 3


def test_results_change_what_is_believed_also_without_a_transition(world):
    state = ServiceState("shop", Verdict.DOWN, None, None, (CheckState(),))
    world.happen(ResultArrived("shop", 0, world.now, make_result(), state))
    world.happen(ResultArrived("gone", 0, world.now, make_result(), replace(state, service_id="gone")))
    world.happen(HistoryKept(world.now, Keeping.WELL))

    assert kinds(world.wait()) == [DOWN]
