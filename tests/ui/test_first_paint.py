import pytest
from PySide6.QtWidgets import QApplication, QWidget

from manara.ui.first_paint import FirstPaint


@pytest.fixture
def widget(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_it_is_told_once_after_the_first_frame(widget, qtbot):
    heard = []
    first = FirstPaint(widget)
    first.passed.connect(lambda: heard.append(1))

    with qtbot.waitSignal(first.passed):
        widget.show()
    widget.repaint()
    QApplication.processEvents()

    assert heard == [1]


def test_a_window_that_is_never_painted_is_not_waited_for(widget, qtbot):
    first = FirstPaint(widget)
    first._latest.setInterval(0)
    heard = []
    first.passed.connect(lambda: heard.append(1))

    qtbot.waitUntil(lambda: heard == [1])
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()

    assert heard == [1]
