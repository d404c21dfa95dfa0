import pytest
from PySide6.QtCore import Qt

from manara.ui.plain_label import begin_at_the_start, plain_label


@pytest.fixture
def label(qtbot):
    made = plain_label()
    qtbot.addWidget(made)
    return made


def test_what_looks_like_markup_stays_text(label):
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize(
    ("direction", "side"),
    [
        (Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignLeft),
        (Qt.LayoutDirection.RightToLeft, Qt.AlignmentFlag.AlignRight),
    ],
)
def test_a_text_begins_where_reading_begins_whatever_its_letters(label, direction, side):
    label.setLayoutDirection(direction)
    label.setText("English")

    begin_at_the_start(label)

    assert label.alignment() & side
    assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute
