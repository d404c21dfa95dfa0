import threading
import time

import shiboken6
from PySide6.QtCore import QThread

from fakes.desktop import answered, looked_at
from manara.ui.bridge import AT_MOST_EVERY_MS, Bridge

UP = looked_at()
THREADS = 4
EACH = 2500


def told_by(bridge, *batches):
    """Put batches from a thread of its own, as the engine does."""
    thread = threading.Thread(target=lambda: [bridge.put(batch) for batch in batches])
    thread.start()
    return thread


def test_events_arrive_on_the_thread_of_the_window_as_they_were(qtbot):
    bridge, heard, threads = Bridge(), [], []
    bridge.arrived.connect(heard.append)
    bridge.arrived.connect(lambda _events: threads.append(QThread.currentThread()))
    event = answered("a", UP)

    with qtbot.waitSignal(bridge.arrived):
        told_by(bridge, [event]).join()

    assert heard == [[event]]
    assert heard[0][0] is event
    assert threads == [bridge.thread()]


def test_what_comes_together_arrives_together(qtbot):
    bridge, heard = Bridge(), []
    bridge.arrived.connect(heard.append)

    with qtbot.waitSignal(bridge.arrived):
        bridge.put([answered("a", UP), answered("b", UP)])
        bridge.put([answered("c", UP)])

    assert [[event.service_id for event in events] for events in heard] == [["a", "b", "c"]]


def test_an_empty_list_wakes_the_window(qtbot):
    bridge = Bridge()

    with qtbot.waitSignal(bridge.arrived) as arrived:
        bridge.put([])

    assert arrived.args == [[]]


def test_ten_thousand_events_from_four_threads_arrive_once_and_in_order(qtbot):
    bridge, heard, moments = Bridge(), [], []
    bridge.arrived.connect(heard.extend)
    bridge.arrived.connect(lambda _events: moments.append(time.monotonic()))
    began = time.monotonic()

    threads = [
        told_by(bridge, *[[answered(f"{thread}", UP, ms=float(n))] for n in range(EACH)]) for thread in range(THREADS)
    ]
    qtbot.waitUntil(lambda: len(heard) >= THREADS * EACH)
    for thread in threads:
        thread.join()

    for thread in range(THREADS):
        own = [event.result.timings.total_ms for event in heard if event.service_id == f"{thread}"]
        assert own == [float(n) for n in range(EACH)]
    assert len(heard) == THREADS * EACH
    assert len(moments) <= (moments[-1] - began) * 1000 / (AT_MOST_EVERY_MS - 1) + 1


def test_the_window_is_woken_at_most_ten_times_a_second(qtbot):
    bridge, moments = Bridge(), []
    bridge.arrived.connect(lambda _events: moments.append(time.monotonic()))
    bridge.arrived.connect(lambda _events: bridge.put([answered("a", UP)]))
    bridge.put([answered("a", UP)])

    qtbot.waitUntil(lambda: len(moments) == 5)

    assert moments[4] - moments[0] >= 4 * (AT_MOST_EVERY_MS - 1) / 1000


def test_what_comes_after_a_rest_is_not_kept_waiting(qtbot):
    bridge = Bridge()

    bridge._plan()

    assert bridge._timer.remainingTime() == 0


def test_two_threads_that_wake_it_at_once_do_not_delay_it(qtbot):
    bridge = Bridge()
    bridge._pass_on()
    bridge._plan()
    left = bridge._timer.remainingTime()

    bridge._plan()

    assert bridge._timer.remainingTime() <= left


def test_telling_a_window_that_is_gone_harms_nobody(qtbot):
    bridge = Bridge()
    told = threading.Event()

    def tell():
        for n in range(2000):
            bridge.put([answered("a", UP, ms=float(n))])
            told.set()

    thread = threading.Thread(target=tell)
    thread.start()
    told.wait(30)
    shiboken6.delete(bridge)
    thread.join()
    bridge._awaited = False

    bridge.put([answered("a", UP)])
