"""Whatever happens in whatever order, these hold."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.alerts import World
from manara.engine import Incidents
from manara.model import OF_TROUBLE, Conclusion, LineState, NoticeKind, Transition, Verdict

IDS = ("a", "b", "c")

changes = st.tuples(
    st.just("see"), st.sampled_from([Verdict.UP, Verdict.DOWN, Verdict.DEGRADED, Verdict.UNKNOWN]), st.sampled_from(IDS)
)
times = st.tuples(st.just("wait"), st.sampled_from([1, 5, 15, 130, 700]))
lines = st.tuples(st.just("line"), st.sampled_from(LineState))
sleeps = st.tuples(st.just("sleep"), st.just(3600))
knowledge = st.tuples(st.sampled_from(["acknowledge", "unacknowledge"]), st.sampled_from(IDS))
pauses = st.one_of(st.tuples(st.just("pause"), st.sampled_from([None, 60])), st.tuples(st.just("resume")))

stories = st.lists(st.one_of(changes, changes, times, times, lines, sleeps, knowledge, pauses), max_size=40)


def played(story):
    world = World(*IDS)
    for action, *arguments in story:
        getattr(world, action)(*arguments)
    return world


def settled(story):
    """The world some time after the story: online, not paused, nothing waits."""
    world = played(story)
    world.resume()
    world.line(LineState.ONLINE)
    world.wait(1500)
    return world


@given(stories)
@settings(deadline=None)
def test_in_the_end_the_user_believes_what_is(story):
    world = settled(story)
    known = {arguments[0] for action, *arguments in story if action == "acknowledge"}

    believed = {}
    for notice in world.screen().values():
        for each in notice.services:
            believed[each.service.id] = each.kind
    for service_id, state in world.states.items():
        if state.verdict is Verdict.DOWN and service_id not in known:
            assert believed[service_id] is NoticeKind.DOWN
        if state.verdict is Verdict.UP:
            assert believed.get(service_id) not in OF_TROUBLE


@given(stories)
@settings(deadline=None)
def test_nothing_is_told_twice(story):
    world = settled(story)

    told = set()
    for event in world.story:
        if isinstance(event, Transition):
            told = {(service_id, kind) for service_id, kind in told if service_id != event.service_id}
        elif not event.after_pause:
            news = {(each.service.id, each.kind) for each in event.services if each.news}
            assert not news & told
            told |= news


@given(stories)
@settings(deadline=None)
def test_there_is_never_more_than_one_notice_of_services_within_ten_seconds(story):
    world = settled(story)

    shown = [notice for notice in world.notices if notice.services and not notice.after_pause]
    for first, second in pairwise(shown):
        assert abs((second.at - first.at).total_seconds()) >= 10


@given(st.lists(st.one_of(changes, times), max_size=40))
@settings(deadline=None)
def test_an_outage_is_told_as_soon_as_nothing_was_told_for_ten_seconds(story):
    world = played(story)
    world.wait(10)

    believed = {}
    for notice in world.notices:
        believed |= {each.service.id: each.kind for each in notice.services}
    for service_id, state in world.states.items():
        if state.verdict is Verdict.DOWN:
            assert believed[service_id] in (NoticeKind.DOWN, NoticeKind.UNSTABLE)


@given(st.lists(st.one_of(changes, times, lines, sleeps, knowledge), max_size=40))
@settings(deadline=None)
def test_paused_means_that_nothing_appears(story):
    world = World(*IDS)
    world.pause()
    for action, *arguments in story:
        getattr(world, action)(*arguments)
    world.wait(1500)

    assert {notice.kind for notice in world.notices} <= {NoticeKind.WITHDRAWN}


@given(stories)
@settings(deadline=None)
def test_the_end_of_a_trouble_takes_the_place_of_the_notice_that_told_it(story):
    """A notice is never left behind: what it told of is in the newer one, or it was withdrawn."""
    world = settled(story)

    for notice in world.screen().values():
        open_ids = [each.service.id for each in notice.services if each.kind in OF_TROUBLE]
        places = [
            other.id
            for other in world.screen().values()
            for each in other.services
            if each.service.id in open_ids and each.kind in OF_TROUBLE
        ]
        assert len(places) == len(open_ids)


OPERATED = ("a", "b", "c", "d", "e")
of_incidents = st.one_of(
    st.tuples(
        st.just("see"),
        st.sampled_from([Verdict.UP, Verdict.DOWN, Verdict.DEGRADED, Verdict.UNKNOWN]),
        st.sampled_from(OPERATED),
    ),
    st.tuples(
        st.just("explain"),
        st.sampled_from([Conclusion.SERVER_ERRORS, Conclusion.NAME_SERVERS_SILENT]),
        st.sampled_from(OPERATED),
    ),
    st.tuples(st.just("see"), st.just(Verdict.DOWN), st.sampled_from(OPERATED)),
    times,
    times,
    lines,
    sleeps,
    pauses,
    st.tuples(st.sampled_from(["acknowledge", "unacknowledge"]), st.sampled_from(OPERATED)),
)


def followed(story):
    """The world some time after a story in which incidents were followed: three services have one operator."""
    world = World(*OPERATED, incidents=Incidents(), operators=dict.fromkeys("abc", "Meta"))
    world.up(*OPERATED)
    for action, *arguments in story:
        getattr(world, action)(*arguments)
    world.resume()
    world.line(LineState.ONLINE)
    world.wait(1500)
    return world


@given(st.lists(of_incidents, max_size=40))
@settings(deadline=None)
def test_what_goes_on_stands_in_one_notice_for_each_incident(story):
    world = followed(story)
    known = {arguments[0] for action, *arguments in story if action == "acknowledge"}

    shown = {each.service.id: (notice.id, each.kind) for notice in world.screen().values() for each in notice.services}
    for incident in world.incidents.open:
        failing = [member.service_id for member in incident.members if member.ended is None]
        believed = [each for each in failing if world.states[each].verdict is Verdict.DOWN and each not in known]
        assert all(shown[each][1] is NoticeKind.DOWN for each in believed)
        assert len({shown[each][0] for each in believed}) <= 1
    for service_id, state in world.states.items():
        if state.verdict is Verdict.UP:
            assert shown.get(service_id, (0, NoticeKind.UP_AGAIN))[1] not in OF_TROUBLE


@given(st.lists(of_incidents, max_size=40))
@settings(deadline=None)
def test_no_news_is_told_twice_and_updates_disturb_nobody(story):
    world = followed(story)

    told = set()
    for event in world.story:
        if isinstance(event, Transition):
            told = {(service_id, kind) for service_id, kind in told if service_id != event.service_id}
        elif not event.after_pause:
            news = {(each.service.id, each.kind) for each in event.services if each.news}
            assert not news & told
            assert news or event.quiet
            told |= news
