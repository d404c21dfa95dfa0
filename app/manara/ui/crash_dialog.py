"""Offers what an earlier run left behind when it crashed: a text to read, to copy and to find again."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from manara.wording import Translator

_FITTING = 0.9
"""So much of the screen it takes at most."""


class CrashDialog(QDialog):
    """Shows a report. Nothing waits for it, and nothing is sent anywhere."""

    def __init__(self, tr: Translator, report: str, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Report of a fault"))
        self.setSizeGripEnabled(True)
        self._tr = tr
        self.what = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.what.setText(tr("Something went wrong in Manara the last time."))
        self.report = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.report.setPlainText(report)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        # Code reads from left to right in every language.
        self.report.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.report.setAccessibleName(tr("Report"))
        self.report.setAccessibleDescription(tr("What Manara noted when it happened"))
        self.report.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.file = QLineEdit(str(file), readOnly=True)
        self.file.setCursorPosition(0)
        self.file.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.file.setAccessibleName(tr("File of the report"))
        self.file.setAccessibleDescription(tr("Where the report is kept on this computer"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = self.buttons.addButton(tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        self.close_button = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setText(tr("Close"))
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        # By itself Qt would give it no more than two thirds of the screen.
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size in which most lines of a report can be read, if the screen has it."""
        em, room = self.fontMetrics().height(), self.screen().availableSize()
        return QSize(min(em * 46, round(room.width() * _FITTING)), min(em * 28, round(room.height() * _FITTING)))

    def _lay_out(self) -> None:
        side = self.fontMetrics().height() * 2
        mark = QLabel()
        mark.setPixmap(self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning).pixmap(side, side))
        head = QHBoxLayout()
        head.addWidget(mark)
        head.addWidget(self.what, stretch=1)
        where = QLabel(self._tr("The report is kept in this file:"))
        where.setBuddy(self.file)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.report, stretch=1)
        layout.addWidget(where)
        layout.addWidget(self.file)
        layout.addWidget(self.buttons)
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
