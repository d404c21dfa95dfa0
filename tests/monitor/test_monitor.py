import asyncio
import socket
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from fakes.checks import make_service
from fakes.waiting import eventually
from manara.model import (
    CheckDefaults,
    LineChanged,
    NetworkOptions,
    NotObserved,
    ResultArrived,
    ServicesChanged,
    SettingsRefused,
    SystemClock,
    Verdict,
)
from manara.monitor import Monitor, Snapshot
from manara.probes import TcpCheck, build_network
from manara.settings import Problem, Settings, SettingsInvalid

FILE = Path("settings.toml")


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


class Watched:
    """A monitor with everything around it."""

    def __init__(self, settings, **options):
        self.source = Source(settings)
        self.networks = []
        self.surroundings = "home"
        self.clock = HastyClock()
        self.events = []
        self.monitor = Monitor(
            self.source,
            build_network=self.build_network,
            read_surroundings=lambda: self.surroundings,
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
    world.monitor.start()
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

    with pytest.raises(SettingsInvalid):
        monitor.start()

    assert not monitor.running


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
