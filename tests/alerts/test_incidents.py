"""One cause, one incident, one notification."""

from dataclasses import replace

import pytest

from fakes.alerts import World, told
from fakes.checks import make_service
from manara.alerts.bubbles import MOST_APART
from manara.engine import Incidents
from manara.model import (
    CommonCause,
    Conclusion,
    Happening,
    Incident,
    Interval,
    LineState,
    Member,
    NoticeKind,
    Silence,
    Stage,
    Trait,
    TraitKind,
)

DOWN, DEGRADED, UNSTABLE = NoticeKind.DOWN, NoticeKind.DEGRADED, NoticeKind.UNSTABLE
UP_AGAIN, WITHDRAWN = NoticeKind.UP_AGAIN, NoticeKind.WITHDRAWN
META = ("facebook", "whatsapp", "instagram")
OTHERS = ("shop", "blog", "mail", "wiki", "maps")


def numbers(world):
    return {notice.id for notice in world.notices}


@pytest.fixture
def world():
    """Three services of one operator and five of nobody in particular, all up; incidents are followed."""
    made = World(*META, *OTHERS, incidents=Incidents(), operators=dict.fromkeys(META, "Meta"))
    made.up(*META, *OTHERS)
    assert made.wait() == []
    return made


def fail(world, *service_ids, conclusion=Conclusion.NAME_SERVERS_SILENT):
    """They fail for a reason that was found out before it was confirmed."""
    world.explain(conclusion, *service_ids)
    world.down(*service_ids)


def incident(world, *service_ids, number=1, ended=(), timeline=(), **fields):
    """An incident that the test tells of, without anybody who follows what happens."""
    began = Interval(None, world.now)
    members = tuple(
        Member(each, each.title(), began, began if each in ended else None, conclusion=Conclusion.NO_RESPONSE)
        for each in service_ids
    )
    over = began if set(ended) == set(service_ids) else None
    return Incident(f"20211004-153910-{number}", members, began, over, timeline=tuple(timeline), **fields)


def test_what_fails_together_is_one_notice_from_its_beginning_to_its_end(world):
    for service_id in META:
        fail(world, service_id)
        world.wait(30)
    world.wait(600)
    for service_id in META:
        world.up(service_id)
        world.wait(30)

    assert len(numbers(world)) == 1
    last = world.notices[-1]
    assert told(last) == (UP_AGAIN, {"instagram": UP_AGAIN})
    assert {each.service.id for each in last.services} == set(META)
    assert last.incident is not None
    assert not last.incident.open


def test_that_a_service_is_down_is_told_at_once_where_it_is_known_why(world):
    fail(world, "shop")

    (notice,) = world.wait(1)

    assert told(notice) == (DOWN, {"shop": DOWN})
    assert notice.incident.service_ids == ("shop",)
    assert notice.believed.services == world.services


def test_an_urgent_notice_waits_a_little_for_the_diagnosis(world):
    world.down("shop")
    assert world.wait(1) == []
    world.explain(Conclusion.SERVER_ERRORS, "shop")

    (notice,) = world.wait(1)

    assert notice.incident.members[0].conclusion is Conclusion.SERVER_ERRORS


def test_a_notice_without_a_diagnosis_is_not_lost(world):
    world.down("shop")

    assert [told(notice) for notice in world.wait(3)] == [(DOWN, {"shop": DOWN})]


def test_a_diagnosis_that_comes_later_is_put_into_the_notice_quietly(world):
    world.down("shop")
    (first,) = world.wait(3)
    world.explain(Conclusion.SERVER_ERRORS, "shop")

    (second,) = world.wait(60)

    assert second.id == first.id
    assert second.update
    assert second.quiet
    assert (second.kind, second.incident.members[0].conclusion) == (DOWN, Conclusion.SERVER_ERRORS)
    assert world.wait(600) == []


def test_a_conclusion_that_changes_is_told_in_place_and_the_same_one_is_not_told_again(world):
    fail(world, "shop")
    (first,) = world.wait(60)
    world.explain(Conclusion.NAME_SERVERS_SILENT, "shop")
    assert world.wait(60) == []
    world.explain(Conclusion.SERVER_ERRORS, "shop")

    (second,) = world.wait(60)

    assert (second.id, second.quiet) == (first.id, True)


def test_a_service_that_joins_stands_in_the_same_notice_and_disturbs_nobody(world):
    fail(world, "facebook")
    (first,) = world.wait(60)
    fail(world, "whatsapp")

    (second,) = world.wait(60)

    assert (second.id, told(second)) == (first.id, (DOWN, {"whatsapp": DOWN}))
    assert not first.quiet
    assert second.quiet
    assert not second.update


def test_a_service_that_joins_what_was_degraded_disturbs_when_it_is_down():
    world = World("a", "b")
    world.together(incident(world, "a", "b"))
    world.degraded("a")
    (first,) = world.wait()
    world.explain(Conclusion.NO_RESPONSE, "b")
    world.down("b")

    (second,) = world.wait()

    assert (first.kind, first.quiet) == (DEGRADED, True)
    assert (second.id, second.quiet, told(second)) == (first.id, False, (DOWN, {"b": DOWN}))


def test_two_incidents_at_the_same_time_are_two_notices(world):
    fail(world, *META)
    fail(world, "shop", conclusion=Conclusion.SERVER_ERRORS)

    first, second = world.wait(60)

    assert {first.in_trouble, second.in_trouble} == {META, ("shop",)}
    assert first.id != second.id


def test_incidents_that_turn_out_to_be_one_become_one_notice():
    world = World("a", "b", "c")
    world.up("a", "b", "c")
    world.wait()
    for number, service_id in enumerate("ab", 1):
        world.together(incident(world, service_id, number=number))
        fail(world, service_id)
        world.wait(60)
    assert len(world.screen()) == 2
    one = incident(world, "a", "b", number=1)

    world.together(one, incident(world, "b", number=2).id)
    withdrawn, notice = world.wait(60)

    assert (withdrawn.kind, notice.incident, notice.update) == (WITHDRAWN, one, True)
    assert set(notice.in_trouble) == {"a", "b"}
    assert list(world.screen()) == [notice.id]


def test_an_incident_that_turns_out_to_be_two_becomes_two_notices():
    world = World("a", "b", "c")
    world.together(incident(world, "a", "b", "c"))
    fail(world, "a", "b", "c")
    (first,) = world.wait(60)

    world.together(incident(world, "c", number=2))
    world.together(incident(world, "a", "b"))
    world.wait(60)

    assert {notice.in_trouble for notice in world.screen().values()} == {("a", "b"), ("c",)}
    assert all(notice.update for notice in world.notices[1:])
    assert world.screen()[first.id].in_trouble == ("a", "b")


def test_a_service_that_gets_its_incident_late_moves_there_and_takes_its_notice_along():
    world = World("a", "b", "c")
    world.down("a")
    (alone,) = world.wait(300)
    world.together(incident(world, "b", "c"))
    fail(world, "b", "c")
    (theirs,) = world.wait(300)

    world.together(incident(world, "b", "c", "a"))
    world.wait(60)

    assert alone.id != theirs.id
    assert list(world.screen()) == [theirs.id]
    assert set(world.screen()[theirs.id].in_trouble) == {"a", "b", "c"}


def test_what_was_told_together_and_is_in_two_incidents_is_told_apart():
    world = World("a", "b", "c")
    world.down("a", "b", "c")
    (first,) = world.wait()
    assert first.incident is None
    world.together(incident(world, "a", "b"))
    world.wait(60)

    assert {notice.in_trouble for notice in world.screen().values()} == {("a", "b"), ("c",)}
    world.together(incident(world, "c", number=2))
    world.wait(60)
    assert [notice.incident is None for notice in world.screen().values()] == [False, False]


def test_a_partial_recovery_is_told_with_what_is_left(world):
    fail(world, *META)
    (first,) = world.wait(600)
    world.up("instagram")

    (second,) = world.wait(600)

    assert (second.id, told(second)) == (first.id, (UP_AGAIN, {"instagram": UP_AGAIN}))
    assert second.in_trouble == ("facebook", "whatsapp")
    assert second.incident.open


def test_what_fails_again_soon_is_told_in_the_same_place_and_disturbs(world):
    fail(world, "shop")
    (first,) = world.wait(60)
    world.up("shop")
    world.wait(60)
    fail(world, "shop")
    world.wait(60)

    assert numbers(world) == {first.id}
    assert [notice.kind for notice in world.notices] == [DOWN, UP_AGAIN, UNSTABLE]


def test_a_relapse_is_as_loud_as_the_first_time():
    world = World("a")
    world.together(incident(world, "a"))
    fail(world, "a")
    (down,) = world.wait(60)
    world.together(incident(world, "a", ended=("a",)))
    world.up("a")
    (up,) = world.wait(60)
    world.watch(*world.services)
    world.together(incident(world, "a"))
    world.sleep(10)
    fail(world, "a")
    (again,) = world.wait(60)

    assert (down.id, up.id, again.id) == (down.id,) * 3
    assert (again.kind, again.quiet) == (DOWN, False)


def test_many_small_incidents_share_one_notice(world):
    fail(world, *OTHERS)

    (notice,) = world.wait(60)

    assert len(OTHERS) > MOST_APART
    assert (notice.incident, set(notice.in_trouble)) == (None, set(OTHERS))


def test_small_incidents_that_come_one_after_the_other_share_one_notice_from_the_fourth_on(world):
    for service_id in OTHERS:
        fail(world, service_id)
        world.wait(15)
    world.wait(60)

    assert sorted(len(notice.in_trouble) for notice in world.screen().values()) == [1, 1, 1, 2]


def test_a_small_incident_that_was_told_among_others_stays_there_until_it_is_over(world):
    fail(world, *OTHERS)
    (first,) = world.wait(300)
    world.explain(Conclusion.NO_RESPONSE, "shop")
    world.degraded("shop")
    world.wait(300)
    world.up("shop")
    world.wait(300)

    assert numbers(world) == {first.id}


def test_when_one_small_incident_is_left_it_has_the_notice_for_itself(world):
    fail(world, *OTHERS)
    world.wait(300)
    world.up(*OTHERS[1:])
    world.wait(300)

    assert len(numbers(world)) == 1
    assert world.notices[-1].incident.service_ids == (OTHERS[0],)


def test_how_it_comes_back_and_what_its_operator_says_is_put_into_the_notice():
    world = World("a")
    known = incident(world, "a")
    world.together(known)
    fail(world, "a")
    world.wait(60)
    for line in (Happening(world.now, Stage.ANSWERS, "a", text="503"), Happening(world.now, Stage.OFFICIAL, text="x")):
        known = replace(known, timeline=(*known.timeline, line))
        world.together(known)
        (notice,) = world.wait(60)
        assert notice.update
        assert notice.incident == known
    world.together(replace(known, knock_on=("b",)))
    assert world.wait(60) == []


def test_what_they_share_is_put_into_the_notice_when_it_is_known():
    world = World("a", "b")
    known = incident(world, "a", "b")
    world.together(known)
    fail(world, "a", "b")
    world.wait(60)
    world.together(replace(known, cause=CommonCause(None, Trait(TraitKind.OPERATOR, "Meta"))))

    assert [notice.update for notice in world.wait(60)] == [True]


def test_an_acknowledged_incident_is_silent_whatever_is_found_out(world):
    fail(world, "shop")
    (first,) = world.wait(60)
    world.acknowledge("shop")
    world.explain(Conclusion.SERVER_ERRORS, "shop")
    world.wait(600)

    assert [notice.kind for notice in world.notices] == [DOWN, WITHDRAWN]
    world.up("shop")
    assert [(each.id, each.kind) for each in world.wait(60)] == [(first.id, UP_AGAIN)]


def test_a_service_that_joins_an_acknowledged_incident_is_told_alone(world):
    fail(world, "facebook")
    world.wait(60)
    world.acknowledge("facebook")
    fail(world, "whatsapp")

    (notice,) = world.wait(60)

    assert [each.service.id for each in notice.services] == ["whatsapp"]


def test_nothing_that_is_found_out_is_told_while_paused_or_offline(world):
    fail(world, "shop")
    world.wait(60)
    world.pause()
    world.explain(Conclusion.SERVER_ERRORS, "shop")
    assert world.wait(60) == []
    world.line(LineState.OFFLINE)
    world.resume()
    world.wait(60)

    assert [notice.kind for notice in world.notices] == [DOWN, NoticeKind.OFFLINE]


def test_after_a_pause_each_incident_of_several_services_is_told_and_the_others_together(world):
    world.pause()
    fail(world, *META)
    fail(world, "shop", "blog")
    world.wait(60)
    world.resume()

    assert all(notice.after_pause for notice in world.notices)
    assert {frozenset(notice.in_trouble) for notice in world.notices} == {frozenset(META), frozenset({"shop", "blog"})}


def test_an_incident_of_the_last_run_is_told_as_one():
    before = World(*META, incidents=Incidents(), operators=dict.fromkeys(META, "Meta"))
    before.up(*META)
    fail(before, *META)
    before.wait()
    going_on = before.incidents.open
    world = World(*META, incidents=Incidents(going_on), operators=dict.fromkeys(META, "Meta"))
    fail(world, *META)

    (notice,) = world.wait(60)

    assert notice.incident.id == going_on[0].id


def test_what_is_degraded_by_slowness_alone_is_in_no_incident(world):
    world.degraded("shop")

    (notice,) = world.wait(60)

    assert (told(notice), notice.incident) == ((DEGRADED, {"shop": DEGRADED}), None)


def test_one_that_works_again_but_slowly_stays_in_the_notice_of_its_incident(world):
    fail(world, "shop")
    (first,) = world.wait(60)
    world.degraded("shop")

    (second,) = world.wait(60)

    assert (second.id, told(second)) == (first.id, (DEGRADED, {"shop": DEGRADED}))


def test_a_removed_service_leaves_its_incident_and_the_notice(world):
    fail(world, *META)
    world.wait(60)
    world.watch(*(make_service(each) for each in OTHERS))
    world.wait(60)

    assert world.screen() == {}


def test_incidents_that_are_over_are_forgotten(world):
    for _ in range(3):
        fail(world, "shop")
        world.wait(1300)
        world.up("shop")
        world.wait(1300)

    assert len(numbers(world)) == 3


def test_of_five_hundred_small_incidents_nobody_is_flooded():
    ids = [f"s{number}" for number in range(500)]
    world = World(*ids, incidents=Incidents(), silence=Silence())
    world.up(*ids)
    world.wait()
    for begin in range(0, 500, 100):
        fail(world, *ids[begin : begin + 100])
        world.wait(5)
    world.wait(30)

    assert len(world.screen()) == 1
    assert set(next(iter(world.screen().values())).in_trouble) == set(ids)
