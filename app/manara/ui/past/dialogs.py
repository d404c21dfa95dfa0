"""The dialogs of the history window: at most one of each is open, and it passes its wishes on."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from manara.model import Label, Window
from manara.ui.past.keys import KeysDialog
from manara.ui.past.labels import LabelsDialog
from manara.ui.past.lane import Kind
from manara.ui.past.period_form import PeriodDialog
from manara.wording import Translator


class Dialogs(QObject):
    """Opens dialogs over a window."""

    label_wished = Signal(object, object, str)
    """A `Window`, a `Verdict` and a note."""
    unlabel_wished = Signal(int)
    """The number of a label."""
    period_chosen = Signal(object)
    """A `Window`."""

    def __init__(self, tr: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._tr = tr
        self._window = parent
        self.labels: LabelsDialog | None = None
        self.period: PeriodDialog | None = None
        self.help: KeysDialog | None = None

    def open_labels(self, name: str, stretch: Window, now: datetime) -> None:
        """Let the user say what a stretch of a service's time was."""
        self.labels = LabelsDialog(self._tr, name, stretch, now, self._window)
        self.labels.label_wished.connect(self.label_wished)
        self.labels.unlabel_wished.connect(self.unlabel_wished)
        self.labels.finished.connect(self._forget_labels)
        _open(self.labels)

    def open_period(self, stretch: Window, now: datetime) -> None:
        """Ask for a period, beginning with this one."""
        self.period = PeriodDialog(self._tr, stretch, now, self._window)
        self.period.period_chosen.connect(self.period_chosen)
        self.period.finished.connect(self._forget_period)
        _open(self.period)

    def open_help(self, kind: Kind) -> None:
        """Tell what the keys do and what the signs of a kind of chart mean."""
        self.help = KeysDialog(self._tr, kind, self._window)
        self.help.finished.connect(self._forget_help)
        _open(self.help)

    @Slot(object)
    def show_labels(self, labels: Sequence[Label]) -> None:
        """List these labels, if their dialog is still open."""
        if self.labels is not None:
            self.labels.show_labels(labels)

    @Slot()
    def _forget_labels(self) -> None:
        self.labels = None

    @Slot()
    def _forget_period(self) -> None:
        self.period = None

    @Slot()
    def _forget_help(self) -> None:
        self.help = None


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
