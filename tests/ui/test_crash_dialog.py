from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontInfo, QGuiApplication
from PySide6.QtTest import QTest

from manara.ui.crash_dialog import CrashDialog
from manara.wording import Translator

FILE = Path("/home/somebody/.local/state/manara/last-crash.txt")
REPORT = "\n".join(["<b>boom</b>", *(f"line {number} " + "x" * 200 for number in range(400))])


@pytest.fixture
def dialog(qtbot):
    dialog = CrashDialog(Translator(), REPORT, FILE)
    # It deletes itself when it is closed.
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_report_is_plain_text_of_one_width_that_nobody_can_change(dialog):
    assert dialog.report.toPlainText() == REPORT
    assert dialog.report.isReadOnly()
    assert QFontInfo(dialog.report.font()).fixedPitch()


def test_the_report_has_most_of_the_dialog_and_grows_with_it(dialog):
    before = dialog.report.height()
    assert before > dialog.height() / 2

    dialog.resize(dialog.width(), dialog.height() + 100)
    qt_has_laid_out(dialog)

    assert dialog.report.height() == before + 100
    assert dialog.isSizeGripEnabled()


def qt_has_laid_out(dialog):
    dialog.layout().activate()


def test_it_fits_on_the_screen(dialog):
    room = dialog.screen().availableSize()

    assert dialog.sizeHint().width() <= room.width()
    assert dialog.sizeHint().height() <= room.height()


def test_the_report_is_copied(dialog):
    dialog.copy.click()

    assert QGuiApplication.clipboard().text() == REPORT
    assert dialog.isVisible()


def test_its_file_is_told_and_can_be_selected(dialog):
    dialog.file.selectAll()

    assert dialog.file.selectedText() == str(FILE)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_keyboard_closes_it(dialog, key):
    QTest.keyClick(dialog, key)

    assert not dialog.isVisible()


def test_a_report_stays_from_left_to_right_in_every_language(dialog):
    dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert dialog.report.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert dialog.file.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_it_is_heard(dialog):
    told = QAccessible.queryAccessibleInterface(dialog.report)

    assert told.text(QAccessible.Text.Name) == "Report"
    assert told.text(QAccessible.Text.Description) == "What Manara noted when it happened"
