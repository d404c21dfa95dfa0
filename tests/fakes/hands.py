"""What the hands of a user do in forms."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit


def type_into(editor, text):
    """Replace what stands in an editor of a form by what is typed, and leave it."""
    control = editor.control
    if isinstance(control, QPlainTextEdit):
        control.setPlainText(text)
    else:
        assert isinstance(control, QLineEdit)
        control.selectAll()
        control.del_()
        QTest.keyClicks(control, text)
        # What was emptied by hand is told as well.
        if not text:
            control.setModified(True)
            control.textEdited.emit("")
    editor.committed.emit()


def choose(box: QComboBox, value):
    """Choose the item that stands for a value."""
    position = box.findData(value)
    assert position >= 0
    box.setCurrentIndex(position)
    box.activated.emit(position)
