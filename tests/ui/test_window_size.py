from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from manara.ui.window_size import take_size


def test_a_window_is_as_large_as_it_is_read_well(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    em = window.fontMetrics().height()

    take_size(window, 10, 5)

    assert (window.width(), window.height()) == (10 * em, 5 * em)


def test_a_window_is_smaller_than_the_screen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    room = QGuiApplication.primaryScreen().availableSize()

    take_size(window, 10_000, 10_000)

    assert (window.width(), window.height()) == (round(room.width() * 0.95), round(room.height() * 0.9))
