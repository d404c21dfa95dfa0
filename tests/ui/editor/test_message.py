import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from fakes.desktop import PALETTES
from manara.ui.editor.message import Message
from manara.ui.theme import READABLE, VISIBLE, contrast, theme_of
from manara.wording import Tone


@pytest.fixture
def message(qtbot):
    shown = Message()
    qtbot.addWidget(shown)
    shown.resize(300, 60)
    yield shown
    QApplication.setPalette(QPalette())


@pytest.mark.parametrize("palette", PALETTES)
def test_a_bar_can_be_read_and_stands_out_in_every_palette(qtbot, message, palette):
    message.tell("Something matters.")

    QApplication.setPalette(PALETTES[palette])

    wanted = theme_of(PALETTES[palette]).ground(Tone.WARNING)
    qtbot.waitUntil(lambda: message.palette().color(QPalette.ColorRole.Window) == wanted)
    ground = message.palette().color(QPalette.ColorRole.Window)
    assert contrast(message.text.palette().color(QPalette.ColorRole.WindowText), ground) >= READABLE
    assert contrast(theme_of(QApplication.palette()).tones[Tone.WARNING], ground) >= VISIBLE


def test_the_bar_of_colour_stands_where_reading_begins(message):
    message.tell("Something matters.")
    edge = theme_of(QApplication.palette()).tones[Tone.WARNING].name()

    left_to_right = message.grab().toImage()
    message.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right_to_left = message.grab().toImage()

    assert left_to_right.pixelColor(2, 30).name() == edge
    assert left_to_right.pixelColor(297, 30).name() != edge
    assert right_to_left.pixelColor(297, 30).name() == edge
    assert right_to_left.pixelColor(2, 30).name() != edge


def test_a_bar_tells_what_it_says_only_while_it_is_there(message):
    assert not message.says("")

    message.tell("Something matters.")
    assert message.says("Something matters.")
    assert not message.says("Something else.")

    message.clear()
    assert not message.says("Something matters.")
