from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from fakes.desktop import PALETTES
from manara.ui.form.label import Label, Weight
from manara.ui.theme import READABLE, contrast


def test_faint_text_and_problems_are_readable_on_every_palette(qtbot, qapp, palette):
    qapp.setPalette(palette)

    for weight in (Weight.FAINT, Weight.PROBLEM):
        label = Label("text", weight)
        qtbot.addWidget(label)
        ink = label.palette().color(QPalette.ColorRole.WindowText)
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            assert contrast(ink, palette.color(role)) >= READABLE


def test_a_label_takes_over_another_palette(qtbot, qapp):
    label = Label("text", Weight.FAINT)
    qtbot.addWidget(label)
    label.show()

    qapp.setPalette(PALETTES["dark"])
    qapp.processEvents()

    ink = label.palette().color(QPalette.ColorRole.WindowText)
    assert contrast(ink, PALETTES["dark"].color(QPalette.ColorRole.Window)) >= READABLE


def test_text_begins_where_reading_begins_and_is_plain(qtbot, qapp):
    label = Label("<b>x</b>", Weight.TITLE)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.alignment() & Qt.AlignmentFlag.AlignLeft

    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert label.alignment() & Qt.AlignmentFlag.AlignRight
