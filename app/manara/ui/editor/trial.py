"""Trying a check as it stands in the form: one look, and every step of it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from manara.model import Check, CheckResult, CheckState, Service, ServiceState
from manara.ui.form.label import Label
from manara.ui.page_lines import ladder_lines
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.questions import Questions
from manara.ui.rows import Rows
from manara.ui.tile import Tile
from manara.wording import Translator, check_sentence, one_line, verdict_of_outcome, verdict_word

if TYPE_CHECKING:
    from concurrent.futures import Future

_LOOK = "look"


class Trial(QWidget):
    """Looks when it is asked to, and shows what was seen. It does not know the form."""

    wished = Signal()
    """The user wants to try what is in the form."""

    def __init__(
        self,
        tr: Translator,
        now: Callable[[], datetime],
        try_check: Callable[[Check], "Future[CheckResult]"],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._try_check = try_check
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        self.button = named(QPushButton(), tr("&Try it"), tr("Look once with what is in the form, without saving"))
        self.button.clicked.connect(self._press)
        self.sentence = Label()
        titles = (tr("Step"), tr("Time"), tr("What was seen"))
        self.rows = Rows(tr, tr("Steps of this look"), titles, widest=2, numbers=1)
        em = self.fontMetrics().height()
        self.rows.setMinimumHeight(em * 6)
        self.rows.setMaximumHeight(em * 12)
        head = QHBoxLayout()
        head.addWidget(self.button)
        head.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.rows)
        self.clear()

    @property
    def is_looking(self) -> bool:
        """Whether a look is under way."""
        return self._questions.waiting

    def look(self, check: Check) -> None:
        """Look once."""
        self.rows.hide()
        self._say(self._tr("Looking…"))
        self.button.setText(self._tr("S&top"))
        self._questions.ask(_LOOK, self._try_check(check), partial(self._show, check))

    def say(self, sentence: str) -> None:
        """Say why there is nothing to look with."""
        self.clear()
        self._say(sentence)

    def clear(self) -> None:
        """End a look that is under way, and forget what was seen."""
        self._questions.drop(_LOOK)
        self.button.setText(self._tr("&Try it"))
        self.sentence.clear()
        self.rows.hide()

    def close_questions(self) -> None:
        """End a look that is under way; no answer is wanted any more."""
        self._questions.close()

    @Slot()
    def _press(self) -> None:
        if self.is_looking:
            self.say(self._tr("The look was stopped."))
        else:
            self.wished.emit()

    def _show(self, check: Check, result: CheckResult) -> None:
        tr, now = self._tr, self._now()
        state = ServiceState("", checks=(CheckState(last=result),))
        self.clear()
        how = check_sentence(tr, check, result, now)
        self._say(": ".join(filter(None, (verdict_word(tr, verdict_of_outcome(result.outcome)), how))))
        self.rows.show_lines(tuple(ladder_lines(tr, Tile(Service("", "", (check,)), state), now)))
        self.rows.show()

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        self.say(self._tr("There was no look: {why}").format(why=one_line(str(error))))

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self.say(self._tr("Nothing is watched any more, so nothing can be tried."))

    def _say(self, sentence: str) -> None:
        self.sentence.tell(sentence)
        announce(self, sentence)
