"""What stands in the place of the tiles where there are none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from manara.wording import Translator


class Empty(QWidget):
    """Says why there is nothing, and what can be done about it."""

    choosing_wished = Signal()
    """The user wants to choose services from the catalogue, or paste addresses."""
    add_wished = Signal()
    """The user wants to describe one service."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._text = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._choose = QPushButton(tr("Choose services…"))
        self._choose.setAccessibleDescription(tr("From the catalogue, or by pasting addresses"))
        self._choose.clicked.connect(self.choosing_wished)
        self._add = QPushButton(tr("Add a service…"))
        self._add.setAccessibleDescription(tr("Describe one service and how to look at it"))
        self._add.clicked.connect(self.add_wished)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._choose)
        buttons.addWidget(self._add)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setSpacing(self.fontMetrics().height())
        layout.addStretch()
        layout.addWidget(self._text)
        layout.addLayout(buttons)
        layout.addStretch()

    def tell(self, *, anything_watched: bool) -> None:
        """Say that nothing is watched, or that nothing of it is as the user wants to see it."""
        tr = self._tr
        self._text.setText(tr("No service is like this.") if anything_watched else tr("Nothing is watched yet."))
        for button in (self._choose, self._add):
            button.setVisible(not anything_watched)
