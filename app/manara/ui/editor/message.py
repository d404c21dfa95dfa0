"""A bar inside a window that says one thing and offers what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from manara.ui.flow import Flow
from manara.ui.form.label import Label
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce


class Message(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Label()
        self.buttons: list[QPushButton] = []
        self._holder = QWidget()
        self._row = Flow(self._holder)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        layout = QHBoxLayout(self)
        layout.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._holder)
        self.hide()

    def tell(self, sentence: str, *offers: tuple[str, Callable[[], object]]) -> None:
        """Say something; each offer is the words of a button and what it does."""
        self._drop_buttons()
        self.text.tell(sentence)
        for words, do in offers:
            button = named(QPushButton(), words, sentence)
            button.clicked.connect(lambda _checked=False, do=do: do())
            self._row.addWidget(button)
            self.buttons.append(button)
        self._holder.setVisible(bool(offers))
        self.show()
        announce(self, sentence)

    def clear(self) -> None:
        """Say nothing any more."""
        self._drop_buttons()
        self.text.clear()
        self.hide()

    def _drop_buttons(self) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()
