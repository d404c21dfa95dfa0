"""The last days as a bar, a column each: the worst of the day by colour and height. For mouse, keys and ears."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from manara.model import HistoryOptions, Uptime, Verdict, Window
from manara.monitor.days import Day
from manara.ui.past.painting import HEIGHTS
from manara.ui.past.spoken import announce
from manara.ui.plain import isolated, tooltip
from manara.ui.theme import mixed, theme_of
from manara.wording import SIGNS, Translator, duration, uptime_sentence, verdict_word
from manara.wording.dates import day_of_month, full_day

_WORST_FIRST = (Verdict.DOWN, Verdict.DEGRADED, Verdict.MAINTENANCE)


class UptimeBar(QWidget):
    """Shows days; the one that is looked at by the keyboard has a frame."""

    day_chosen = Signal(object)
    """The `Window` of a day that the user wants to see."""

    def __init__(self, tr: Translator, options: HistoryOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._options = options
        self._days: Sequence[Day] = ()
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._tell()

    @property
    def current(self) -> Day | None:
        """The day that is looked at by the keyboard."""
        return self._days[self._current] if 0 <= self._current < len(self._days) else None

    def show_days(self, days: Sequence[Day]) -> None:
        """Show these days, the newest at the right."""
        self._days = days
        self._current = min(self._current, len(days) - 1)
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a column of two pixels for each day, and for the dates below."""
        em = self.fontMetrics().height()
        return QSize(em * 20, em * 3)

    def words(self, day: Day) -> str:
        """Return what is told of a day."""
        tr = self._tr
        told = [full_day(tr, day.date), uptime_sentence(tr, _uptime(day), self._options)]
        spent = ((verdict, day.spent.get(verdict)) for verdict in _WORST_FIRST)
        told += [f"{verdict_word(tr, verdict)} {duration(tr, length)}" for verdict, length in spent if length]
        return " · ".join(told)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint a column for each day and the dates of the first and the last."""
        if not self._days:
            return
        theme = theme_of(self.palette())
        painter = QPainter(self)
        nothing = mixed(theme.text, theme.paper, 0.82)
        bar = self._bar()
        for place, day in enumerate(self._days):
            column = self._column(place)
            known = day.worst is not Verdict.UNKNOWN
            painter.fillRect(column, mixed(theme.text, theme.paper, 0.93))
            height = bar.height() * (HEIGHTS[day.worst] if day.worst is not Verdict.UP else 0.5) if known else 2.0
            colour = theme.tones[SIGNS[day.worst].tone] if known else nothing
            painter.fillRect(column.adjusted(0, column.height() - round(height), 0, 0), colour)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2.0))
            around = bar if self.current is None else self._column(self._current)
            painter.drawRect(around.adjusted(-2, -2, 2, 2))
        self._paint_dates(painter, bar)
        painter.end()

    def _paint_dates(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(theme_of(self.palette()).faint)
        room = QRectF(bar.left(), bar.bottom() + 3, bar.width(), self.fontMetrics().height())
        # Time runs from left to right in every language.
        sides = ((0, Qt.AlignmentFlag.AlignLeft), (-1, Qt.AlignmentFlag.AlignRight))
        for place, side in sides:
            text = day_of_month(self._tr, self._days[place].date)
            painter.drawText(room, side | Qt.AlignmentFlag.AlignAbsolute, isolated(text))
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, isolated(self.accessibleName()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from day to day; Return shows one in the chart."""
        last = len(self._days) - 1
        goals = {
            Qt.Key.Key_Left: max(0, self._current - 1 if self._current >= 0 else last),
            Qt.Key.Key_Right: min(last, self._current + 1 if self._current >= 0 else last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        day = self.current
        if key in goals and self._days:
            self._go_to(goals[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and day is not None:
            self.day_chosen.emit(Window(day.begin, day.end))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show a day in the chart."""
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self._go_to(place)
            self.day_chosen.emit(Window(self._days[place].begin, self._days[place].end))

    def event(self, event: QEvent) -> bool:
        """Show what is told of a day beside the pointer."""
        if isinstance(event, QHelpEvent):
            place = self._place_at(event.pos())
            words = "" if place is None else self.words(self._days[place])
            QToolTip.showText(event.globalPos(), tooltip(words), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Begin with today."""
        if self._current < 0 and self._days:
            self._current = len(self._days) - 1
            self._tell()
        super().focusInEvent(event)

    def _go_to(self, place: int) -> None:
        self._current = place
        self._tell()
        announce(self, self.words(self._days[place]))
        self.update()

    def _tell(self) -> None:
        tr = self._tr
        self.setAccessibleName(tr("The last {n} days").format(n=len(self._days)))
        bad = sum(day.worst is Verdict.DOWN for day in self._days)
        told = [
            tr.plural("{n} day with an outage.", "{n} days with an outage.", bad).format(n=bad),
            tr("The arrow keys go from day to day, Return shows a day in the chart."),
        ]
        if self.current is not None:
            told.insert(0, f"{self.words(self.current)}.")
        self.setAccessibleDescription(" ".join(told))

    def _bar(self) -> QRectF:
        margin = 3
        height = self.height() - self.fontMetrics().height() - 2 * margin - 2
        return QRectF(margin, margin, self.width() - 2 * margin, max(4, height))

    def _column(self, place: int) -> QRectF:
        bar, count = self._bar(), len(self._days)
        left, right = (round(bar.left() + bar.width() * each / count) for each in (place, place + 1))
        gap = 1 if right - left > 2 else 0
        return QRectF(left, bar.top(), right - left - gap, bar.height())

    def _place_at(self, where: QPoint) -> int | None:
        bar = self._bar()
        if not self._days or not bar.adjusted(0, 0, 0, self.height()).contains(where):
            return None
        return min(len(self._days) - 1, int((where.x() - bar.left()) / bar.width() * len(self._days)))


def _uptime(day: Day) -> Uptime:
    spent = {verdict: day.spent.get(verdict, timedelta(0)) for verdict in HEIGHTS}
    return Uptime(
        "",
        Window(day.begin, day.end),
        up=spent[Verdict.UP],
        degraded=spent[Verdict.DEGRADED],
        down=spent[Verdict.DOWN],
        maintenance=spent[Verdict.MAINTENANCE],
        not_observed=day.not_observed,
    )
