"""The items of one lane of the chart: shades, grid and strip in pixels; bands in seconds and milliseconds."""

from collections.abc import Callable, Iterator, Sequence
from math import nan

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from manara.model import OBSERVED, Bucket, Layer, Window
from manara.ui.past.lane import Kind, Lane, middle, runs, stack
from manara.ui.past.painting import STRIP, STRIP_GAP, paint_label_edge, paint_shades, paint_strip
from manara.ui.past.palette import ChartColours
from manara.ui.past.stretches import Stretch, Stretches
from manara.ui.past.time_map import TimeMap
from manara.wording import Tone

FOOT = STRIP + STRIP_GAP
"""Height below the zero of the latency axis."""


class Ground(QGraphicsItem):
    """What lies behind the curves: grid, verdicts, and looks that failed."""

    def __init__(self, parent: QGraphicsItem, colours: ChartColours) -> None:
        super().__init__(parent)
        self.colours = colours
        self._room = QRectF()
        self._left, self._right = 0.0, 1.0
        self._lines: tuple[Sequence[float], Sequence[float]] = ((), ())
        self._stretches = Stretches()
        self._failed: list[float] = []
        self.selected: tuple[float, float] | None = None

    def take(self, lane: Lane, time_map: TimeMap) -> None:
        """Show this lane."""
        self._stretches = Stretches(
            Stretch(*time_map.span(Window(span.begin, span.end)), span.verdict, span.label is not None)
            for span in lane.spans
            if span.verdict in OBSERVED
        )
        buckets = () if lane.series is None else lane.series.buckets
        self._failed = [time_map.x(middle(bucket)) for bucket in buckets if _has_failed(bucket)]
        self.update()

    def fit(self, room: QRectF, left: float, right: float) -> None:
        """Fill a room in which the axis goes from one place to another."""
        self.prepareGeometryChange()
        self._room, self._left, self._right = QRectF(room), left, right
        self.update()

    def rule(self, across: Sequence[float], down: Sequence[float]) -> None:
        """Draw grid lines at these places of the axes, in pixels."""
        self._lines = (across, down)
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the room."""
        return self._room

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint everything that is seen now."""
        room = self._room
        plot = room.adjusted(0, 0, 0, -FOOT)
        theme = self.colours.theme
        seen = (self._left, self._right, room.width())
        anchor = -self._left * self._scale % 1e6
        paint_shades(painter, plot, self._stretches.bad(*seen, least=2.0), theme, anchor)
        self._paint_grid(painter, plot)
        for stretch in self._stretches.labelled(*seen, least=2.0):
            paint_label_edge(painter, _column(plot, stretch), theme)
        paint_strip(painter, room.bottom(), self._stretches.all(*seen, least=1.0), theme)
        self._paint_failed(painter, plot)
        self._paint_selected(painter, room)

    @property
    def _scale(self) -> float:
        return self._room.width() / (self._right - self._left)

    def _paint_grid(self, painter: QPainter, plot: QRectF) -> None:
        across, down = self._lines
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(self.colours.grid, 1.0))
        painter.drawLines(
            [
                *(QLineF(x, plot.top(), x, plot.bottom()) for x in map(_crisp, across)),
                *(QLineF(plot.left(), y, plot.right(), y) for y in map(_crisp, down)),
            ]
        )

    def _paint_failed(self, painter: QPainter, plot: QRectF) -> None:
        scale = self._scale
        places = {round((x - self._left) * scale) for x in self._failed if self._left <= x <= self._right}
        painter.setPen(QPen(self.colours.theme.tones[Tone.BAD], 1.0))
        painter.drawLines([QLineF(x + 0.5, plot.bottom() - 5, x + 0.5, plot.bottom()) for x in sorted(places)])

    def _paint_selected(self, painter: QPainter, room: QRectF) -> None:
        if self.selected is None:
            return
        left, right = ((x - self._left) * self._scale for x in self.selected)
        colour = QColor(self.colours.theme.focus)
        painter.setPen(QPen(colour, 1.0))
        painter.drawLines([QLineF(_crisp(x), room.top(), _crisp(x), room.bottom()) for x in (left, right)])
        colour.setAlpha(40)
        painter.fillRect(QRectF(left, room.top(), right - left, room.height()), colour)


class Title(QGraphicsItem):
    """The name of a lane, above all that is drawn in it."""

    def __init__(self, parent: QGraphicsItem, colours: ChartColours, text: str, *, mirrored: bool) -> None:
        super().__init__(parent)
        self._colours = colours
        self._text = text
        self._mirrored = mirrored
        self._room = QRectF()
        self.setZValue(100)

    def say(self, text: str) -> None:
        """Show this name; none where it stands elsewhere."""
        self._text = text
        self.update()

    def fit(self, room: QRectF) -> None:
        """Fill a room."""
        self.prepareGeometryChange()
        self._room = QRectF(room)

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the room."""
        return self._room

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Write the name into the corner at which reading begins; plain text, whatever it contains."""
        if not self._text:
            return
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self._room.width() / 2)
        width = metrics.horizontalAdvance(text) + 8
        left = self._room.right() - width - 2 if self._mirrored else self._room.left() + 2
        where = QRectF(left, self._room.top(), width, metrics.height() + 2)
        ground = QColor(self._colours.ground)
        ground.setAlpha(215)
        painter.fillRect(where, ground)
        painter.setPen(self._colours.theme.text)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)


class Bands(QGraphicsItem):
    """Filled areas without a soft edge: that is what would cost."""

    def __init__(self) -> None:
        super().__init__()
        self._areas: list[tuple[QPolygonF, QColor]] = []
        self._bounds = QRectF()

    def take(self, lane: Lane, kind: Kind, time_map: TimeMap, colours: ChartColours) -> None:
        """Show the measurements of this lane."""
        self.prepareGeometryChange()
        self._areas = list(_areas(runs(lane), kind, time_map, colours))
        self._bounds = QRectF()
        for polygon, _ in self._areas:
            self._bounds = self._bounds.united(polygon.boundingRect())
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the room of all areas."""
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the areas."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(Qt.PenStyle.NoPen)
        for polygon, colour in self._areas:
            painter.setBrush(colour)
            painter.drawPolygon(polygon)


def curve(lane: Lane, kind: Kind, time_map: TimeMap) -> tuple[list[float], list[float]]:
    """Return the line to draw: the median, or the top of all phases; gaps are points without a value."""
    xs: list[float] = []
    ys: list[float] = []
    for run in runs(lane):
        for x, bucket in _places(run, time_map):
            xs.append(x)
            ys.append(_heights(bucket, kind)[-1 if kind is Kind.PHASES else 0])
        xs.append(xs[-1])
        ys.append(nan)
    return xs, ys


def _areas(
    stretches: list[list[Bucket]], kind: Kind, time_map: TimeMap, colours: ChartColours
) -> Iterator[tuple[QPolygonF, QColor]]:
    fills = colours.phases if kind is Kind.PHASES else (colours.near, colours.far)
    for run in stretches:
        places = [(x, _heights(bucket, kind)) for x, bucket in _places(run, time_map)]
        floors: Callable[[tuple[float, ...], int], float] = _below if kind is Kind.PHASES else _at
        for level, fill in enumerate(fills):
            upper = 0 if kind is Kind.PHASES else 1
            above = [QPointF(x, heights[level + upper]) for x, heights in places]
            below = [QPointF(x, floors(heights, level)) for x, heights in reversed(places)]
            yield QPolygonF([*above, *below]), fill


def _at(heights: tuple[float, ...], level: int) -> float:
    return heights[level]


def _below(heights: tuple[float, ...], level: int) -> float:
    return heights[level - 1] if level else 0.0


def _heights(bucket: Bucket, kind: Kind) -> tuple[float, ...]:
    """Return median, 90th and 99th percentile, or the tops of the phases that stand on each other."""
    if kind is Kind.PHASES:
        dns, connect, tls, first_byte = stack(bucket.phases)
        return dns, dns + connect, dns + connect + tls, dns + connect + tls + first_byte
    took = bucket.latency
    return (0.0, 0.0, 0.0) if took is None else (took.p50_ms, took.p90_ms, took.p99_ms)


def _places(run: list[Bucket], time_map: TimeMap) -> Iterator[tuple[float, Bucket]]:
    """Yield where each bucket is drawn; a lonely one is as wide as it is, or it could not be seen."""
    if len(run) == 1:
        yield time_map.x(run[0].begin), run[0]
        yield time_map.x(run[0].end), run[0]
        return
    for bucket in run:
        yield time_map.x(middle(bucket)), bucket


def _has_failed(bucket: Bucket) -> bool:
    # A look that could not be made for want of something on this computer says nothing about the service.
    return any(layer is not Layer.LOCAL for layer in bucket.failures)


def _column(plot: QRectF, stretch: Stretch) -> QRectF:
    return QRectF(stretch.left, plot.top(), stretch.right - stretch.left, plot.height())


def _crisp(x: float) -> float:
    return round(x) + 0.5
