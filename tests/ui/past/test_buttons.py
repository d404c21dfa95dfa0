import pytest
from PySide6.QtWidgets import QPushButton

from manara.ui.past.buttons import named


@pytest.mark.parametrize(("text", "heard"), [("&Next", "Next"), ("Take &all out", "Take all out"), ("A && B", "A & B")])
def test_the_sign_that_underlines_a_letter_is_not_read_aloud(qtbot, text, heard):
    button = QPushButton()
    qtbot.addWidget(button)

    named(button, text, "Go on")

    assert button.accessibleName() == heard
    assert text in button.text()
