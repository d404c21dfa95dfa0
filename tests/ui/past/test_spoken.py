import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from manara.ui.past.spoken import announce, tell_as_chart


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


class Drawing(QWidget):
    """Something that looks like a chart."""


def role(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    widget.setAccessibleName("Latency")
    told = QAccessible.queryAccessibleInterface(widget)
    return told.role(), told.text(QAccessible.Text.Name)


def test_a_chart_is_told_as_a_chart_and_nothing_else_is(qtbot):
    tell_as_chart(Drawing)
    tell_as_chart(Drawing)

    assert role(qtbot, Drawing) == (QAccessible.Role.Chart, "Latency")
    assert role(qtbot, QWidget)[0] is not QAccessible.Role.Chart
