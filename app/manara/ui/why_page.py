"""The section "Why" of a service's page: what the diagnosis concluded, by what evidence, and a button to ask anew."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from manara.model import Diagnosis, Outcome, ServiceState, Verdict
from manara.ui.questions import Questions
from manara.ui.rows import Line, Rows
from manara.wording import (
    Translator,
    blame_sentence,
    diagnosis_sentence,
    latency,
    moment,
    sign_of_outcome,
    step_rungs,
    verdict_of_outcome,
    verdict_word,
)

if TYPE_CHECKING:
    from concurrent.futures import Future


class WhyPage(QWidget):
    """Shows a diagnosis."""

    explain_wished = Signal()
    """The user wants to know it anew."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._in_trouble, self._busy = True, False
        self.setAccessibleName(tr("Why"))
        self.rows = Rows(tr, tr("Why"), (tr("Step"), tr("Time"), tr("What was found")), widest=2, numbers=1)
        self.button = QPushButton(tr("Explain now"))
        self.button.setToolTip(tr("Ask name servers and addresses now, to find out what is wrong"))
        self.button.clicked.connect(lambda _checked: self.explain_wished.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows, stretch=1)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignTrailing)

    def show_state(self, state: ServiceState, now: datetime) -> None:
        """Show what is known of this service's trouble."""
        self.rows.show_lines(tuple(why_lines(self._tr, state.diagnosis, now)))
        self._in_trouble = state.verdict is not Verdict.UP or state.in_doubt
        self._enable()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - like Qt's own setters
        """Say whether it is being found out."""
        self._busy = busy
        self._enable()
        self.button.setText(self._tr("Finding out …") if busy else self._tr("Explain now"))

    def _enable(self) -> None:
        """Where all is well there is nothing to find out."""
        self.button.setEnabled(self._in_trouble and not self._busy)


class Explaining(QObject):
    """Passes the wish of a page on; the answer comes to it as news of the service, like everything else."""

    def __init__(
        self,
        explain: "Callable[[str], Future[Diagnosis | None]]",
        why: WhyPage,
        service_id: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._explain = explain
        self._why = why
        self._service_id = service_id
        self._questions = Questions(self)
        self._questions.failed.connect(self._end)
        self._questions.cancelled.connect(self._end)
        why.explain_wished.connect(self._ask)

    def close(self) -> None:
        """Wait for no answer any more."""
        self._questions.close()

    @Slot()
    def _ask(self) -> None:
        if self._service_id():
            self._why.set_busy(True)
            self._questions.ask("why", self._explain(self._service_id()), self._end)

    @Slot(object)
    def _end(self, *_answer: object) -> None:
        self._why.set_busy(False)


def why_lines(tr: Translator, diagnosis: Diagnosis | None, now: datetime) -> Iterator[Line]:
    """Return what was concluded, then each step of the evidence: rung, time, what was found. Pure."""
    if diagnosis is None:
        yield Line(("", "", tr("There is nothing to explain, or it was not looked into yet.")))
        return
    sentence, blame = diagnosis_sentence(tr, diagnosis), blame_sentence(tr, diagnosis)
    yield Line(("", "", sentence), heading=True, tip=sentence)
    if blame:
        yield Line(("", "", blame))
    yield Line(("", "", tr("found out at {moment}").format(moment=moment(tr, diagnosis.at, now))))
    for rung in step_rungs(tr, diagnosis):
        verdict = verdict_of_outcome(rung.outcome)
        took = "" if rung.ms is None else latency(tr, rung.ms)
        told = ", ".join(filter(None, (verdict_word(tr, verdict), took, rung.text)))
        tone = None if rung.outcome is Outcome.OK else sign_of_outcome(rung.outcome).tone
        yield Line((rung.label, took, rung.text), f"{rung.label}: {told}", mark=verdict, tone=tone)
