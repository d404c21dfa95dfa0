"""The keys of the whole window, and the dialog that tells everything that mouse and keys can do."""

from collections.abc import Callable, Mapping
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from manara.ui.past.lane import Kind
from manara.ui.past.legend import Legend
from manara.wording import Translator
from manara.wording.translation import mark


class Wish(Enum):
    """What keys of the whole window can wish, whether chart or table is shown."""

    TABLE = "Ctrl+T"
    EARLIER = "Alt+Left"
    LATER = "Alt+Right"
    ZOOM_IN = "Ctrl++"
    ZOOM_OUT = "Ctrl+-"
    RESET = "Ctrl+0"
    REFRESH = "F5"
    HELP = "F1"


def bind(window: QWidget, wishes: Mapping[Wish, Callable[[], object]]) -> None:
    """Let the keys do what is wished."""
    for wish, done in wishes.items():
        QShortcut(QKeySequence(wish.value), window).activated.connect(done)


TOLD = (
    (mark("Arrow keys, pointing"), mark("read one moment after the other")),
    (mark("Shift and arrow keys, Shift and drag"), mark("select a time")),
    (mark("Control and arrow keys, Page keys, drag"), mark("move through time")),
    (mark("Plus and minus, wheel"), mark("zoom")),
    (mark("Return"), mark("zoom to the selected time, or to a row of the table")),
    (mark("0, double click"), mark("show the whole range")),
    (mark("Escape"), mark("drop the selection, then close the window")),
    (mark("Ctrl+T"), mark("show the table or the chart")),
    (mark("Alt and arrow keys"), mark("go to earlier or later times, in the table too")),
    (mark("Ctrl and plus, minus, 0"), mark("zoom, in the table too")),
    (mark("Ctrl+C"), mark("copy rows of a table")),
    (mark("F5"), mark("read everything anew")),
)
"""Keys, and what they do in this window."""


class KeysDialog(QDialog):
    """Lists the keys and explains the signs of the chart."""

    def __init__(self, tr: Translator, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys and signs"))
        form = QFormLayout()
        for keys, what in TOLD:
            told = QLabel(tr(what), wordWrap=True)
            form.addRow(QLabel(tr(keys)), told)
        self.legend = Legend(tr)
        self.legend.explain(kind)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.legend)
        layout.addWidget(close)
        # A screen reader says the description when the dialog comes.
        self.setAccessibleDescription(". ".join(f"{tr(keys)}: {tr(what)}" for keys, what in TOLD))
