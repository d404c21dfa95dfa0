"""A secret on its way to where secrets are kept, for the editors of what the settings hold instead of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from manara.ui.form.label import Label, Weight
from manara.ui.past.spoken import announce
from manara.ui.questions import Questions
from manara.wording import Translator
from manara.wording.secrets import not_kept

if TYPE_CHECKING:
    from concurrent.futures import Future


class SecretKeeping(QObject):
    """Waits for one secret at a time, and tells what becomes of it in `note`, which the editor lays out."""

    busy_changed = Signal()
    """A secret has set out, or has arrived, or will not arrive."""
    kept = Signal(str)
    """It has arrived: the reference, which the settings may hold."""

    def __init__(self, tr: Translator, editor: QWidget) -> None:
        super().__init__(editor)
        self._tr = tr
        self._editor = editor
        self.note = Label(weight=Weight.FAINT)
        self.note.hide()
        # Not a part of the editor: the keyring may answer when that is gone already.
        questions = self._questions = Questions()
        self.destroyed.connect(lambda _gone: questions.close())
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)

    @property
    def is_busy(self) -> bool:
        """Whether a secret is on its way to where it is kept."""
        return self._questions.waiting

    def complaint(self) -> str:
        """Return what is still to be waited for, in one sentence; empty when nothing is."""
        return self._tr("The secret is still on its way to where it is kept.") if self.is_busy else ""

    def wait_for(self, reference: "Future[str]") -> None:
        """Take what a `SecretStore` has answered."""
        self.say(self._tr("It is being kept…"))
        self._questions.ask("keep", reference, self._arrive)
        self.busy_changed.emit()

    def say(self, sentence: str) -> None:
        """Show a sentence below the field; nothing where it is empty."""
        self.note.tell(sentence)
        self.note.setVisible(bool(sentence))

    def _arrive(self, reference: str) -> None:
        self.busy_changed.emit()
        self.say("")
        announce(self._editor, self._tr("The secret is kept."))
        self.kept.emit(reference)

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        self._complain(not_kept(self._tr, error))

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self._complain(self._tr("It was not kept: nobody answered."))

    def _complain(self, sentence: str) -> None:
        self.busy_changed.emit()
        self.say(sentence)
        announce(self._editor, sentence)
