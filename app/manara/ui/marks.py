"""The marks of verdicts as they are painted: a shape for each, the same in the tray, on tiles and in charts."""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from manara.model import Verdict
from manara.ui.theme import Theme
from manara.wording import SIGNS, Tone


class Look(Enum):
    """What the whole program can look like besides the verdict of one service."""

    OFFLINE = "offline"
    """Our own connection is down, or wants a sign-in first."""
    STOPPED = "stopped"
    """Nothing is measured any more."""
    STARTING = "starting"
    """Nothing is known yet."""


Mark = Verdict | Look


def tone_of(mark: Mark) -> Tone:
    """Return the tone of a mark."""
    if isinstance(mark, Verdict):
        return SIGNS[mark].tone
    return Tone.BAD if mark is Look.STOPPED else Tone.MUTED


def draw_mark(painter: QPainter, mark: Mark, where: QRectF, theme: Theme) -> None:
    """Paint a mark that fills the square `where`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.tones[tone_of(mark)]
    _DRAWINGS[mark](painter, where, colour, theme.on(tone_of(mark)))
    painter.restore()


def _filled(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)


def _lines(painter: QPainter, where: QRectF, colour: QColor, weight: float = 0.13) -> None:
    pen = QPen(colour, max(1.0, where.width() * weight))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _at(where: QRectF, x: float, y: float) -> QPointF:
    return QPointF(where.left() + x * where.width(), where.top() + y * where.height())


def _inner(where: QRectF, margin: float) -> QRectF:
    by = where.width() * margin
    return where.adjusted(by, by, -by, -by)


def _up(painter: QPainter, where: QRectF, colour: QColor, on: QColor) -> None:
    _filled(painter, colour)
    painter.drawEllipse(_inner(where, 0.04))
    _lines(painter, where, on)
    painter.drawPolyline([_at(where, 0.28, 0.53), _at(where, 0.44, 0.68), _at(where, 0.73, 0.36)])


def _degraded(painter: QPainter, where: QRectF, colour: QColor, on: QColor) -> None:
    pen = QPen(colour, where.width() * 0.1)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([_at(where, 0.5, 0.1), _at(where, 0.93, 0.88), _at(where, 0.07, 0.88)]))
    _lines(painter, where, on)
    painter.drawLine(_at(where, 0.5, 0.38), _at(where, 0.5, 0.6))
    painter.drawPoint(_at(where, 0.5, 0.78))


def _down(painter: QPainter, where: QRectF, colour: QColor, on: QColor) -> None:
    _filled(painter, colour)
    painter.drawRoundedRect(_inner(where, 0.06), where.width() * 0.14, where.width() * 0.14)
    _lines(painter, where, on)
    painter.drawLine(_at(where, 0.32, 0.32), _at(where, 0.68, 0.68))
    painter.drawLine(_at(where, 0.68, 0.32), _at(where, 0.32, 0.68))


def _maintenance(painter: QPainter, where: QRectF, colour: QColor, on: QColor) -> None:
    _filled(painter, colour)
    corners = [_at(where, 0.5, 0.02), _at(where, 0.98, 0.5), _at(where, 0.5, 0.98), _at(where, 0.02, 0.5)]
    painter.drawPolygon(QPolygonF(corners))
    _lines(painter, where, on)
    painter.drawLine(_at(where, 0.36, 0.5), _at(where, 0.64, 0.5))


def _unknown(painter: QPainter, where: QRectF, colour: QColor, _on: QColor) -> None:
    _lines(painter, where, colour, 0.11)
    painter.drawEllipse(_inner(where, 0.1))
    question = QPainterPath(_at(where, 0.37, 0.42))
    question.cubicTo(_at(where, 0.37, 0.24), _at(where, 0.65, 0.24), _at(where, 0.63, 0.42))
    question.cubicTo(_at(where, 0.62, 0.5), _at(where, 0.5, 0.5), _at(where, 0.5, 0.59))
    painter.drawPath(question)
    painter.drawPoint(_at(where, 0.5, 0.75))


def _paused(painter: QPainter, where: QRectF, colour: QColor, _on: QColor) -> None:
    _filled(painter, colour)
    for left in (0.2, 0.58):
        painter.drawRect(QRectF(_at(where, left, 0.14), _at(where, left + 0.22, 0.86)))


def _offline(painter: QPainter, where: QRectF, colour: QColor, _on: QColor) -> None:
    _lines(painter, where, colour)
    painter.drawEllipse(_inner(where, 0.12))
    painter.drawLine(_at(where, 0.2, 0.8), _at(where, 0.8, 0.2))


def _stopped(painter: QPainter, where: QRectF, colour: QColor, _on: QColor) -> None:
    _lines(painter, where, colour)
    painter.drawRect(_inner(where, 0.14))
    painter.drawLine(_at(where, 0.36, 0.64), _at(where, 0.64, 0.36))
    painter.drawLine(_at(where, 0.36, 0.36), _at(where, 0.64, 0.64))


def _starting(painter: QPainter, where: QRectF, colour: QColor, _on: QColor) -> None:
    _lines(painter, where, colour, 0.09)
    painter.drawEllipse(_inner(where, 0.1))
    _filled(painter, colour)
    for x in (0.3, 0.5, 0.7):
        radius = where.width() * 0.07
        painter.drawEllipse(_at(where, x, 0.5), radius, radius)


_DRAWINGS = {
    Verdict.UP: _up,
    Verdict.DEGRADED: _degraded,
    Verdict.DOWN: _down,
    Verdict.MAINTENANCE: _maintenance,
    Verdict.UNKNOWN: _unknown,
    Verdict.PAUSED: _paused,
    Look.OFFLINE: _offline,
    Look.STOPPED: _stopped,
    Look.STARTING: _starting,
}
