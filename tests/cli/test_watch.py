import json
import os
import signal
import threading
from datetime import timedelta

import pytest

from fakes.monitor import FakeMonitor
from fakes.recorded import BEGAN, NOW, dns_dead, service, up
from fakes.terminal import pipe
from manara.cli.views import JsonView
from manara.cli.watch import run_watch
from manara.model import Line, NotObserved, SettingsInvalid
from manara.monitor import Snapshot
from manara.wording import Translator

DOWN = Snapshot(Line(), (service(),), (dns_dead(),))
UP = Snapshot(Line(), (service(),), (up(),))
EVENT = NotObserved(BEGAN.after, BEGAN.by)
A_WHILE = timedelta(seconds=0.02)


def json_view():
    console = pipe()
    return JsonView(Translator(), lambda: NOW, console), console.file


def events_in(file):
    return [json.loads(line)["event"] for line in file.getvalue().splitlines()]


def test_a_watch_shows_every_event_and_ends_after_a_while_with_the_final_state():
    view, file = json_view()
    monitor = FakeMonitor(DOWN, [EVENT], [EVENT, EVENT])

    code = run_watch(monitor, view, A_WHILE)

    assert code == 2
    assert events_in(file) == ["not-observed"] * 3 + ["final"]
    assert monitor.stopped


def test_a_watch_that_sees_only_good_services_ends_with_0():
    view, _ = json_view()

    assert run_watch(FakeMonitor(UP), view, A_WHILE) == 0


class Flooding(FakeMonitor):
    """A monitor that never stops telling."""

    def start(self):
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._flood)
        self._thread.start()
        return super().start()

    def stop(self):
        self._over.set()
        self._thread.join()

    def _flood(self):
        while not self._over.wait(0.001):
            for listener in self._listeners:
                listener([EVENT])


def test_a_flood_of_events_is_shown_frame_by_frame_and_does_not_keep_the_watch_from_ending():
    # A machine that stands still for a while may need longer.
    for length_s in (0.3, 3, 10):
        view, file = json_view()

        run_watch(Flooding(UP), view, timedelta(seconds=length_s))

        assert events_in(file)[-1] == "final"
        if len(events_in(file)) > 10:
            break
    else:
        pytest.fail("the flood was not shown")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_watch_with_the_final_state_and_leaves_the_handlers_as_they_were(number):
    before = signal.getsignal(number)
    view, file = json_view()
    monitor = FakeMonitor(DOWN, [EVENT], on_start=lambda: os.kill(os.getpid(), number))

    code = run_watch(monitor, view)

    assert code == 2
    assert events_in(file) == ["not-observed", "final"]
    assert monitor.stopped
    assert signal.getsignal(number) is before


def test_the_second_ctrl_c_ends_at_once():
    view, _ = json_view()

    def twice():
        # To this very thread: one that is sent to the process may come together with the other.
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monitor = FakeMonitor(DOWN, on_start=twice)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            run_watch(monitor, view)
    finally:
        signal.signal(signal.SIGINT, before)

    assert monitor.stopped


def test_a_monitor_that_broke_is_not_shown_as_if_it_still_measured():
    view, _ = json_view()
    monitor = FakeMonitor(UP, [])
    monitor.fault = RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        run_watch(monitor, view)

    assert monitor.stopped


def test_settings_that_cannot_be_used_end_it_before_anything_is_shown(tmp_path):
    view, file = json_view()

    def refuse():
        raise SettingsInvalid(tmp_path / "settings.toml", [])

    monitor = FakeMonitor(Snapshot(), on_start=refuse)
    with pytest.raises(SettingsInvalid):
        run_watch(monitor, view)

    assert monitor.stopped
    assert file.getvalue() == ""
