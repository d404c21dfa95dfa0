import os
import signal

import pytest

from manara.ui.unix_signals import UnixSignals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_of_the_system_becomes_one_of_qt(qtbot, number):
    signals = UnixSignals()

    with signals.heard(), qtbot.waitSignal(signals.asked_to_end):
        os.kill(os.getpid(), number)


def test_afterwards_everything_is_as_it_was():
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]

    with UnixSignals().heard():
        during = [signal.getsignal(number) for number in numbers]

    assert before != during
    assert [signal.getsignal(number) for number in numbers] == before
    assert signal.set_wakeup_fd(-1) == -1


def test_it_is_as_it_was_after_an_error_too():
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(ValueError, match="boom"), UnixSignals().heard():
        raise ValueError("boom")

    assert signal.getsignal(signal.SIGTERM) is before
