"""Tries addresses live, a few at a time, as long as anybody wants to know."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from manara.model import CheckResult
from manara.ui.editor.commands import Commands
from manara.ui.first_run.address_model import AddressModel, Progress, Row
from manara.ui.questions import Questions
from manara.wording import Translator, one_line

AT_ONCE = 5
"""More would hinder each other, and a router at home takes them for an attack."""


class Trials(QObject):
    """Lives on the GUI thread; the looks are the engine's."""

    ended = Signal()
    """Nothing waits to be tried any more."""

    def __init__(self, tr: Translator, commands: Commands, model: AddressModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._commands = commands
        self._model = model
        self._looking: set[Row] = set()
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)

    @property
    def is_busy(self) -> bool:
        """Whether a try is under way."""
        return bool(self._looking)

    def go_on(self) -> None:
        """Begin as many tries as may be under way at once."""
        while len(self._looking) < AT_ONCE:
            row = self._model.next_waiting()
            if row is None or row.candidate is None:
                break
            self._looking.add(row)
            self._model.tell(row, Progress.LOOKING)
            look = self._commands.try_check(row.candidate.service.checks[0])
            self._questions.ask(row, look, partial(self._take, row))

    def stop(self) -> None:
        """End the tries that are under way; what waits is not tried."""
        self._looking.clear()
        self._questions.close()

    def _take(self, row: Row, result: CheckResult) -> None:
        self._end(row, result=result)

    @Slot(object, object)
    def _fail(self, row: Row, error: BaseException) -> None:
        self._end(row, said=self._tr("There was no look: {why}").format(why=one_line(str(error))))

    @Slot(object)
    def _lose(self, row: Row) -> None:
        self._end(row, said=self._tr("Nothing is watched any more, so nothing can be tried."))

    def _end(self, row: Row, *, result: CheckResult | None = None, said: str = "") -> None:
        self._looking.discard(row)
        self._model.tell(row, Progress.DONE, result=result, said=said)
        self.go_on()
        if not self._looking:
            self.ended.emit()
