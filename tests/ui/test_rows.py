import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.desktop import PALETTES
from manara.model import Verdict
from manara.ui.plain import bare
from manara.ui.rows import Line, Rows
from manara.wording import Tone, Translator


@pytest.fixture
def rows(qtbot):
    made = Rows(Translator(), "Things", ("Name", "Text"), widest=1, numbers=0)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    made.setFocus()
    return made


def test_a_line_is_a_row_of_isolated_texts(rows):
    rows.show_lines([Line(("a", "text"), heading=True), Line(("", "other"), "spoken")])

    assert [rows.topLevelItem(0).text(column) for column in range(2)] == ["\u2068a\u2069", "\u2068text\u2069"]
    assert rows.topLevelItem(0).font(0).bold()
    assert rows.topLevelItem(1).text(0) == ""
    assert rows.topLevelItem(0).data(0, Qt.ItemDataRole.AccessibleTextRole) == "text"
    assert rows.topLevelItem(1).data(0, Qt.ItemDataRole.AccessibleTextRole) == "spoken"
    assert rows.accessibleName() == "Things"


def test_a_tip_is_never_markup(rows):
    rows.show_lines([Line(("", "<img src=x>")), Line(("", "short"), tip="<b>long</b>")])

    tips = [rows.topLevelItem(row).toolTip(1) for row in range(2)]
    shown = QTextDocument()
    shown.setHtml("".join(tips))
    assert shown.toPlainText() == "<img src=x>\n<b>long</b>"


def test_the_same_lines_are_not_filled_in_anew(rows):
    rows.show_lines([Line(("a", "text"))])
    first = rows.topLevelItem(0)

    rows.show_lines((Line(("a", "text")),))

    assert rows.topLevelItem(0) is first


def test_another_palette_gives_other_colours(rows, program):
    rows.show_lines([Line(("a", "text"), mark=Verdict.DOWN, tone=Tone.BAD)])
    light = rows.topLevelItem(0).foreground(1).color()

    program.setPalette(PALETTES["dark"])
    QApplication.processEvents()

    assert rows.topLevelItem(0).foreground(1).color() != light
    assert not rows.topLevelItem(0).icon(0).isNull()


def test_selected_lines_are_copied_with_the_keyboard_in_their_order(rows):
    rows.show_lines([Line(("a", "text")), Line(("", "b")), Line(("c", "short"), tip="all of it")])
    rows.selectAll()

    QTest.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "a\ttext\nb\nall of it"


def test_a_line_can_be_reached_with_the_keyboard_and_copied(rows):
    rows.show_lines([Line(("a", "text")), Line(("b", "other"))])

    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    rows.copy()

    assert QGuiApplication.clipboard().text() in ("a\ttext", "b\tother")


def test_the_menu_offers_to_copy(rows):
    assert [action.text() for action in rows.actions()] == ["Copy"]
    assert rows.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu


ADDRESS = "2001:0db8:85a3:0000:0000:8a2e:0370:7334"


def test_a_long_address_is_shown_in_full_and_in_its_order(rows):
    rows.show_lines([Line(("a", f"connected to {ADDRESS}"))])
    narrow = rows.visualItemRect(rows.topLevelItem(0)).height()

    rows.resize(700, 200)
    QApplication.processEvents()

    assert bare(rows.topLevelItem(0).text(1)) == f"connected to {ADDRESS}"
    assert rows.topLevelItem(0).text(1).count("\u2068") == 2
    assert narrow > rows.visualItemRect(rows.topLevelItem(0)).height()
    assert rows.topLevelItem(0).data(1, Qt.ItemDataRole.AccessibleTextRole) == f"connected to {ADDRESS}"
    assert rows.textElideMode() is Qt.TextElideMode.ElideMiddle


def test_rows_without_a_mark_begin_where_the_others_do(qtbot):
    lines = (Line(("first", "one"), mark=Verdict.DOWN), Line(("second", "two")))

    def icons(**looks):
        made = Rows(Translator(), "Rows", ("A", "B"), widest=1, **looks)
        qtbot.addWidget(made)
        made.show_lines(lines)
        return [not made.topLevelItem(row).icon(0).isNull() for row in range(2)]

    assert icons() == [True, False]
    assert icons(aligned=True) == [True, True]


def test_airy_rows_are_taller(qtbot):
    def height(**looks):
        made = Rows(Translator(), "Rows", ("A", "B"), widest=1, **looks)
        qtbot.addWidget(made)
        made.show_lines((Line(("first", "one")),))
        made.show()
        QApplication.processEvents()
        return made.visualItemRect(made.topLevelItem(0)).height()

    assert height(airy=True) > height()
