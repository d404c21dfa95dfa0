"""The dialog in which the user says what a stretch of the history really was, and takes such words back."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from manara.model import Label, Verdict, Window
from manara.ui.past.period_form import PeriodForm
from manara.ui.plain import isolated
from manara.wording import Translator, one_line, period, verdict_word

LONGEST_NOTE = 300
_OFFERED = (Verdict.MAINTENANCE, Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.UNKNOWN)


class LabelsDialog(QDialog):
    """Offers to label a stretch, and lists what was labelled. It asks nothing: it emits wishes."""

    label_wished = Signal(object, object, str)
    """A `Window`, a `Verdict` and a note."""
    unlabel_wished = Signal(int)
    """The number of a label."""

    def __init__(
        self, tr: Translator, name: str, stretch: Window, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self.setWindowTitle(tr("Labels"))
        title = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        title.setText(
            tr("What was {name} really? What was measured stays, and comes back with the label.").format(
                name=isolated(name)
            )
        )
        self.form = PeriodForm(tr, stretch, now)
        self.form.changed.connect(self._judge)
        self.verdict = QComboBox()
        for choice in (self.verdict, self.verdict.view()):
            choice.setAccessibleName(tr("It was"))
            choice.setAccessibleDescription(tr("What the service really was in this time"))
        for verdict in _OFFERED:
            self.verdict.addItem(verdict_word(tr, verdict), verdict)
        self.note = QLineEdit(maxLength=LONGEST_NOTE, placeholderText=tr("For example: moved to a new server"))
        self.note.setAccessibleName(tr("Note"))
        self.note.setAccessibleDescription(tr("Why it was so, in your words"))
        self.form.addRow(tr("It was"), self.verdict)
        self.form.addRow(tr("Note"), self.note)
        self.put = QPushButton(tr("Label this time"))
        self.put.setAccessibleDescription(tr("From now on the history tells your word of this time"))
        self.put.clicked.connect(self._wish_label)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Labels of this service"))
        self.list.setAccessibleDescription(tr("The one that is selected can be taken back."))
        self.list.currentRowChanged.connect(self._judge)
        self.take_back = QPushButton(tr("Take the label back"))
        self.take_back.setAccessibleDescription(tr("From now on the history tells what was measured"))
        self.take_back.clicked.connect(self._wish_unlabel)
        self._none = QLabel(tr("Nothing is labelled yet."))
        self._lay_out(title)
        self.show_labels(())

    def show_labels(self, labels: Sequence[Label]) -> None:
        """List these labels, the newest first."""
        self.list.clear()
        for label in reversed(labels):
            told = [period(self._tr, label.window, self._now), verdict_word(self._tr, label.verdict)]
            text = " · ".join(told) + (f": {one_line(label.note)}" if label.note else "")
            item = QListWidgetItem(isolated(text))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
            item.setData(Qt.ItemDataRole.UserRole, label.id)
            self.list.addItem(item)
        self.list.setVisible(bool(labels))
        self.take_back.setVisible(bool(labels))
        self._none.setVisible(not labels)
        self.list.setCurrentRow(0 if labels else -1)
        self._judge()

    def _lay_out(self, title: QLabel) -> None:
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setText(self._tr("Close"))
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addLayout(self.form)
        layout.addWidget(self.put, alignment=Qt.AlignmentFlag.AlignTrailing)
        layout.addWidget(self._none)
        layout.addWidget(self.list, stretch=1)
        layout.addWidget(self.take_back, alignment=Qt.AlignmentFlag.AlignTrailing)
        layout.addStretch()
        layout.addWidget(close)
        em = self.fontMetrics().height()
        self.resize(em * 34, em * 20)

    @Slot()
    def _judge(self) -> None:
        self.put.setEnabled(self.form.window() is not None)
        self.take_back.setEnabled(self.list.currentRow() >= 0)

    @Slot()
    def _wish_label(self) -> None:
        window = self.form.window()
        if window is not None:
            # Qt keeps members of a StrEnum as plain text.
            verdict = Verdict(self.verdict.currentData())
            self.label_wished.emit(window, verdict, self.note.text().strip())
            self.note.clear()

    @Slot()
    def _wish_unlabel(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.unlabel_wished.emit(item.data(Qt.ItemDataRole.UserRole))
