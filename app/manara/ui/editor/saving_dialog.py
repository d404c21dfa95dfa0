"""What the windows that edit services have in common: they wait for nothing, and lose nothing without asking."""

from abc import abstractmethod

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox

from manara.settings import Stored
from manara.ui.editor.closing import ask_whether_to_save
from manara.ui.editor.message import Message
from manara.ui.editor.surroundings import Surroundings
from manara.ui.past.period_form import ok_and_cancel
from manara.ui.questions import Questions
from manara.wording import one_line


class SavingDialog(QDialog):
    """Saves what is edited, by a button that is called `confirm` or by the usual key."""

    saved = Signal(str, object)
    """What was done in one sentence, and the `Undo` of it."""

    def __init__(self, around: Surroundings, stored: Stored, confirm: str) -> None:
        super().__init__()
        self._tr = around.tr
        self._commands = around.commands
        self._stored = stored
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        self.message = Message()
        self.buttons = ok_and_cancel(self._tr, confirm)
        self._save = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self.save)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._questions.waiting

    @property
    @abstractmethod
    def is_edited(self) -> bool:
        """Whether something would be lost by closing."""

    @abstractmethod
    def save(self) -> None:
        """Write what was edited, or show what is wrong with it."""

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close, unless something would be lost; then ask."""
        # Qt's own dialog calls `reject`, which asks.
        event.ignore()
        self.reject()

    def reject(self) -> None:
        """Close, unless something would be lost; then ask."""
        if self.is_edited and self._stored.writable:
            ask_whether_to_save(self._tr, self, self.save, super().reject)
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close, and wait for nothing any more."""
        self._questions.close()
        super().done(result)

    @abstractmethod
    def _offer(self) -> None:
        """Let save what there is to save."""

    @abstractmethod
    def _fail(self, topic: object, error: BaseException) -> None:
        """Tell why something was not done."""

    def _tell_if_not_writable(self) -> None:
        if not self._stored.writable:
            text = self._tr("The settings file cannot be written, so nothing can be changed here: {path}")
            self.message.tell(text.format(path=one_line(str(self._stored.path))))

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self._offer()
        self.message.tell(self._tr("Nothing is watched any more, so nothing can be changed."))
