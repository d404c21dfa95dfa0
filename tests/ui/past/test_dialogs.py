from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from manara.model import Label, Verdict, Window
from manara.ui.past.dialogs import Dialogs
from manara.ui.past.lane import Kind
from manara.wording import Translator

NOW = datetime(2021, 10, 4, 15, tzinfo=UTC)
STRETCH = Window(NOW - timedelta(hours=2), NOW - timedelta(hours=1))
LABEL = Label(7, "shop", STRETCH, Verdict.MAINTENANCE, "moved")


@pytest.fixture
def dialogs(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Dialogs(Translator(), window)


def test_labels_are_wished_for_and_listed(qtbot, dialogs):
    dialogs.open_labels("Shop", STRETCH, NOW)
    dialogs.show_labels((LABEL,))

    with qtbot.waitSignal(dialogs.label_wished) as wished:
        dialogs.labels.put.click()
    with qtbot.waitSignal(dialogs.unlabel_wished) as unwished:
        dialogs.labels.take_back.click()

    assert wished.args == [STRETCH, Verdict.MAINTENANCE, ""]
    assert unwished.args == [7]


def test_labels_that_come_too_late_are_dropped(dialogs):
    dialogs.open_labels("Shop", STRETCH, NOW)
    dialogs.labels.reject()

    dialogs.show_labels((LABEL,))

    assert dialogs.labels is None


def test_a_period_is_chosen(qtbot, dialogs):
    dialogs.open_period(STRETCH, NOW)

    with qtbot.waitSignal(dialogs.period_chosen) as chosen:
        dialogs.period.accept()

    assert chosen.args == [STRETCH]
    assert dialogs.period is None


def test_help_is_opened_and_closed(dialogs):
    dialogs.open_help(Kind.LATENCY)
    assert dialogs.help.isVisible()

    dialogs.help.reject()

    assert dialogs.help is None
