from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtWidgets import QApplication

from manara.ui.plain import bare, isolated, tooltip


def test_markup_in_a_tooltip_stays_text():
    shown = QTextDocument()

    shown.setHtml(tooltip("<b>bold</b> & <img src=x>", "", "second"))

    assert shown.toPlainText() == "<b>bold</b> & <img src=x>\nsecond"


def test_nothing_to_say_is_no_tooltip():
    assert tooltip("", "") == ""


def test_isolated_text_takes_no_room_of_its_own():
    metrics = QFontMetrics(QApplication.font())

    assert isolated("143 ms") == "\u2068143 ms\u2069"
    assert isolated("") == ""
    assert metrics.horizontalAdvance(isolated("143 ms")) == metrics.horizontalAdvance("143 ms")


def test_without_its_marks_text_is_as_it_was():
    assert bare(f"{isolated('Shop')}: {isolated('143 ms')}") == "Shop: 143 ms"
