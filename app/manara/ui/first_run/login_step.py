"""The last step: whether Manara starts at login. What is wished is done at the end, with everything else."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from manara.login import AtLogin, LoginState
from manara.ui.first_run.step import Step
from manara.ui.first_run.surroundings import Autostart
from manara.ui.form.label import Label, Weight
from manara.wording import Translator, login_sentence, one_line
from manara.wording.translation import mark


class LoginStep(Step):
    """Asks the system when it is first shown."""

    title: ClassVar[str] = mark("Always there?")
    about: ClassVar[str] = mark("A monitor that does not run sees nothing.")

    def __init__(self, tr: Translator, autostart: Autostart) -> None:
        super().__init__(tr)
        self._autostart = autostart
        self._now: bool | None = None
        self._sentence_of_now = ""
        self.questions.failed.connect(self._fail)
        self.switch = QCheckBox(tr("&Start Manara when I log in"))
        self.switch.setAccessibleDescription(tr("It starts with the tray icon alone, without a window."))
        self.switch.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.switch.setEnabled(False)
        self.switch.clicked.connect(self._tell_what_will_be)
        self.sentence = Label(weight=Weight.FAINT)
        self.column.addWidget(self.switch)
        self.column.addWidget(Label(tr("It starts with the tray icon alone, without a window."), Weight.FAINT))
        self.column.addWidget(self.sentence)
        self.column.addStretch(1)

    @property
    def wish(self) -> bool | None:
        """What the user wants to be otherwise than it is; None where it can stay."""
        wished = self.switch.isChecked()
        return None if self._now is None or wished is self._now else wished

    def begin(self) -> None:
        """Ask the system, once."""
        if self._now is None:
            self.sentence.tell(self.tr_("Asking the system …"))
            self.questions.ask("login", self._autostart.state(), self._show)

    def _show(self, state: AtLogin) -> None:
        if state.state is not LoginState.ELSEWHERE:
            self._now = state.state is LoginState.ENABLED
            self.switch.setChecked(self._now)
            self.switch.setEnabled(True)
        self._sentence_of_now = login_sentence(self.tr_, state)
        self._tell_what_will_be()

    @Slot()
    def _tell_what_will_be(self) -> None:
        as_it_is = self.wish is None
        self.sentence.tell(self._sentence_of_now if as_it_is else self.tr_("This is done when you finish."))
        self.changed.emit()

    def _fail(self, _topic: object, error: BaseException) -> None:
        self.sentence.tell(self.tr_("The system did not answer: {why}").format(why=one_line(str(error))))
