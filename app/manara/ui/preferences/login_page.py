"""Whether Manara starts when the user logs in. The system may be slow; nothing here waits for it."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from manara.login import AtLogin, Elsewhere, LoginNotChanged, LoginState
from manara.ui.form.label import Label, Weight
from manara.ui.preferences.page import Block, Page
from manara.ui.preferences.surroundings import Surroundings
from manara.ui.questions import Questions
from manara.wording import login_sentence, login_trouble_sentence, one_line
from manara.wording.translation import mark

if TYPE_CHECKING:
    from manara.settings import Stored


class LoginPage(Page):
    """Shows what the system says, never what was merely wished."""

    name: ClassVar[str] = "login"
    title: ClassVar[str] = mark("Start at login")
    about: ClassVar[str] = mark("A monitor that does not run sees nothing.")
    words: ClassVar[tuple[str, ...]] = (mark("Start Manara when I log in"), mark("autostart boot session"))

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        tr = self.tr_
        self._known: AtLogin | None = None
        """How it is, as the system said last."""
        self._questions = Questions(self)
        self._questions.failed.connect(self._tell_trouble)
        self.switch = QCheckBox(tr("Start Manara when I log in"))
        self.switch.setAccessibleName(tr("Start Manara when I log in"))
        self.switch.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.switch.setEnabled(False)
        self.switch.clicked.connect(self._set)
        self.sentence = Label(tr("Asking the system …"), Weight.FAINT)
        self.problem = Label(weight=Weight.PROBLEM)
        self.problem.hide()
        text = tr("It starts with the tray icon alone, without a window.")
        block = Block("", text, self.switch, self.problem, self.sentence, words=self.further_words)
        self.add_block(block)
        self.finish()

    @property
    def is_busy(self) -> bool:
        """Whether the system has not answered yet."""
        return self._questions.waiting

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask the system: it may have changed."""
        super().showEvent(event)
        self._ask()

    def show_stored(self, _stored: "Stored") -> None:
        """Ask the system again: something was changed or taken back."""
        if self.isVisible():
            self._ask()

    def close_page(self) -> None:
        """Wait for no answer any more."""
        super().close_page()
        self._questions.close()

    def _ask(self) -> None:
        # A change that is under way tells how it is then.
        if not self._questions.waiting:
            self._questions.ask("state", self.around.autostart.state(), self._show)

    def _show(self, found: AtLogin) -> None:
        self._known = found
        self.switch.setChecked(found.state is LoginState.ENABLED)
        # An entry of another program, or one that nobody understands, is not ours to write over.
        self.switch.setEnabled(found.elsewhere in (None, Elsewhere.SWITCHED_OFF))
        self.sentence.tell(login_sentence(self.tr_, found))

    @Slot()
    def _set(self) -> None:
        self.switch.setEnabled(False)
        self.problem.hide()
        before = self._known
        answer = self.around.autostart.set(self.switch.isChecked())
        # A question about the state that is still open would be answered with what was before.
        self._questions.drop("state")
        self._questions.ask("set", answer, partial(self._show_set, before))

    def _show_set(self, before: AtLogin | None, found: AtLogin) -> None:
        self._show(found)
        told = login_sentence(self.tr_, found)
        # What a desktop had switched off cannot be brought back as it was.
        if before is None or before.state is LoginState.ELSEWHERE:
            self.told.emit(told)
        else:
            self.done.emit(told, partial(self.around.autostart.set, before.state is LoginState.ENABLED))

    @Slot(object, object)
    def _tell_trouble(self, topic: str, error: BaseException) -> None:
        tr = self.tr_
        if isinstance(error, LoginNotChanged):
            why = login_trouble_sentence(tr, error.trouble, error.detail)
        else:
            why = tr("The system did not answer: {why}").format(why=one_line(str(error)))
        self.problem.tell(why)
        self.problem.show()
        if topic == "set" and self._known is not None:
            # What was wished is not what is.
            self._show(self._known)
