"""Text beside fields, in the colour of its weight, on whatever it stands."""

from enum import Enum
from functools import cache

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy

from manara.ui.form.highlight import padding
from manara.ui.plain import isolated
from manara.ui.theme import readable, theme_of
from manara.wording import Tone


class Weight(Enum):
    """How much a text asks to be read."""

    NORMAL = "normal"
    FAINT = "faint"
    TITLE = "title"
    PROBLEM = "problem"


class Label(QLabel):
    """Plain text of as many lines as it needs, which begins where reading begins."""

    def __init__(self, text: str = "", weight: Weight = Weight.NORMAL, *, padded: bool = False) -> None:
        """One that is padded begins where the words of fields begin."""
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._weight = weight
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if padded:
            edge = padding(self)
            self.setContentsMargins(edge, 0, edge, 0)
        if weight is Weight.TITLE:
            font = self.font()
            font.setBold(True)
            font.setPointSizeF(font.pointSizeF() * 1.25)
            self.setFont(font)
        if weight in (Weight.PROBLEM, Weight.NORMAL):
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tell(text)
        self._colour()

    def tell(self, text: str) -> None:
        """Show a text."""
        self.setText(isolated(text))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take over another palette and another direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LayoutDirectionChange):
            self._colour()

    def _colour(self) -> None:
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
        if self._weight in (Weight.FAINT, Weight.PROBLEM):
            own, given = self.palette(), QApplication.palette(self)
            seen = [given.color(role).rgb() for role in _ROLES]
            ink = QColor.fromRgb(_ink(self._weight, *seen))
            # To set a palette is to change it: the same colour once more would never end.
            if own.color(QPalette.ColorRole.WindowText) != ink:
                own.setColor(QPalette.ColorRole.WindowText, ink)
                self.setPalette(own)


_ROLES = (
    QPalette.ColorRole.Window,
    QPalette.ColorRole.Base,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.Highlight,
)


# A form has dozens of labels, and each would ask for the same.
@cache
def _ink(weight: Weight, *seen: int) -> int:
    """Return the colour for a text, readable on everything that a form can stand on."""
    palette = QPalette()
    for role, colour in zip(_ROLES, seen, strict=True):
        palette.setColor(role, QColor.fromRgb(colour))
    theme = theme_of(palette)
    wanted = theme.tones[Tone.BAD] if weight is Weight.PROBLEM else theme.faint
    return readable(wanted, (theme.paper, theme.card, theme.selected)).rgb()
