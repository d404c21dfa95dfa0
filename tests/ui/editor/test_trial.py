from concurrent.futures import Future

import pytest

from fakes.commands import FakeCommands
from fakes.recorded import NOW
from manara.model import CheckResult, Facts, Failure, Reason, Timings
from manara.probes.http import HttpCheck
from manara.ui.editor.trial import Trial
from manara.ui.plain import bare
from manara.wording import Translator

CHECK = HttpCheck(url="https://shop.example/")
GOOD = CheckResult(
    NOW,
    None,
    Timings(dns_ms=4.2, connect_ms=11.0, tls_ms=23.4, first_byte_ms=101.2, total_ms=143.0),
    "203.0.113.7",
    Facts(addresses=("203.0.113.7",), resolver="192.0.2.53", tls_version="TLSv1.3", http_status=200, body_bytes=12),
)
BAD = CheckResult(NOW, Failure(Reason.CONNECT_TIMEOUT), Timings(dns_ms=4.2, total_ms=10_000.0), "203.0.113.7")


@pytest.fixture
def commands():
    return FakeCommands()


@pytest.fixture
def trial(qtbot, commands):
    made = Trial(Translator(), lambda: NOW, commands.try_check)
    qtbot.addWidget(made)
    made.show()
    return made


def said(trial):
    return bare(trial.sentence.text())


def rows(trial):
    items = [trial.rows.topLevelItem(row) for row in range(trial.rows.topLevelItemCount())]
    return [[bare(item.text(column)) for column in range(3)] for item in items]


def test_pressing_the_button_is_a_wish(qtbot, trial):
    with qtbot.waitSignal(trial.wished):
        trial.button.click()

    assert not trial.is_looking


def test_a_good_look_shows_every_step_with_times_and_addresses(qtbot, trial, commands):
    commands.answers["try"] = GOOD

    trial.look(CHECK)
    assert said(trial) == "Looking…"
    assert not trial.rows.isVisible()

    qtbot.waitUntil(trial.rows.isVisible)
    assert said(trial) == "Up: 143 ms"
    assert [row[0] for row in rows(trial)] == ["http", "DNS", "TCP", "TLS", "HTTP", "Content"]
    assert rows(trial)[2] == ["TCP", "11 ms", "203.0.113.7"]
    assert commands.tried == [CHECK]


def test_a_bad_look_shows_on_which_step_it_failed(qtbot, trial, commands):
    commands.answers["try"] = BAD

    trial.look(CHECK)

    qtbot.waitUntil(trial.rows.isVisible)
    assert said(trial).startswith("Down: The address does not answer")
    assert [row[0] for row in rows(trial)] == ["http", "DNS", "TCP"]


def test_a_look_is_stopped_by_the_same_button(trial, commands):
    look = commands.answers["try"] = Future()
    trial.look(CHECK)
    assert trial.button.text() == "S&top"

    trial.button.click()

    assert look.cancelled()
    assert said(trial) == "The look was stopped."
    assert trial.button.text() == "&Try it"


def test_closing_ends_a_look(trial, commands):
    look = commands.answers["try"] = Future()
    trial.look(CHECK)

    trial.close_questions()

    assert look.cancelled()


def test_a_look_that_cannot_be_had_says_why(qtbot, trial, commands):
    commands.answers["try"] = OSError("Too many open files.")

    trial.look(CHECK)

    qtbot.waitUntil(lambda: said(trial) == "There was no look: Too many open files.")


def test_when_nothing_is_watched_any_more_that_is_told(qtbot, trial, commands):
    gone = commands.answers["try"] = Future()
    gone.cancel()

    trial.look(CHECK)

    qtbot.waitUntil(lambda: said(trial) == "Nothing is watched any more, so nothing can be tried.")
