import asyncio
import socket
import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from fakes.checks import make_service
from fakes.waiting import eventually
from manara.history import NAME, read_history
from manara.model import (
    CheckDefaults,
    Circumstance,
    Conclusion,
    Diagnosed,
    DiagnosisOptions,
    HistoryKept,
    HistoryOptions,
    Keeping,
    LineChanged,
    NetworkOptions,
    NotObserved,
    Problem,
    ResultArrived,
    ServicesChanged,
    SettingsInvalid,
    SettingsRefused,
    SilenceChanged,
    SystemClock,
    Verdict,
    Window,
)
from manara.monitor import Monitor, Snapshot
from manara.monitor.instruments import Instruments
from manara.monitor.opening import open_session
from manara.monitor.session import Session
from manara.probes import TcpCheck, build_network
from manara.settings import ChangeServices, RemoveServices, Settings, SettingsNotWritten, Stored, Undo, UnknownService

FILE = Path("settings.toml")
SHORT = timedelta(seconds=2)
"""Long enough to connect on a machine that stands still for a while."""


class HastyClock(SystemClock):
    """Real time, but nobody sleeps long, so that what happens every few seconds happens at once."""

    def __init__(self):
        self.offset = timedelta(0)

    def now(self):
        return super().now() + self.offset

    async def sleep(self, seconds):
        await asyncio.sleep(min(seconds, 0.01))


class Source:
    """Settings that the test edits."""

    def __init__(self, settings):
        self.settings = settings
        self.edited = False
        self.refusal = None

    def edit(self, settings):
        self.settings = settings
        self.edited = True

    def load(self):
        self.edited = False
        if isinstance(self.settings, Exception):
            raise self.settings
        return self.settings

    def changed(self):
        return self.edited

    def stored(self):
        return Stored(FILE, (), tuple(service.id for service in self.settings.services), {}, True, True)

    def apply(self, change):
        if isinstance(self.refusal, Exception):
            raise self.refusal
        before, self.settings = self.settings, self.edited_by(change)
        return Undo(change, before, self.settings)

    def undo(self, undo):
        self.settings = undo.before

    def edited_by(self, change):
        services = self.settings.services
        if isinstance(change, RemoveServices):
            kept = tuple(service for service in services if service.id not in change.service_ids)
            return replace(self.settings, services=kept)
        paused = bool(change.values["paused"])
        changed = (replace(each, paused=paused) if each.id in change.service_ids else each for each in services)
        return replace(self.settings, services=tuple(changed))


class Watched:
    """A monitor with everything around it."""

    def __init__(self, settings, *, starter=(), refused=None, read_refused=None, **options):
        self.source = Source(settings)
        self.networks = []
        self.surroundings = "home"
        self.clock = HastyClock()
        self.events = []
        self.monitor = Monitor(
            partial(
                open_session,
                self.source,
                starter=starter,
                refused=refused,
                read_refused=read_refused,
                build_network=self.build_network,
                read_surroundings=lambda: self.surroundings,
            ),
            clock=self.clock,
            **options,
        )
        self.monitor.subscribe(self.events.extend)

    def build_network(self, options):
        self.networks.append(options)
        return build_network(options)

    def told(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


@contextmanager
def watched(settings, **options):
    world = Watched(settings, **options)
    world.monitor.start().result(10)
    try:
        yield world
    finally:
        world.monitor.stop()


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def settings_for(*services, **sections):
    return Settings(services=services, **sections)


def local(service_id, port, **fields):
    return make_service(service_id, TcpCheck(host="127.0.0.1", port=port), **fields)


def test_a_watched_service_is_looked_at_for_real(port):
    with watched(settings_for(local("shop", port))) as world:
        eventually(lambda: world.told(ResultArrived))

        snapshot = world.monitor.snapshot()
        assert [service.id for service in snapshot.services] == ["shop"]
        assert snapshot.states[0].verdict is Verdict.UP
        assert world.monitor.running


def test_without_services_of_the_user_the_starter_set_is_watched(port):
    with watched(settings_for(), starter=(local("starter", port),)) as world:
        eventually(lambda: world.told(ResultArrived))

        assert world.told(ResultArrived)[0].service_id == "starter"


def test_settings_that_cannot_be_used_stop_the_start():
    refused = SettingsInvalid(FILE, [Problem(("services", 0, "url"), "The value is missing.")])
    monitor = Watched(refused).monitor

    opened = monitor.start()

    assert opened.exception(10) is refused
    eventually(lambda: not monitor.running)
    assert monitor.fault is refused
    monitor.check_now(["shop"])
    monitor.stop()


def test_before_the_start_the_outline_tells_what_will_be_watched():
    service = make_service("shop")

    snapshot = Monitor(partial(open_session, Source(settings_for())), outline=(service,)).snapshot()

    assert snapshot.services == (service,)
    assert [(state.service_id, state.verdict) for state in snapshot.states] == [("shop", Verdict.UNKNOWN)]


def test_what_is_asked_for_while_it_opens_is_done_once_it_watches(port):
    may_open = threading.Event()

    class Slow(Source):
        def load(self):
            may_open.wait(10)
            return super().load()

    events = []
    monitor = Monitor(partial(open_session, Slow(settings_for(local("shop", port))), read_surroundings=lambda: "home"))
    monitor.subscribe(events.extend)
    opened = monitor.start()
    monitor.pause_notifications(None)

    may_open.set()

    opened.result(10)
    eventually(lambda: any(isinstance(event, SilenceChanged) for event in events))
    monitor.stop()


def test_a_stop_while_it_opens_ends_it_before_anything_is_looked_at(port):
    world = Watched(settings_for(local("shop", port)))
    may_open = threading.Event()
    stopping = threading.Thread(target=world.monitor.stop)

    def load(settings=world.source.settings):
        may_open.wait(10)
        return settings

    world.source.load = load
    world.monitor.start()
    stopping.start()
    eventually(lambda: world.monitor._engine._stopping)

    may_open.set()

    stopping.join(10)
    assert not world.monitor.running
    assert world.told(ResultArrived) == []


def test_an_edit_of_the_settings_is_taken_over_while_running(port):
    with watched(settings_for(local("shop", port))) as world:
        world.source.edit(settings_for(local("shop", port), local("blog", port), checks=CheckDefaults(max_at_once=7)))

        eventually(lambda: {event.service_id for event in world.told(ResultArrived)} == {"shop", "blog"})
        assert len(world.networks) == 1


def test_a_bad_edit_keeps_the_old_settings_and_says_so(port):
    with watched(settings_for(local("shop", port))) as world:
        world.source.edit(SettingsInvalid(FILE, [Problem(("checks", "interval"), "The value is too small.")]))

        eventually(lambda: world.told(SettingsRefused))
        assert "checks.interval" in world.told(SettingsRefused)[0].problems[0]
        assert [service.id for service in world.monitor.snapshot().services] == ["shop"]


def test_what_is_wrong_with_another_file_is_told_and_stops_nothing(port):
    refused = SettingsInvalid(Path("catalogue.toml"), [Problem(("services", 0), "It is wrong.")])

    with watched(settings_for(local("shop", port)), refused=refused) as world:
        eventually(lambda: world.told(ResultArrived))

    (told,) = world.told(SettingsRefused)
    assert told.problems == ("catalogue.toml: services[0]: It is wrong.",)


def test_what_is_wrong_with_another_file_is_told_again_after_each_edit_of_the_settings(port):
    refused = SettingsInvalid(Path("catalogue.toml"), [Problem((), "It is wrong.")])

    with watched(settings_for(local("shop", port)), refused=refused) as world:
        world.source.edit(SettingsInvalid(FILE, [Problem((), "This too.")]))
        eventually(lambda: len(world.told(SettingsRefused)) == 2)
        world.source.edit(settings_for(local("shop", port)))
        eventually(lambda: len(world.told(SettingsRefused)) == 3)

    told = [event.problems for event in world.told(SettingsRefused)]
    other = "catalogue.toml: It is wrong."
    assert told == [(other,), ("This too.", other), (other,)]
    assert isinstance(world.events[world.events.index(world.told(SettingsRefused)[2]) - 1], ServicesChanged)


def test_another_file_that_is_mended_takes_back_what_was_told(port, tmp_path):
    own = tmp_path / "catalogue.toml"
    own.write_text("wrong")
    refused = SettingsInvalid(own, [Problem((), "It is wrong.")])

    with watched(settings_for(local("shop", port)), refused=refused, read_refused=lambda: None) as world:
        eventually(lambda: world.told(SettingsRefused))
        own.write_text("# Nothing is wrong any more.")
        eventually(lambda: len(world.told(ServicesChanged)) == 2)
        world.source.edit(settings_for(local("shop", port)))
        eventually(lambda: len(world.told(ServicesChanged)) == 3)

    assert len(world.told(SettingsRefused)) == 1


def test_other_network_settings_rebuild_the_network(port):
    with watched(settings_for(local("shop", port))) as world:
        network = NetworkOptions(resolvers=("192.0.2.53",))
        world.source.edit(settings_for(local("shop", port), network=network))

        eventually(lambda: len(world.told(ServicesChanged)) == 2)
        assert world.networks == [NetworkOptions(), network]


def test_a_change_of_the_systems_network_rebuilds_the_network(port):
    with watched(settings_for(local("shop", port))) as world:
        eventually(lambda: world.told(ResultArrived))

        world.surroundings = "hotel"

        eventually(lambda: len(world.networks) == 2)


def test_waking_from_sleep_rebuilds_the_network_and_looks_again(port):
    with watched(settings_for(local("shop", port))) as world:
        eventually(lambda: world.told(ResultArrived))

        world.clock.offset += timedelta(hours=3)

        eventually(lambda: world.told(NotObserved) and len(world.networks) == 2)
        eventually(lambda: len(world.told(ResultArrived)) == 2)
        assert world.told(LineChanged) == []


def test_check_now_looks_again(port):
    with watched(settings_for(local("shop", port))) as world:
        eventually(lambda: world.told(ResultArrived))

        world.monitor.check_now(["shop"])

        eventually(lambda: len(world.told(ResultArrived)) == 2)


def test_why_a_service_fails_is_found_out_and_told(port):
    with watched(
        settings_for(make_service("shop", TcpCheck(host="127.0.0.1", port=port, expect="hello", timeout=SHORT)))
    ) as world:
        eventually(lambda: world.told(Diagnosed))

        found = world.monitor.explain("shop").result(20)

    assert found.conclusion is Conclusion.NO_RESPONSE
    assert found.conclusion is world.told(Diagnosed)[0].state.diagnosis.conclusion


def test_nothing_can_be_explained_of_a_service_that_is_not_watched(port):
    with watched(settings_for(local("shop", port))) as world:
        assert world.monitor.explain("other").result(10) is None


def test_other_wishes_for_the_diagnosis_are_followed(port):
    with watched(settings_for(local("shop", port))) as world:
        world.source.edit(settings_for(local("shop", port), diagnosis=DiagnosisOptions(name_servers=False)))

        eventually(lambda: len(world.networks) == 2)


def test_what_was_measured_is_in_the_history_also_after_the_end(port, tmp_path):
    with watched(settings_for(local("shop", port)), data_folder=tmp_path) as world:
        history, now = world.monitor.history, world.clock.now()
        day = Window(now - timedelta(hours=23), now + timedelta(hours=1))

        def up():
            history.flush().result(timeout=10)
            return {each.service_id: each.up for each in history.uptimes(day).result(timeout=10)}.get("shop")

        eventually(up)
        assert len(history.series("shop", day, 10).result(timeout=10).buckets) == 1

    with read_history(tmp_path) as reader:
        uptime = reader.uptime("shop", day)
        spans = reader.spans("shop", day)
    assert timedelta(0) < uptime.up <= world.clock.now() - now
    unseen = {span.cause for span in spans if not span.observed}
    assert unseen - {Circumstance.NOT_LOOKED_YET} == {Circumstance.NOT_RUNNING}


def test_hours_of_sleep_are_not_observed(port, tmp_path):
    with watched(settings_for(local("shop", port)), data_folder=tmp_path) as world:
        eventually(lambda: world.told(ResultArrived))
        began = world.clock.now()
        world.clock.offset += timedelta(hours=3)
        eventually(lambda: len(world.told(ResultArrived)) == 2)
        world.monitor.history.flush().result(timeout=10)

        uptime = world.monitor.history.uptime("shop", Window(began, world.clock.now())).result(timeout=10)

    assert uptime.not_observed >= timedelta(hours=3)
    assert uptime.down == timedelta(0)


def test_the_days_that_looks_are_kept_follow_the_settings(port):
    class Keeper:
        def __init__(self):
            self.days = asyncio.Queue()

        def hear(self, at):
            pass

        def keep_looks(self, days):
            self.days.put_nowait(days)

    async def run():
        keeper = Keeper()
        source = Source(settings_for(local("shop", port), history=HistoryOptions(keep_looks=3)))
        session = Session(
            source.settings,
            source,
            Instruments(NetworkOptions(), build_network, HastyClock()),
            starter=(),
            read_surroundings=lambda: "home",
            clock=HastyClock(),
            emit=lambda events: None,
            keeper=keeper,
        )
        session.begin()
        running = asyncio.create_task(session.run())
        async with asyncio.timeout(10):
            while await keeper.days.get() != 3:
                pass
            source.edit(settings_for(local("shop", port), history=HistoryOptions(keep_looks=5)))
            while await keeper.days.get() != 5:
                pass
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(run())


def test_a_service_is_paused_and_goes_on(port):
    with watched(settings_for(local("shop", port), local("blog", port))) as world:
        world.monitor.change(ChangeServices(("shop",), {"paused": True})).result(timeout=10)
        paused = [state.verdict for state in world.monitor.snapshot().states]
        world.monitor.change(ChangeServices(("shop",), {"paused": None})).result(timeout=10)

        assert paused[0] is Verdict.PAUSED
        assert paused[1] is not Verdict.PAUSED
        eventually(lambda: world.monitor.snapshot().states[0].verdict is Verdict.UP)


def test_a_change_is_followed_at_once_and_taken_back(port):
    with watched(settings_for(local("shop", port), local("blog", port))) as world:
        eventually(lambda: len(world.told(ResultArrived)) == 2)

        undo = world.monitor.change(RemoveServices(("blog",))).result(10)
        fewer = [service.id for service in world.monitor.snapshot().services]
        world.monitor.undo(undo).result(10)

        assert fewer == ["shop"]
        assert [service.id for service in world.monitor.snapshot().services] == ["shop", "blog"]
        assert world.monitor.stored().result(10).ids == ("shop", "blog")
        assert [event.service_id for event in world.told(ResultArrived)].count("shop") == 1


@pytest.mark.parametrize("refusal", [SettingsInvalid(FILE, []), SettingsNotWritten("No."), UnknownService("No.")])
def test_what_cannot_be_changed_is_told_by_the_future(port, refusal):
    with watched(settings_for(local("shop", port))) as world:
        world.source.refusal = refusal

        assert world.monitor.change(RemoveServices(("shop",))).exception(10) is refusal


def test_a_check_is_tried_without_being_watched_or_recorded(port, tmp_path):
    with watched(settings_for(local("shop", port)), data_folder=tmp_path) as world:
        eventually(lambda: world.told(ResultArrived))
        result = world.monitor.try_check(TcpCheck(host="localhost", port=port)).result(10)

        assert result.failure is None
        assert {event.service_id for event in world.told(ResultArrived)} == {"shop"}
    with read_history(tmp_path) as reader:
        assert [known.service_id for known in reader.services()] == ["shop"]


def removed_from(folder):
    with closing(sqlite3.connect(folder / NAME)) as connection:
        return {service for (service,) in connection.execute("SELECT service FROM services WHERE removed_at")}


def test_the_past_of_a_service_goes_only_where_the_user_removed_it(port, tmp_path):
    shop, blog, bank = (local(name, port) for name in ("shop", "blog", "bank"))
    with watched(settings_for(shop, blog, bank), data_folder=tmp_path) as world:
        world.monitor.change(RemoveServices(("bank",))).result(10)
        undo = world.monitor.change(RemoveServices(("blog",))).result(10)
        world.monitor.undo(undo).result(10)
        world.monitor.history.flush().result(10)
        undone = removed_from(tmp_path)
        world.monitor.change(RemoveServices(("blog",))).result(10)
        world.monitor.history.flush().result(10)
        while_running = removed_from(tmp_path)

    with watched(settings_for(bank), data_folder=tmp_path):
        pass

    assert undone == {"bank"}
    assert while_running == {"bank", "blog"}
    assert removed_from(tmp_path) == {"blog"}


def test_a_settings_file_that_is_gone_for_a_while_removes_nothing(port, tmp_path):
    with watched(settings_for(local("shop", port)), starter=(local("starter", port),), data_folder=tmp_path) as world:
        world.source.edit(settings_for())
        eventually(lambda: [service.id for service in world.monitor.snapshot().services] == ["starter"])

    assert removed_from(tmp_path) == set()


def test_where_none_is_to_be_watched_the_starter_set_stays_away(port):
    with watched(settings_for(none=True), starter=(local("starter", port),)) as world:
        eventually(lambda: world.told(ServicesChanged))

        assert world.monitor.snapshot().services == ()


def test_what_is_asked_for_where_nothing_is_watched_is_cancelled(port):
    def questions(monitor):
        change = RemoveServices(("shop",))
        return [
            monitor.change(change),
            monitor.undo(Undo(change, "", "")),
            monitor.stored(),
            monitor.try_check(TcpCheck(host="localhost", port=port)),
        ]

    never = questions(Watched(settings_for()).monitor)
    with watched(settings_for(local("shop", port))) as world:
        pass
    after = questions(world.monitor)
    broken = Watched(SettingsInvalid(FILE, [])).monitor
    broken.start().exception(10)
    eventually(lambda: not broken.running)

    assert all(future.cancelled() for future in [*never, *after, *questions(broken)])


def test_a_second_monitor_on_the_same_folder_reads_and_says_so(port, tmp_path):
    with watched(settings_for(local("shop", port)), data_folder=tmp_path) as first:
        eventually(lambda: first.told(ResultArrived))
        first.monitor.history.flush().result(timeout=10)
        with watched(settings_for(local("shop", port)), data_folder=tmp_path) as second:
            eventually(lambda: second.told(HistoryKept))

            assert second.monitor.snapshot().kept.keeping is Keeping.ELSEWHERE
            assert len(second.monitor.history.services().result(timeout=10)) == 1

    assert first.monitor.snapshot().kept is None


def test_a_stopped_monitor_takes_commands_without_harm(port):
    with watched(settings_for(local("shop", port))) as world:
        pass

    world.monitor.check_now(["shop"])
    world.monitor.stop()

    assert not world.monitor.running
    assert world.monitor.fault is None


def test_a_monitor_that_was_never_started_can_be_stopped():
    monitor = Watched(settings_for()).monitor

    monitor.stop()

    assert monitor.snapshot() == Snapshot()


def test_a_fault_of_the_program_is_kept_and_told(port):
    woken = []

    def broken(events):
        woken.append(events)
        if events:
            raise ZeroDivisionError

    world = Watched(settings_for(local("shop", port)))
    world.monitor.subscribe(broken)
    world.monitor.start()

    eventually(lambda: not world.monitor.running)

    assert isinstance(world.monitor.fault, ZeroDivisionError)
    assert woken[-1] == []
    world.monitor.stop()
