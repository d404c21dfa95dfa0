"""Whether Manara starts when the user logs in. The system is asked off the GUI thread: it may be slow."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from manara.ui.form.label import Label, Weight
from manara.ui.past.questions import Questions
from manara.ui.preferences.background import in_background
from manara.ui.preferences.page import Block, Page
from manara.ui.preferences.surroundings import AutostartState, Surroundings
from manara.wording import one_line
from manara.wording.translation import mark

if TYPE_CHECKING:
    from concurrent.futures import Future

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
        self.switch = QCheckBox(tr("Start Manara when I log in"))
        self.switch.setAccessibleName(tr("Start Manara when I log in"))
        self.switch.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.switch.setEnabled(False)
        self.switch.clicked.connect(self._set)
        self._sentence = Label(weight=Weight.FAINT)
        self._problem = Label(weight=Weight.PROBLEM)
        self._problem.hide()
        self._known = False
        """Whether it starts at login, as the system said last."""
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        text = tr("It starts with the tray icon alone, without a window.")
        self.add_block(Block("", text, self.switch, self._problem, self._sentence))
        self.finish()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask the system: it may have changed."""
        super().showEvent(event)
        self._sentence.tell(self.tr_("Asking the system …"))
        self._ask()

    def show_stored(self, _stored: "Stored") -> None:
        """Ask the system again: something was changed or taken back."""
        if self.isVisible() and not self._questions.waiting:
            self._ask()

    def close_page(self) -> None:
        """Wait for no answer any more."""
        super().close_page()
        self._questions.close()

    def _ask(self) -> None:
        self._questions.ask("login", in_background(self.around.autostart.state), self._show)

    def _show(self, state: AutostartState) -> None:
        self._known = state.enabled
        self.switch.setChecked(state.enabled)
        self.switch.setEnabled(state.changeable)
        self._sentence.tell(one_line(state.sentence))

    @Slot()
    def _set(self) -> None:
        enabled = self.switch.isChecked()
        self.switch.setEnabled(False)
        self._problem.hide()
        self._questions.ask("login", self._set_to(enabled=enabled), lambda _: self._offer_back(enabled=enabled))

    def _set_to(self, *, enabled: bool) -> "Future[None]":
        return in_background(partial(self.around.autostart.set, enabled))

    def _offer_back(self, *, enabled: bool) -> None:
        text = self.tr_("Manara starts at login.") if enabled else self.tr_("Manara does not start at login any more.")
        self.done.emit(text, partial(self._set_to, enabled=not enabled))
        self._ask()

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        self._problem.tell(self.tr_("The system did not do it: {why}").format(why=one_line(_why(error))))
        self._problem.show()
        self._sentence.tell("")
        self.switch.setEnabled(True)
        # What was wished is not what is.
        self.switch.setChecked(self._known)


def _why(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
