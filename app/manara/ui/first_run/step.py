"""What every step of the first run has."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from manara.ui.form.label import Label, Weight
from manara.ui.questions import Questions
from manara.wording import Translator


class Step(QWidget):
    """One page. It writes nothing: what was chosen is asked for at the end."""

    title: ClassVar[str]
    about: ClassVar[str]
    """What is done here, in one sentence."""

    changed = Signal()
    """What is chosen here is another thing now."""

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.tr_ = tr
        self.questions = Questions(self)
        gap = self.fontMetrics().height() // 2
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(gap)
        self.column.addWidget(Label(tr(self.title), Weight.TITLE))
        self.column.addWidget(Label(tr(self.about), Weight.FAINT))

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self.questions.waiting

    def begin(self) -> None:
        """The step is shown: let the keyboard be where the work begins, if anywhere; it is at the main button."""

    def close_step(self) -> None:
        """Wait for no answer any more."""
        self.questions.close()
