"""One line above the services: a mark, what happened in bold, why, and for how long."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from manara.ui.marks import Mark, draw_mark, tone_of
from manara.ui.plain import isolated, tooltip
from manara.ui.theme import Theme, mixed, readable, theme_of

_BAR_PX = 4
"""So wide is the bar of colour where reading begins."""
_HEIGHT_EM = 1.9
_SHARE = 0.6
"""The title has at most so much of the room where there is more to say."""
_LEAST_EM = 6
"""Where there is less room than that, it is not said why."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a strip says. Texts are of one line, and may be remote."""

    mark: Mark
    title: str
    why: str = ""
    age: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(filter(None, (self.title, self.age, self.why)))


class Strip(QAbstractButton):
    """A button as wide as the window; one that leads nowhere is not reached by the keyboard."""

    def __init__(self, told: Told, hint: str = "", parent: QWidget | None = None) -> None:
        """Say this; `hint` tells what pressing it does, and is empty where it does nothing."""
        super().__init__(parent)
        self.told = told
        self._hint = hint
        self.setAccessibleDescription(hint)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if hint:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tell(told)

    def tell(self, told: Told) -> None:
        """Say something else."""
        self.told = told
        self.setAccessibleName(told.spoken)
        self.setToolTip(tooltip(told.title, told.why, self._hint))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of one line with some air."""
        em = self.fontMetrics().height()
        return QSize(em * 20, round(em * _HEIGHT_EM))

    def keyPressEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Be pressed by Return, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.click()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Show that it is not pointed at any more."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint it."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        tone = tone_of(self.told.mark)
        ground = theme.ground(tone)
        if self._hint and self.underMouse():
            ground = mixed(ground, theme.tones[tone], 0.1)
        painter.fillRect(self.rect(), ground)
        painter.fillRect(self._placed(QRect(0, 0, _BAR_PX, self.height())), theme.tones[tone])
        painter.setPen(readable(theme.text, (ground,)))
        self._write(painter, theme)
        painter.setPen(theme.edge)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take over another palette or direction."""
        super().changeEvent(event)
        self.update()

    def _write(self, painter: QPainter, theme: Theme) -> None:
        em = self.fontMetrics().height()
        gap, side = em // 2, round(em * 1.05)
        left, right = _BAR_PX + gap, self.width() - gap
        top = (self.height() - side) // 2
        draw_mark(painter, self.told.mark, QRectF(self._placed(QRect(left, top, side, side))), theme)
        left += side + gap
        bold = QFont(self.font())
        bold.setBold(True)
        age = self.told.age
        if age:
            width = self.fontMetrics().horizontalAdvance(age) + 1
            self._put(painter, age, QRect(right - width, 0, width, self.height()), self.font())
            right -= width + em
        if self.told.title:
            room = right - left
            needed = QFontMetrics(bold).horizontalAdvance(isolated(self.told.title)) + 1
            shared = min(needed, round(room * _SHARE))
            why_fits = bool(self.told.why) and room - shared - em >= em * _LEAST_EM
            width = shared if why_fits else room
            self._put(painter, self.told.title, QRect(left, 0, width, self.height()), bold)
            left += width + em
        self._put(painter, self.told.why, QRect(left, 0, max(0, right - left), self.height()), self.font())

    def _put(self, painter: QPainter, text: str, where: QRect, font: QFont) -> None:
        painter.setFont(font)
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(isolated(text), Qt.TextElideMode.ElideRight, where.width())
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._placed(where), flags | Qt.TextFlag.TextSingleLine, shown)

    def _placed(self, where: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), where)
