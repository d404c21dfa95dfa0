"""The question before a window with unsaved edits closes; nothing waits for the answer."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from manara.wording import Translator


def ask_whether_to_save(
    tr: Translator, window: QWidget, save: Callable[[], object], discard: Callable[[], object]
) -> QMessageBox:
    """Ask, and do what is answered; nothing is done where the user goes on editing."""
    box = QMessageBox(QMessageBox.Icon.Question, window.windowTitle(), tr("What you have entered is not saved."))
    box.setParent(window, box.windowFlags())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    keep = box.addButton(tr("&Save"), QMessageBox.ButtonRole.AcceptRole)
    keep.clicked.connect(lambda _checked=False: save())
    drop = box.addButton(tr("&Discard"), QMessageBox.ButtonRole.DestructiveRole)
    drop.clicked.connect(lambda _checked=False: discard())
    stay = box.addButton(tr("Go on &editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(stay)
    box.open()
    return box
