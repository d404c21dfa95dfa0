"""A bar inside a window that says one thing and offers what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from manara.ui.flow import Flow
from manara.ui.form.label import Label
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.plain import isolated
from manara.ui.theme import readable, theme_of
from manara.wording import Tone

_BAR_PX = 4
"""So wide is the bar of colour where reading begins."""


class Message(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Label()
        self.buttons: list[QPushButton] = []
        self._holder = QWidget()
        self._row = Flow(self._holder)
        self.setAutoFillBackground(True)
        self._colour()
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

    def says(self, sentence: str) -> bool:
        """Tell whether this is what is said now."""
        return not self.isHidden() and self.text.text() == isolated(sentence)

    def clear(self) -> None:
        """Say nothing any more."""
        self._drop_buttons()
        self.text.clear()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take over another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colour()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a line around it, and a bar where reading begins: nobody is to miss it."""
        super().paintEvent(event)
        painter = QPainter(self)
        edge = theme_of(QApplication.palette(self)).tones[Tone.WARNING]
        painter.setPen(edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        left = self.width() - _BAR_PX if self.isRightToLeft() else 0
        painter.fillRect(QRect(left, 0, _BAR_PX, self.height()), edge)
        painter.end()

    def _colour(self) -> None:
        theme, own = theme_of(QApplication.palette(self)), self.palette()
        ground = theme.ground(Tone.WARNING)
        # To set a palette is to change it: the same colours once more would never end.
        if own.color(QPalette.ColorRole.Window) != ground:
            own.setColor(QPalette.ColorRole.Window, ground)
            own.setColor(QPalette.ColorRole.WindowText, readable(theme.text, (ground,)))
            self.setPalette(own)

    def _drop_buttons(self) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()
