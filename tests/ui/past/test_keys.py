import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from manara.ui.past.keys import TOLD, KeysDialog, Wish, bind
from manara.ui.past.lane import Kind
from manara.wording import Translator

CONTROL, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.mark.parametrize(
    ("key", "modifier", "wish"),
    [
        (Qt.Key.Key_T, CONTROL, Wish.TABLE),
        (Qt.Key.Key_Left, ALT, Wish.EARLIER),
        (Qt.Key.Key_Right, ALT, Wish.LATER),
        (Qt.Key.Key_Plus, CONTROL, Wish.ZOOM_IN),
        (Qt.Key.Key_Minus, CONTROL, Wish.ZOOM_OUT),
        (Qt.Key.Key_0, CONTROL, Wish.RESET),
        (Qt.Key.Key_F5, NONE, Wish.REFRESH),
        (Qt.Key.Key_F1, NONE, Wish.HELP),
    ],
)
def test_each_key_wishes_what_it_is_for(qtbot, key, modifier, wish):
    window, wished = QWidget(), []
    qtbot.addWidget(window)
    bind(window, {each: lambda each=each: wished.append(each) for each in Wish})
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    QTest.keyClick(window, key, modifier)

    assert wished == [wish]


def test_the_dialog_tells_every_key_and_sign(qtbot):
    dialog = KeysDialog(Translator(), Kind.PHASES)
    qtbot.addWidget(dialog)

    assert all(f"{keys}: {what}" in dialog.accessibleDescription() for keys, what in TOLD)
    assert dialog.legend.accessibleDescription().startswith("DNS, Connection")
    assert dialog.windowTitle() == "Keys and signs"
