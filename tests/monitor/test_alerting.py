"""What the monitor tells the user without being asked."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from fakes.checks import make_service
from fakes.clock import FakeClock
from fakes.instruments import FakeInstruments
from fakes.waiting import eventually
from manara.model import (
    Circumstance,
    HistoryKept,
    IncidentChanged,
    Keeping,
    LineState,
    Noticed,
    NoticeKind,
    Reason,
    Silence,
    SilenceChanged,
    SystemClock,
    Verdict,
)
from manara.monitor import Monitor
from manara.monitor.opening import open_session
from manara.monitor.session import Session
from manara.monitor.silence_file import NAME
from manara.probes import TcpCheck
from manara.settings import Settings

UNTIL = datetime(2121, 10, 5, 6, 0, tzinfo=UTC)


class Source:
    """Settings that nobody edits."""

    def __init__(self, *services):
        self._settings = Settings(services=services)

    def load(self):
        return self._settings

    def changed(self):
        return False


class Watch:
    """A session whose time the test moves."""

    def __init__(self, *services):
        self.clock = FakeClock()
        self.instruments = FakeInstruments(self.clock)
        self.events = []
        source = Source(*services)
        self.session = Session(
            source.load(),
            source,
            self.instruments,
            starter=(),
            read_surroundings=lambda: "home",
            clock=self.clock,
            emit=self.events.extend,
        )

    def notices(self):
        return [event.notice for event in self.events if isinstance(event, Noticed)]


@asynccontextmanager
async def session(*services):
    watch = Watch(*services)
    watch.session.begin()
    running = asyncio.create_task(watch.session.run())
    try:
        await watch.clock.advance(60)
        yield watch
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_an_outage_is_told_and_its_end_replaces_it():
    async with session(make_service("shop")) as watch:
        assert watch.notices() == []

        watch.instruments.reason = Reason.CONNECTION_REFUSED
        await watch.clock.advance(120)
        watch.instruments.reason = None
        await watch.clock.advance(600)

        down, recovering, up = watch.notices()
        assert (down.kind, recovering.kind, up.kind) == (NoticeKind.DOWN, NoticeKind.DOWN, NoticeKind.UP_AGAIN)
        assert recovering.update
        assert down.id == recovering.id == up.id


@pytest.mark.parametrize(
    ("line", "kind", "cause"),
    [
        (LineState.OFFLINE, NoticeKind.OFFLINE, Circumstance.OWN_LINE),
        (LineState.CAPTIVE, NoticeKind.SIGN_IN_WANTED, Circumstance.SIGN_IN_WANTED),
    ],
)
async def test_a_lost_connection_is_one_quiet_notice_and_no_outage_and_its_return_is_seen_soon(line, kind, cause):
    async with session(*(make_service(f"s{number}") for number in range(20))) as watch:
        watch.instruments.line, watch.instruments.reason = line, Reason.CONNECT_TIMEOUT
        await watch.clock.advance(180)
        lost = watch.session.engine.states
        watch.instruments.line, watch.instruments.reason = LineState.ONLINE, None
        await watch.clock.advance(12)

        assert {(state.verdict, state.cause) for state in lost} == {(Verdict.UNKNOWN, cause)}
        assert {state.verdict for state in watch.session.engine.states} == {Verdict.UP}
        told, online = watch.notices()
        assert (told.kind, told.quiet, told.services) == (kind, True, ())
        assert (online.kind, online.id) == (NoticeKind.ONLINE, told.id)


@pytest.mark.no_cover
async def test_all_of_five_hundred_services_are_one_notice_on_the_screen():
    async with session(*(make_service(f"s{number}") for number in range(500))) as watch:
        watch.instruments.reason = Reason.CONNECTION_REFUSED
        await watch.clock.advance(150)

        assert {notice.id for notice in watch.notices()} == {1}
        assert len(watch.notices()[-1].in_trouble) == 500


async def test_a_pause_ends_by_itself_with_a_summary():
    async with session(make_service("shop")) as watch:
        watch.session.pause_notifications(watch.clock.now() + timedelta(minutes=30))
        watch.instruments.reason = Reason.CONNECTION_REFUSED
        await watch.clock.advance(1700)
        assert watch.notices() == []

        await watch.clock.advance(200)

        assert [(notice.kind, notice.after_pause) for notice in watch.notices()] == [(NoticeKind.DOWN, True)]
        assert [event.silence.paused for event in watch.events if isinstance(event, SilenceChanged)] == [True, False]


async def test_what_fails_together_is_told_as_one_incident_until_its_end():
    async with session(make_service("shop", operator="Acme"), make_service("blog", operator="Acme")) as watch:
        watch.instruments.reason = Reason.CONNECTION_REFUSED
        await watch.clock.advance(120)
        (going_on,) = watch.session.incidents.open
        watch.instruments.reason = None
        await watch.clock.advance(600)

        told = [event.incident for event in watch.events if isinstance(event, IncidentChanged)]
        assert going_on.service_ids == ("shop", "blog")
        assert {incident.id for incident in told} == {going_on.id}
        assert [incident.open for incident in told][-2:] == [True, False]
        assert watch.session.incidents.open == ()


class HastyClock(SystemClock):
    """Real time, but nobody sleeps long."""

    async def sleep(self, seconds):
        await asyncio.sleep(min(seconds, 0.01))


@contextmanager
def monitor(port, data_folder=None):
    events = []
    made = Monitor(
        partial(
            open_session,
            Source(make_service("shop", TcpCheck(host="127.0.0.1", port=port))),
            read_surroundings=lambda: "home",
        ),
        clock=HastyClock(),
        data_folder=data_folder,
    )
    made.subscribe(events.extend)
    made.start().result(10)
    try:
        yield made, events
    finally:
        made.stop()


@pytest.fixture
def closed_port():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield closed.getsockname()[1]


def down(made):
    eventually(lambda: [state.verdict for state in made.snapshot().states] == [Verdict.DOWN])


def test_any_thread_can_acknowledge_and_take_it_back(closed_port):
    with monitor(closed_port) as (made, events):
        down(made)
        made.acknowledge(["shop"])
        eventually(lambda: made.snapshot().acknowledged == {"shop"})
        made.unacknowledge(["shop"])
        eventually(lambda: made.snapshot().acknowledged == frozenset())

        assert [event.silence for event in events if isinstance(event, SilenceChanged)] == [
            Silence(frozenset({"shop"})),
            Silence(),
        ]


def test_the_incidents_that_go_on_can_be_seen_from_any_thread(closed_port):
    with monitor(closed_port) as (made, _):
        eventually(lambda: [each.service_ids for each in made.snapshot().incidents] == [("shop",)])


def test_any_thread_can_pause_and_resume(closed_port):
    with monitor(closed_port) as (made, _):
        made.pause_notifications(UNTIL)
        eventually(lambda: made.snapshot().silence.paused_until == UNTIL)
        made.pause_notifications(None)
        eventually(lambda: made.snapshot().silence == Silence(paused=True))
        made.resume_notifications()
        eventually(lambda: made.snapshot().silence == Silence())


def test_what_is_not_to_be_told_survives_a_restart(closed_port, tmp_path):
    with monitor(closed_port, tmp_path) as (made, _):
        down(made)
        made.acknowledge(["shop"])
        eventually((tmp_path / NAME).exists)
        made.pause_notifications(UNTIL)
        eventually(lambda: made.snapshot().silence.paused)

    expected = Silence(frozenset({"shop"}), paused=True, paused_until=UNTIL)
    with monitor(closed_port, tmp_path) as (made, events):
        eventually(lambda: made.snapshot().silence == expected)
        down(made)

        assert [event.silence for event in events if isinstance(event, SilenceChanged)] == [expected]


def test_a_damaged_file_does_not_stop_the_start(closed_port, tmp_path):
    (tmp_path / NAME).write_text("{")

    with monitor(closed_port, tmp_path) as (made, _):
        down(made)

        assert made.snapshot().silence == Silence()


def test_a_second_manara_on_the_same_folder_leaves_the_file_to_the_first(closed_port, tmp_path):
    with monitor(closed_port, tmp_path) as (first, _), monitor(closed_port, tmp_path) as (second, events):
        eventually(lambda: any(isinstance(event, HistoryKept) for event in events))
        assert second.snapshot().kept.keeping is Keeping.ELSEWHERE
        second.pause_notifications(None)
        eventually(lambda: second.snapshot().silence.paused)
        first.pause_notifications(UNTIL)
        eventually((tmp_path / NAME).exists)

    assert json.loads((tmp_path / NAME).read_text())["paused_until"] == "2121-10-05T06:00:00+00:00"
