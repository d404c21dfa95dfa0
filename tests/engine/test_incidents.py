from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes.checks import FakeCheck, make_service
from fakes.outages import MINUTE, Outages, moment
from manara.engine import incidents_now
from manara.model import (
    Circumstance,
    CommonCause,
    Conclusion,
    Interval,
    Layer,
    Line,
    LineChanged,
    LineState,
    OfficialIncident,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Post,
    Reason,
    ResultArrived,
    ServiceState,
    Stage,
    Trait,
    TraitKind,
    Transition,
    Transitioned,
    Verdict,
    Zone,
    ZoneServer,
)

FASTLY = (("x-served-by", "cache-fra-1"),)
META = {name: make_service(name, operator="Meta") for name in ("facebook", "whatsapp", "messenger", "instagram")}
OPERATOR = Trait(TraitKind.OPERATOR, "Meta")
DELIVERY = Trait(TraitKind.DELIVERY, "Fastly")


@pytest.fixture
def world():
    made = Outages(*META.values(), "shop", "blog", "telegram")
    made.at("15:39:10")
    made.up(*META)
    made.up("shop", "blog", carriers=FASTLY)
    made.up("telegram")
    made.at("15:40:10")
    return made


def stages(incident):
    return [happening.stage for happening in incident.timeline]


def said(incident):
    return [(happening.stage, happening.service_id) for happening in incident.timeline]


def word(*posts, state=OfficialState.MAJOR_OUTAGE, read_at=None, began=None):
    told = OfficialIncident("1", "Trouble", state, began, posts=posts)
    page = OfficialPage(PageKind.STATUSPAGE, "https://status.example")
    return OfficialWord(page, state, incidents=(told,), read_at=read_at)


def test_nothing_is_told_while_all_is_well(world):
    assert world.told == []
    assert world.open == ()


def test_a_service_that_goes_down_is_an_incident_of_its_own(world):
    world.down("telegram")

    (incident,) = world.open
    assert incident.id == "20211004-154010-1"
    assert incident.service_ids == ("telegram",)
    assert incident.cause is None
    assert incident.began == Interval(moment("15:39:10"), moment("15:40:10"))
    assert said(incident) == [(Stage.FIRST_BAD_LOOK, "telegram"), (Stage.CONFIRMED, "telegram")]
    assert [told.incident for told in world.told] == [incident]


def test_services_that_fail_together_for_one_reason_are_one_incident(world):
    world.down("facebook")
    world.wait(MINUTE)
    world.down("whatsapp")

    (incident,) = world.open
    assert incident.service_ids == ("facebook", "whatsapp")
    assert incident.cause == CommonCause(Layer.DNS, OPERATOR)
    assert said(incident)[-1] == (Stage.JOINED, "whatsapp")
    assert incident.began.by == moment("15:40:10")


def test_two_unrelated_outages_at_the_same_time_stay_two(world):
    world.down("facebook", "whatsapp")
    world.down("shop", "blog", reason=Reason.SERVER_ERROR, http_status=503, carriers=FASTLY)

    assert world.together == [{"facebook", "whatsapp"}, {"shop", "blog"}]
    assert world.open[1].cause == CommonCause(Layer.HTTP, DELIVERY)


def test_name_servers_are_a_reason_once_they_are_known():
    world = Outages("a", "b")
    world.up("a", "b")
    world.wait(MINUTE)
    world.down("a", "b")
    assert world.together == [{"a"}, {"b"}]

    world.zone("akam.example", "x.akam.net", "y.akam.net", hosts=["a.example", "b.example"])

    (incident,) = world.open
    assert incident.cause == CommonCause(Layer.DNS, Trait(TraitKind.NAME_SERVERS, "x.akam.net, y.akam.net"))
    assert world.told[-1].merged == ("20211004-153100-2",)
    assert said(incident) == [(Stage.FIRST_BAD_LOOK, "a"), (Stage.CONFIRMED, "a"), (Stage.JOINED, "b")]


def test_the_network_is_a_reason_once_it_is_known():
    world = Outages("a", "b")
    world.look("a", addresses=("129.134.30.12",))
    world.look("b", addresses=("157.240.1.35",))
    world.wait(MINUTE)
    world.down("a", "b", reason=Reason.CONNECT_TIMEOUT)
    assert world.together == [{"a"}, {"b"}]

    world.network("129.134.30.0/24", "AS32934 (FACEBOOK, US)")
    world.network("157.240.1.0/24", "AS32934 (FACEBOOK, US)")
    world.wait(MINUTE)

    (incident,) = world.open
    assert incident.cause == CommonCause(Layer.TCP, Trait(TraitKind.NETWORK, "AS32934 (FACEBOOK, US)"))


@pytest.mark.parametrize(
    "reason",
    [Reason.SLOW, Reason.SLOWER_THAN_USUAL, Reason.CERTIFICATE_EXPIRES_SOON, Reason.REFUSES_AUTOMATION],
)
def test_slowness_and_warnings_are_no_incident(world, reason):
    world.look("telegram", reason)

    assert world.open == ()


def test_losing_packets_is_an_incident(world):
    world.look("telegram", Reason.PACKET_LOSS)

    assert world.open[0].members[0].worst is Verdict.DEGRADED


def test_trouble_of_our_own_line_is_no_incident(world):
    world.happen(LineChanged(Line(LineState.OFFLINE, world.now)))
    world.circumstance(Circumstance.OWN_LINE, *world.states)

    assert world.told == []


def test_the_worst_that_a_service_was_stays(world):
    world.look("telegram", Reason.PACKET_LOSS)
    world.look("telegram", Reason.NO_ECHO)
    world.look("telegram", Reason.PACKET_LOSS)

    assert world.open[0].members[0].worst is Verdict.DOWN


def test_what_was_found_out_is_kept_and_told_once(world):
    world.down("facebook")
    world.explain(Conclusion.NAME_SERVERS_SILENT, "facebook", named=["a.ns.facebook.com"])
    world.explain(Conclusion.NAME_SERVERS_SILENT, "facebook", named=["a.ns.facebook.com"])
    world.explain(Conclusion.CANNOT_TELL, "facebook")

    (incident,) = world.open
    assert incident.members[0].conclusion is Conclusion.NAME_SERVERS_SILENT
    assert incident.members[0].named == ("a.ns.facebook.com",)
    assert stages(incident) == [Stage.FIRST_BAD_LOOK, Stage.CONFIRMED, Stage.DIAGNOSED]


def test_what_was_found_out_before_it_was_confirmed_counts(world):
    world.look("facebook", Reason.DNS_TIMEOUT, confirmed=False)
    world.explain(Conclusion.NAME_SERVERS_SILENT, "facebook")
    assert world.told == []

    world.down("facebook")

    assert stages(world.open[0])[-1] is Stage.DIAGNOSED
    assert world.open[0].members[0].conclusion is Conclusion.NAME_SERVERS_SILENT


def test_nothing_new_is_told_by_what_was_well_again_when_it_was_looked_into(world):
    world.look("facebook", Reason.DNS_TIMEOUT, confirmed=False)
    world.explain(Conclusion.PASSED, "facebook")

    world.down("facebook")

    assert world.open[0].members[0].conclusion is None


def test_a_young_incident_falls_apart_when_it_turns_out_to_be_two():
    world = Outages("a", "b")
    world.up("a", "b", carriers=FASTLY)
    world.wait(MINUTE)
    world.down("a", "b", reason=Reason.SERVER_ERROR)
    assert world.together == [{"a", "b"}]

    world.explain(Conclusion.ORIGIN_FAILS, "a")

    assert world.together in ([{"a"}, {"b"}], [{"b"}, {"a"}])
    assert all(stages(incident)[:2] == [Stage.FIRST_BAD_LOOK, Stage.CONFIRMED] for incident in world.open)
    assert all(incident.cause is None for incident in world.open)


def test_an_incident_that_is_not_young_any_more_stays_together():
    world = Outages("a", "b")
    world.up("a", "b", carriers=FASTLY)
    world.wait(MINUTE)
    world.down("a", "b", reason=Reason.SERVER_ERROR)
    world.wait(10 * MINUTE)

    world.explain(Conclusion.ORIGIN_FAILS, "a")

    assert world.together == [{"a", "b"}]


def test_healthy_services_end_a_guess_when_they_are_looked_at():
    world = Outages("a", "b", "c", "d", "e")
    world.up("a", "b", "c", "d", carriers=FASTLY)
    world.up("e")
    world.wait(MINUTE)
    world.down("a", "b", reason=Reason.SERVER_ERROR)
    assert world.together == [{"a", "b"}]

    world.wait(MINUTE)
    world.up("c", "d", carriers=FASTLY)
    world.wait(MINUTE)
    world.up("e")

    assert world.together == [{"a"}, {"b"}]


def test_a_healthy_service_that_shares_the_cause_is_named():
    world = Outages("a", "b", "c", "d")
    world.up("a", "b", "c", carriers=FASTLY)
    world.up("d")
    world.wait(MINUTE)
    world.down("a", "b", reason=Reason.SERVER_ERROR)
    world.wait(MINUTE)

    world.up("c", carriers=FASTLY)
    world.wait(MINUTE)
    world.up("d")

    assert world.open[0].cause == CommonCause(Layer.HTTP, DELIVERY, ("c",))


def test_a_service_whose_last_look_failed_is_no_evidence_against():
    world = Outages("a", "b", "c", "d", "e")
    world.up("a", "b", "c", "d", carriers=FASTLY)
    world.up("e")
    world.wait(MINUTE)
    world.down("a", "b", reason=Reason.SERVER_ERROR)
    world.wait(MINUTE)
    for service_id in ("c", "d"):
        world.look(service_id, Reason.SERVER_ERROR, confirmed=False, in_doubt=True)
    world.wait(MINUTE)

    world.up("e")

    assert world.together == [{"a", "b"}]


def test_it_ends_with_its_last_service(world):
    world.down("facebook", "whatsapp")
    world.at("22:40:00")
    world.up("facebook")
    assert world.open[0].members[0].ended == Interval(moment("15:40:10"), moment("22:40:00"))
    assert world.open[0].open

    world.at("22:46:10")
    world.up("whatsapp")

    assert world.open == ()
    ended = world.told[-1].incident
    assert ended.ended == Interval(moment("15:40:10"), moment("22:46:10"))
    assert (Stage.LEFT, "facebook") in said(ended)
    assert said(ended)[-1] == (Stage.ENDED, "")


def test_a_service_that_is_slow_after_it_was_down_has_not_recovered(world):
    world.down("telegram")
    world.look("telegram", Reason.SLOW)
    assert world.open != ()

    world.up("telegram")

    assert world.open == ()


def test_a_service_that_was_slow_before_has_recovered_when_it_is_slow_again(world):
    world.look("telegram", Reason.SLOW)
    world.down("telegram")

    world.look("telegram", Reason.SLOW)

    assert world.open == ()


def test_a_service_that_only_refuses_automatic_checks_again_has_recovered(world):
    world.down("telegram")

    world.look("telegram", Reason.REFUSES_AUTOMATION)

    assert world.open == ()


def test_the_same_failure_soon_after_the_end_goes_on_with_the_same_incident(world):
    world.down("facebook", "whatsapp")
    world.wait(MINUTE)
    world.up("facebook", "whatsapp")
    world.wait(9 * MINUTE)

    world.down("whatsapp")

    (incident,) = world.open
    assert incident.id == "20211004-154010-1"
    assert incident.ended is None
    assert [member.ended is None for member in incident.members] == [False, True]
    assert said(incident)[-1] == (Stage.RELAPSED, "whatsapp")
    world.down("facebook")
    assert [member.ended for member in world.open[0].members] == [None, None]


@pytest.mark.parametrize(("later", "reason"), [(11, Reason.DNS_TIMEOUT), (5, Reason.SERVER_ERROR)])
def test_a_later_or_another_failure_is_another_incident(world, later, reason):
    world.down("telegram")
    world.wait(MINUTE)
    world.up("telegram")
    world.wait(later * MINUTE)

    world.down("telegram", reason=reason)

    (incident,) = world.open
    assert incident.id != "20211004-154010-1"


def test_two_incidents_that_begin_in_the_same_second_have_different_names(world):
    world.down("telegram", "shop")

    assert [incident.id for incident in world.open] == ["20211004-154010-1", "20211004-154010-2"]


def test_recovery_is_told_stage_by_stage(world):
    world.down("facebook")
    for look in (
        {"reason": Reason.CONNECT_TIMEOUT},
        {"reason": Reason.TLS_TIMEOUT, "connect_ms": 3.0},
        {"reason": Reason.SERVER_ERROR, "http_status": 503},
        {"reason": Reason.SERVER_ERROR, "http_status": 503},
        {"reason": None, "total_ms": 600.0, "confirmed": False},
        {"reason": None, "total_ms": 149.0, "confirmed": False},
    ):
        world.wait(MINUTE)
        world.look("facebook", **look)

    recovery = [(each.stage, each.text) for each in world.open[0].timeline[2:]]
    assert recovery == [
        (Stage.NAMES_RESOLVE, ""),
        (Stage.CONNECTS, ""),
        (Stage.ANSWERS, "503"),
        (Stage.NORMAL_SPEED, ""),
    ]


def test_one_bad_look_is_no_relapse_and_two_are(world):
    world.down("facebook")
    world.down("facebook", reason=Reason.SERVER_ERROR, http_status=503)
    world.down("facebook")
    world.down("facebook", reason=Reason.SERVER_ERROR, http_status=503)
    assert stages(world.open[0])[2:] == [Stage.ANSWERS]

    world.down("facebook")
    world.down("facebook")
    world.down("facebook", reason=Reason.SERVER_ERROR, http_status=503)

    assert stages(world.open[0])[2:] == [Stage.ANSWERS, Stage.RELAPSED, Stage.ANSWERS]


def test_the_stages_of_a_service_with_several_checks_are_those_of_its_worst():
    world = Outages(make_service("shop", FakeCheck(name="a"), FakeCheck(name="b")))
    world.up("shop")
    world.look("shop", check=1)
    world.wait(MINUTE)
    world.down("shop")
    world.down("shop", check=1)

    world.look("shop", Reason.SERVER_ERROR, http_status=500)
    assert stages(world.open[0])[2:] == []
    world.look("shop", Reason.CONNECT_TIMEOUT, check=1)

    assert stages(world.open[0])[2:] == [Stage.NAMES_RESOLVE]


def test_a_look_that_could_not_be_made_says_nothing_of_recovery(world):
    world.down("facebook")
    world.look("facebook", Reason.NO_PERMISSION, confirmed=False)

    assert stages(world.open[0])[2:] == []


def test_looks_at_others_and_after_the_end_are_no_recovery(world):
    world.down("facebook", "whatsapp")
    world.up("facebook")
    known = world.open

    world.up("facebook", "shop")

    assert world.open == known


def test_after_a_sleep_the_same_incident_goes_on_if_it_is_still_down(world):
    world.down("telegram")
    world.sleep(60 * MINUTE)
    assert world.open[0].open

    world.down("telegram")

    (incident,) = world.open
    assert incident.id == "20211004-154010-1"
    assert incident.members[0].ended is None


def test_after_a_sleep_the_end_lies_between_the_last_bad_look_and_the_first_good_one(world):
    world.down("telegram")
    world.sleep(60 * MINUTE)

    world.look("telegram", began=Interval(None, world.now))

    assert world.open == ()
    assert world.told[-1].incident.ended == Interval(moment("15:40:10"), moment("16:40:10"))


def test_a_service_that_is_paused_leaves(world):
    world.down("facebook", "whatsapp")
    world.wait(MINUTE)

    world.circumstance(Circumstance.PAUSED_BY_USER, "facebook", verdict=Verdict.PAUSED)

    assert [member.ended is None for member in world.open[0].members] == [False, True]
    assert said(world.open[0])[-1] == (Stage.UNWATCHED, "facebook")


def test_planned_work_does_not_end_an_incident(world):
    world.down("telegram")

    world.circumstance(Circumstance.OFFICIAL_WORD, "telegram", verdict=Verdict.MAINTENANCE)

    assert world.open[0].members[0].ended is None


def test_a_service_that_is_removed_leaves(world):
    world.down("telegram")

    world.watch(*META.values())

    assert world.open == ()
    ended = world.told[-1].incident
    assert ended.ended == Interval(None, world.now)
    assert said(ended)[-1] == (Stage.UNWATCHED, "telegram")


def test_what_is_told_of_services_that_are_not_watched_changes_nothing(world):
    world.down("telegram")
    result = world.states["telegram"].checks[0].last
    state = world.states["telegram"]
    world.watch(*META.values())
    told = list(world.told)
    stranger = Outages("telegram")
    stranger.down("telegram")

    world.states["telegram"] = state
    world.happen(ResultArrived("telegram", 0, world.now, result, state))
    world.circumstance(Circumstance.OWN_LINE, "telegram")
    world.explain(Conclusion.CANNOT_TELL, "telegram")
    world.hear("telegram", word())

    assert world.told == told


def test_a_service_that_is_looked_at_alike_under_another_name_is_remembered(world):
    world.watch(*(replace(each, name="Other") for each in world.services))
    world.down("shop", "blog", reason=Reason.SERVER_ERROR)

    assert world.open[0].cause == CommonCause(Layer.HTTP, DELIVERY)


def test_what_was_seen_of_other_checks_is_forgotten(world):
    world.watch(*(replace(each, checks=(FakeCheck(name="new"),)) for each in world.services))
    world.states = {each: replace(state, checks=state.checks) for each, state in world.states.items()}

    world.down("shop", "blog", reason=Reason.SERVER_ERROR)

    assert len(world.open) == 1  # the last looks are still those of before


def test_an_incident_of_the_last_run_goes_on(world):
    world.down("facebook", "whatsapp")
    (incident,) = world.open

    again = Outages(*META.values(), going_on=[incident], now=moment("15:50:00"))
    again.down("facebook", "whatsapp")

    assert [each.id for each in again.open] == [incident.id]
    assert again.open[0].members == incident.members


def test_an_incident_of_the_last_run_ends_with_the_first_good_look(world):
    world.down("telegram")
    (incident,) = world.open

    again = Outages("telegram", going_on=[incident], now=moment("16:00:00"))
    again.up("telegram")

    assert again.open == ()
    assert again.told[-1].incident.ended == Interval(moment("15:40:10"), moment("16:00:00"))


def test_the_end_of_the_last_moment_is_told_before_nobody_watches_any_more(world):
    world.down("telegram")
    world.incidents.take((), world.now)
    began = Interval(None, world.now)
    state = ServiceState("telegram", Verdict.UP, since=began)
    up = Transitioned(Transition("telegram", Verdict.DOWN, Verdict.UP, None, began), state)
    assert world.incidents.take([up], world.now + timedelta(seconds=0.5)) == []

    (told,) = world.incidents.settle(world.now + timedelta(seconds=0.5))

    assert told.incident.ended is not None
    assert world.incidents.settle(world.now + timedelta(seconds=0.5)) == []


def test_a_service_joins_an_incident_of_the_last_run_whose_others_are_not_known_yet(world):
    world.down("facebook")
    world.explain(Conclusion.NAME_SERVERS_SILENT, "facebook")
    (incident,) = world.open

    again = Outages(*META.values(), going_on=[incident], now=moment("15:42:00"))
    again.down("whatsapp")

    assert again.together == [{"facebook", "whatsapp"}]
    assert again.open[0].cause == CommonCause(Layer.DNS, OPERATOR)


def test_posts_of_the_operator_are_told_once_and_the_first_admission_is_measured(world):
    world.down("facebook", "whatsapp")
    world.at("16:20:00")
    old = Post(moment("12:00:00"), "All is well")
    post = Post(moment("16:14:10"), "We are aware of it")

    world.hear("facebook", word(old, post))
    world.hear("whatsapp", word(old, post))

    (incident,) = world.open
    assert incident.official_after == timedelta(minutes=34)
    assert [each.text for each in incident.timeline if each.stage is Stage.OFFICIAL] == ["We are aware of it"]


def test_an_admission_without_a_time_is_as_late_as_it_was_read(world):
    world.down("facebook")
    world.at("16:00:10")

    world.hear("facebook", word(read_at=moment("15:59:10")))

    assert world.open[0].official_after == timedelta(minutes=19)


def test_an_operator_who_told_of_it_before_us_was_not_late(world):
    world.down("facebook")

    world.hear("facebook", word(began=moment("15:35:00")))

    assert world.open[0].official_after == timedelta(0)


@pytest.mark.parametrize("state", [OfficialState.OPERATIONAL, OfficialState.MAINTENANCE, OfficialState.UNKNOWN])
def test_a_page_that_admits_nothing_is_no_admission(world, state):
    world.down("facebook")

    world.hear("facebook", word(Post(moment("15:50:00"), "Planned"), state=state))

    assert world.open[0].official_after is None


def test_what_the_operator_had_said_before_counts_when_a_service_joins(world):
    world.hear("facebook", word(Post(moment("15:39:30"), "We are aware of it")))

    world.down("facebook")

    assert world.open[0].official_after == timedelta(0)
    assert Stage.OFFICIAL in stages(world.open[0])


def test_services_that_became_slower_since_it_began_are_noted(world):
    world.look("blog", Reason.SLOW)
    world.wait(MINUTE)
    world.down("facebook", "whatsapp")
    world.wait(MINUTE)
    world.look("telegram", Reason.SLOWER_THAN_USUAL)
    world.look("whatsapp", Reason.SLOW)

    (incident,) = world.open
    assert incident.knock_on == ("telegram",)
    assert (Stage.SLOWER, "telegram") in said(incident)
    world.up("telegram")
    world.look("telegram", Reason.SLOW)
    assert world.open[0].knock_on == ("telegram",)


def test_a_slow_service_that_fails_is_not_only_slow_any_more(world):
    world.down("facebook")
    world.look("whatsapp", Reason.SLOW)
    assert world.open[0].knock_on == ("whatsapp",)

    world.down("whatsapp")

    assert world.open[0].service_ids == ("facebook", "whatsapp")
    assert world.open[0].knock_on == ()


def test_a_failure_that_wanders_to_another_rung_is_grouped_anew():
    world = Outages("a", "b")
    world.up("a", "b", carriers=FASTLY)
    world.wait(MINUTE)
    world.down("a", reason=Reason.DNS_TIMEOUT)
    world.down("b", reason=Reason.SERVER_ERROR)
    assert len(world.open) == 2

    world.down("a", reason=Reason.SERVER_ERROR)

    assert world.together == [{"a", "b"}]


def test_what_fails_together_now_is_known_from_the_last_looks(world):
    world.down("facebook", "whatsapp", "telegram")
    world.up("facebook")
    world.down("facebook")

    incidents = incidents_now(world.services, tuple(world.states.values()), world.now)

    assert [set(incident.service_ids) for incident in incidents] == [{"facebook", "whatsapp"}, {"telegram"}]


def look(reason, **facts):
    return lambda world, service_id: world.look(service_id, reason, **facts)


def explain(conclusion, *named):
    return lambda world, service_id: world.explain(conclusion, service_id, named=named)


def believe(cause, verdict):
    return lambda world, service_id: world.circumstance(cause, service_id, verdict=verdict)


def remove(world, service_id):
    services = world.services
    world.watch(*(service for service in services if service.id != service_id))
    world.watch(*services)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from([*META, "shop", "blog", "telegram"]),
        st.sampled_from(
            [
                look(None, carriers=FASTLY),
                look(Reason.DNS_TIMEOUT),
                look(Reason.SERVER_ERROR, http_status=503, carriers=FASTLY),
                look(Reason.SLOW),
                look(Reason.PACKET_LOSS),
                explain(Conclusion.NAME_SERVERS_SILENT, "a.ns.example", "b.ns.example"),
                explain(Conclusion.ORIGIN_FAILS),
                believe(Circumstance.OWN_LINE, Verdict.UNKNOWN),
                believe(Circumstance.PAUSED_BY_USER, Verdict.PAUSED),
                lambda world, _: world.sleep(10 * MINUTE),
                lambda world, service_id: world.hear(service_id, word(Post(world.now, "We are aware of it"))),
                remove,
            ]
        ),
        st.integers(0, 700),
    ),
    max_size=30,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DEEDS, st.integers(0, 30))
def test_every_failing_service_is_in_exactly_one_incident_that_goes_on(deeds, restarted):
    world = Outages(*META.values(), "shop", "blog", "telegram")
    for number, (service_id, deed, seconds) in enumerate(deeds):
        if number == restarted:
            world = Outages(*world.services, going_on=world.open, now=world.now)
        world.wait(timedelta(seconds=seconds))
        deed(world, service_id)

    failing = {
        state.service_id
        for state in world.states.values()
        if state.verdict is Verdict.DOWN or state.cause is Reason.PACKET_LOSS
    }
    members = [member for incident in world.open for member in incident.members]
    ids = [member.service_id for member in members]
    assert len(set(ids)) == len(ids)
    assert failing <= {member.service_id for member in members if member.ended is None}
    for incident in world.open:
        assert any(member.ended is None for member in incident.members)
        assert incident.began.by == min(member.began.by for member in incident.members)
        assert (incident.cause is None) or len(incident.members) > 1
        assert not set(incident.knock_on).intersection(incident.service_ids)
        assert stages(incident).count(Stage.FIRST_BAD_LOOK) == 1
        assert list(incident.timeline) == sorted(incident.timeline, key=lambda happening: happening.at)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations([*META, "shop", "blog", "telegram"]))
def test_the_order_in_which_services_are_looked_at_does_not_matter(order):
    world = Outages(*META.values(), "shop", "blog", "telegram")
    world.up(*META, "telegram")
    world.up("shop", "blog", carriers=FASTLY)
    world.wait(MINUTE)
    for service_id in order:
        world.down(service_id, reason=Reason.SERVER_ERROR if service_id in ("shop", "blog") else Reason.DNS_TIMEOUT)

    assert {frozenset(each) for each in world.together} == {
        frozenset(META),
        frozenset({"shop", "blog"}),
        frozenset({"telegram"}),
    }


def test_an_incident_whose_first_service_turns_out_to_be_no_part_begins_with_another():
    world = Outages("a", "b", "c")
    world.up("a", "b", "c", carriers=FASTLY)
    world.wait(MINUTE)
    world.down("a", reason=Reason.SERVER_ERROR)
    world.wait(MINUTE)
    world.down("b", "c", reason=Reason.SERVER_ERROR)

    world.explain(Conclusion.ORIGIN_FAILS, "a")

    rest, alone = world.open
    assert (set(rest.service_ids), set(alone.service_ids)) == ({"b", "c"}, {"a"})
    assert said(rest) == [(Stage.FIRST_BAD_LOOK, "b"), (Stage.CONFIRMED, "b"), (Stage.JOINED, "c")]
    assert rest.began.by == world.now
    assert stages(alone) == [Stage.FIRST_BAD_LOOK, Stage.CONFIRMED, Stage.DIAGNOSED]


def test_what_happens_within_a_second_is_grouped_and_told_together():
    world = Outages(*META.values(), "shop")
    world.up(*META, "shop")
    world.incidents.take((), world.now)
    world.wait(MINUTE)
    world.down("shop")
    events = []
    for name in META:
        ears = Outages(*META.values(), "shop")
        ears.states = world.states
        ears.look(name, Reason.DNS_TIMEOUT)
        failed = ears.states[name]
        began = Interval(None, world.now)
        events.append(Transitioned(Transition(name, Verdict.UP, Verdict.DOWN, Reason.DNS_TIMEOUT, began), failed))

    assert [world.incidents.take([event], world.now + timedelta(seconds=0.5)) for event in events] == [[]] * 4
    told = world.incidents.take((), world.now + timedelta(seconds=2))

    assert [set(each.incident.service_ids) for each in told] == [set(META)]


def test_zones_of_the_last_run_tie_services():
    zone = Zone("akam.example", (ZoneServer("x.akam.net"),), moment("12:00:00"))
    world = Outages(make_service("a"), make_service("b"), zones={"a.example": zone, "b.example": zone})
    world.up("a", "b")

    world.down("a", "b")

    assert world.together == [{"a", "b"}]


def test_name_servers_that_only_a_diagnosis_names_tie_services():
    world = Outages("a", "b", "c")
    world.up("a", "b", "c")
    world.down("a", "b", "c")

    world.explain(Conclusion.NAME_SERVERS_SILENT, "a", "b", named=["x.akam.net", "y.akam.net"])
    world.explain(Conclusion.NAME_SERVERS_PARTLY, "c", named=["x.akam.net"])

    assert world.together == [{"a", "b"}, {"c"}]
    assert world.open[0].cause == CommonCause(Layer.DNS, Trait(TraitKind.NAME_SERVERS, "x.akam.net, y.akam.net"))


def test_the_whole_fourth_of_october_is_one_incident(world):
    by_name_servers = ("facebook", "whatsapp", "messenger")
    carried = {"carriers": (("x-fb-debug", "abc"),)}
    world.at("15:39:10")
    world.up(*META, **carried)
    world.at("15:40:10")
    world.down(*META, reason=Reason.SERVER_ERROR, http_status=503, **carried)
    world.explain(Conclusion.SERVER_ERRORS, *META, named=["503"])
    world.at("15:52:10")
    world.down(*by_name_servers)
    world.down(*by_name_servers)
    world.explain(Conclusion.NAME_SERVERS_SILENT, *by_name_servers, named=["a.ns.facebook.com"])
    (incident,) = world.open
    assert incident.cause == CommonCause(Layer.DNS, OPERATOR)
    world.at("21:05:10")
    world.down(*by_name_servers, reason=Reason.SERVER_ERROR, http_status=503)
    world.at("21:11:10")
    world.down(*by_name_servers)
    world.down(*by_name_servers)
    world.at("21:20:10")
    world.down(*by_name_servers, reason=Reason.SERVER_ERROR, http_status=503)
    world.at("21:28:10")
    world.up(*META, total_ms=600.0, confirmed=False)
    world.at("22:46:10")
    world.up(*META)

    assert world.open == ()
    assert {told.incident.id for told in world.told} == {"20211004-154010-1"}
    whole = world.told[-1].incident
    assert whole.ended == Interval(moment("21:28:10"), moment("22:46:10"))
    assert [each.stage for each in whole.timeline if each.service_id == "facebook"] == [
        Stage.FIRST_BAD_LOOK,
        Stage.CONFIRMED,
        Stage.DIAGNOSED,
        Stage.DIAGNOSED,
        Stage.ANSWERS,
        Stage.RELAPSED,
        Stage.ANSWERS,
        Stage.NORMAL_SPEED,
        Stage.LEFT,
    ]
