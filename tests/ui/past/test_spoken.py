import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from manara.ui.past.spoken import announce


@pytest.fixture
def screen_reader():
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def test_without_a_screen_reader_nothing_is_said(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)

    announce(widget, "Up")


def test_a_screen_reader_is_told(qtbot, screen_reader):
    widget = QWidget()
    qtbot.addWidget(widget)

    announce(widget, "Up")

    assert QAccessible.isActive()
