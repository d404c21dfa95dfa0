"""Whatever is added to a window: a screen reader must be able to say what it is."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fakes.checks import make_service
from fakes.desktop import watched
from fakes.ears import reachable, undescribed, unnamed
from fakes.recorded import NOW
from manara.ui.crash_dialog import CrashDialog
from manara.ui.window import Window
from manara.wording import Translator

TR = Translator()


class Deaf:
    """Takes every command and does nothing."""

    def check_now(self, service_ids):
        """Look at nothing."""

    def undo(self, undo):
        """Take nothing back."""

    def acknowledge(self, service_ids):
        """Acknowledge nothing."""

    unacknowledge = acknowledge


def window():
    made = Window(TR, lambda: NOW, Deaf())
    made.take([watched(replace(make_service("shop"), group="Work", tags=("eu",)))])
    made.open_service("shop")
    return made


def crash_dialog():
    dialog = CrashDialog(TR, "boom", Path("crash.txt"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    return dialog


@pytest.fixture(params=[window, crash_dialog])
def shown(request, qtbot):
    made = request.param()
    qtbot.addWidget(made)
    made.show()
    return made


def test_everything_that_can_be_reached_has_a_name(shown):
    assert len(reachable(shown)) > 2
    assert unnamed(shown) == []


def test_everything_that_can_be_reached_says_what_it_is_for(shown):
    assert undescribed(shown) == []


def test_from_right_to_left_too(qtbot):
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made = window()
    qtbot.addWidget(made)

    assert unnamed(made) == []


def test_what_has_no_name_would_be_found(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    nameless = [QComboBox(), QLineEdit(), QPushButton()]
    for widget in (*nameless, QPushButton("Named")):
        layout.addWidget(widget)
    nameless[0].addItem("chosen")
    nameless[0].view().setAccessibleName("Things")

    assert unnamed(holder) == nameless
    assert set(nameless) < set(undescribed(holder))
