"""How verdicts are painted over time, in pixels: tint and pattern behind the curves, and the strip below them.

Colour, pattern and height all tell the same, so that any one of them is enough.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from manara.model import Verdict
from manara.ui.theme import Theme
from manara.wording import SIGNS

STRIP = 8.0
"""Height of the strip of verdicts."""
STRIP_GAP = 4.0
HEIGHTS = {Verdict.DOWN: 1.0, Verdict.DEGRADED: 0.7, Verdict.MAINTENANCE: 0.5, Verdict.UP: 0.25}
"""Part of the strip or of a bar that a verdict fills; nothing where nothing is known."""

_SPACING = 7.0
_NARROWEST_PATTERN = 6.0
_TINT, _PATTERN = 28, 90
_WORST_LAST = (Verdict.UP, Verdict.MAINTENANCE, Verdict.DEGRADED, Verdict.DOWN)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a line of pixels with one verdict."""

    left: float
    right: float
    verdict: Verdict
    labelled: bool = False


def fitted(stretches: Iterable[Stretch], width: float, least: float) -> list[Stretch]:
    """Return the stretches that can be seen, the worst last, each at least so wide and none twice in one place.

    However many there are, no more are returned than there are pixels for each verdict.
    """
    found: list[Stretch] = []
    reached: dict[tuple[Verdict, bool], float] = {}
    for stretch in stretches:
        left, right = max(0.0, stretch.left), min(width, max(stretch.right, stretch.left + least))
        kind = (stretch.verdict, stretch.labelled)
        if right <= left or right <= reached.get(kind, -1.0):
            continue
        reached[kind] = right
        found.append(Stretch(left, right, *kind))
    return sorted(found, key=lambda stretch: _WORST_LAST.index(stretch.verdict))


def paint_shade(painter: QPainter, where: QRectF, verdict: Verdict, theme: Theme) -> None:
    """Paint the tint and the pattern of a verdict over a rectangle; the good one leaves it as it is."""
    if verdict is Verdict.UP:
        return
    tone = theme.tones[SIGNS[verdict].tone]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    narrow = where.width() < _NARROWEST_PATTERN
    painter.fillRect(where, _faded(tone, _PATTERN if narrow else _TINT))
    if narrow:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_faded(tone, _PATTERN), 1.0))
    match verdict:
        case Verdict.DOWN:
            painter.drawLines(list(hatching(where)))
        case Verdict.DEGRADED:
            pen = QPen(_faded(tone, 2 * _PATTERN), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(QPolygonF(list(_dots(where))))
        case _:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.drawLines(list(_rules(where)))


def paint_strip(painter: QPainter, base: float, stretch: Stretch, theme: Theme, height: float = STRIP) -> None:
    """Paint a verdict into a strip that stands on `base`: the worse, the higher."""
    top = height * HEIGHTS[stretch.verdict]
    tone = theme.tones[SIGNS[stretch.verdict].tone]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRectF(stretch.left, base - top, stretch.right - stretch.left, top), tone)


def paint_label_edge(painter: QPainter, where: QRectF, theme: Theme) -> None:
    """Mark a stretch as the user's word, by a bracket along its top."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(theme.faint, 1.0))
    top, bottom = where.top() + 1, where.top() + 6
    painter.drawPolyline(
        [
            QPointF(where.left(), bottom),
            QPointF(where.left(), top),
            QPointF(where.right() - 1, top),
            QPointF(where.right() - 1, bottom),
        ]
    )


def hatching(where: QRectF) -> Iterator[QLineF]:
    """Yield slanting lines that fill a rectangle; they stand still on the paper when the rectangle moves on it."""
    height = where.height()
    first = (where.left() - where.top()) // _SPACING - height // _SPACING - 2
    # Lines are x - left edge of the paper = foot, rising to the right; counted from the paper's own corner.
    for place in range(int(first), int((where.right()) // _SPACING) + 2):
        foot = place * _SPACING
        line = _clipped(foot, where)
        if line is not None:
            yield line


def _clipped(foot: float, where: QRectF) -> QLineF | None:
    """Return the part within a rectangle of the line that rises from `foot` on its lower edge."""
    left, right = max(foot, where.left()), min(foot + where.height(), where.right())
    if right <= left:
        return None
    return QLineF(left, where.bottom() - (left - foot), right, where.bottom() - (right - foot))


def _dots(where: QRectF) -> Iterator[QPointF]:
    across = range(int(where.left() // _SPACING) + 1, int(where.right() // _SPACING) + 1)
    down = range(1, int(where.height() // _SPACING) + 1)
    for column in across:
        for row in down:
            if (column + row) % 2:
                yield QPointF(column * _SPACING, where.top() + row * _SPACING)


def _rules(where: QRectF) -> Iterator[QLineF]:
    for row in range(1, int(where.height() // _SPACING) + 1):
        y = round(where.top() + row * _SPACING) + 0.5
        yield QLineF(where.left(), y, where.right() - 1, y)


def _faded(colour: QColor, alpha: int) -> QColor:
    faded = QColor(colour)
    faded.setAlpha(min(255, alpha))
    return faded
