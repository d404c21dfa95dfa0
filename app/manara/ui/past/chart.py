"""The chart itself: lanes over one time axis. The only file that knows pyqtgraph; it shows, and asks for nothing.

It is imported when the first history window opens, since pyqtgraph and numpy take a third of a second and 45 MB.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from manara.model import Window
from manara.ui.contrast import wants_high_contrast
from manara.ui.past.lane import Kind, Lane, top_ms
from manara.ui.past.lane_items import FOOT, Bands, Ground, Title, curve
from manara.ui.past.palette import chart_colours
from manara.ui.past.readout import name_of
from manara.ui.past.spoken import tell_as_chart
from manara.ui.past.ticks import latency_text, latency_ticks, time_ticks
from manara.ui.past.time_map import TimeMap
from manara.ui.theme import theme_of
from manara.wording import Translator

_LINE = 1.6
_GAP = 10


@dataclass(slots=True)
class _Row:
    """What one lane is drawn with."""

    lane: Lane
    view: pg.ViewBox
    axis: pg.AxisItem
    ground: Ground
    title: Title
    bands: Bands
    line: pg.PlotCurveItem
    cursor: pg.InfiniteLine
    top_ms: float = 1.0


class Chart(pg.GraphicsLayoutWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Shows lanes in a window of time, a cursor and a selection."""

    def __init__(self, tr: Translator, window: Window, now: datetime, parent: QWidget | None = None) -> None:
        tell_as_chart(Chart)
        super().__init__(parent)
        self._tr = tr
        self._zone = now.tzinfo
        self._map = TimeMap(window.end)
        self._window = window
        self._kind = Kind.LATENCY
        self._rows: list[_Row] = []
        self._cursor: datetime | None = None
        self._selected: Window | None = None
        self._bottom = pg.AxisItem("bottom")
        self._colours = chart_colours(theme_of(self.palette()), strong=wants_high_contrast())
        self.ci.layout.setSpacing(_GAP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.setMinimumHeight(self.fontMetrics().height() * 8)

    @property
    def window_shown(self) -> Window:
        """The window from the left edge to the right one."""
        return self._window

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """What is shown, from top to bottom."""
        return tuple(row.lane for row in self._rows)

    @property
    def plot_width(self) -> int:
        """How many pixels wide the time axis is."""
        return max(1, round(self._plot().width()))

    def moment_at(self, x: float) -> datetime:
        """Return the moment under a horizontal place of the widget; outside of the plot, that at its edge."""
        plot = self._plot()
        left, right = self._map.span(self._window)
        share = min(1.0, max(0.0, (x - plot.left()) / max(1.0, plot.width())))
        return self._map.at(left + share * (right - left))

    def place_of(self, at: datetime) -> float:
        """Return the horizontal place of a moment in the widget."""
        plot = self._plot()
        left, right = self._map.span(self._window)
        return plot.left() + (self._map.x(at) - left) / (right - left) * plot.width()

    def show_lanes(self, lanes: Sequence[Lane], kind: Kind) -> None:
        """Show these lanes from now on; the ones that are there already are kept."""
        self._kind = kind
        if [lane.service_id for lane in lanes] != [row.lane.service_id for row in self._rows]:
            self._build(lanes)
        for row, lane in zip(self._rows, lanes, strict=True):
            row.lane = lane
            row.title.say(name_of(lane) if len(lanes) > 1 else "")
            self._fill(row)
        self.fit_heights()

    def show_window(self, window: Window) -> None:
        """Show this stretch of time; the heights stay as they are, so that nothing jumps while it moves."""
        self._window = window
        self._fit()

    def fit_heights(self) -> None:
        """Choose the height of each latency axis by what is shown now."""
        for row in self._rows:
            row.top_ms = top_ms(row.lane, self._window, self._kind)
        self._fit()

    def show_cursor(self, at: datetime | None) -> None:
        """Draw a line at this moment through all lanes."""
        self._cursor = at
        for row in self._rows:
            row.cursor.setVisible(at is not None)
            if at is not None:
                row.cursor.setPos(self._map.x(at))

    def show_selected(self, selected: Window | None) -> None:
        """Show that a stretch is selected."""
        self._selected = selected
        for row in self._rows:
            row.ground.selected = None if selected is None else self._map.span(selected)
            row.ground.update()

    def paint_scene(self, painter: QPainter, where: QRectF) -> None:
        """Paint the chart as it is into a rectangle of another device."""
        self.sceneObj.prepareForPaint()
        self.sceneObj.render(painter, where, QRectF(self.rect()), Qt.AspectRatioMode.IgnoreAspectRatio)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the chart, and a frame around it while the keyboard is here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._colours.theme.focus, 2.0))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame, all around: the view itself paints no more than what has changed in the scene."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Paint without the frame."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802 - Qt's name
        """Fill the new size."""
        super().resizeEvent(event)
        # pyqtgraph resizes before this object is complete.
        if hasattr(self, "_rows"):
            self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the palette, the font and the direction of the language."""
        super().changeEvent(event)
        changes = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange)
        if event.type() in changes and hasattr(self, "_rows"):
            self._build(self.lanes)

    def _plot(self) -> QRectF:
        return self._rows[0].view.sceneBoundingRect() if self._rows else QRectF(self.rect())

    def _build(self, lanes: Sequence[Lane]) -> None:
        """Make the rows anew."""
        self._colours = chart_colours(theme_of(self.palette()), strong=wants_high_contrast())
        self.setBackground(self._colours.ground)
        self.ci.clear()
        self.ci.setLayoutDirection(self.layoutDirection())
        self._rows = [self._row(place, lane, several=len(lanes) > 1) for place, lane in enumerate(lanes)]
        self._bottom = self._axis("bottom")
        self._bottom.setHeight(self.fontMetrics().height() + 8)
        self.ci.addItem(self._bottom, row=len(lanes), col=1)
        self.show_cursor(self._cursor)
        self.show_selected(self._selected)
        for row in self._rows:
            self._fill(row)
        self.fit_heights()

    def _row(self, place: int, lane: Lane, *, several: bool) -> _Row:
        view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        view.disableAutoRange()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        axis = self._axis("right" if mirrored else "left")
        # The columns of the layout are mirrored by themselves.
        self.ci.addItem(axis, row=place, col=0)
        self.ci.addItem(view, row=place, col=1)
        axis.linkToView(view)
        ground = Ground(view, self._colours)
        ground.setZValue(-1)
        title = Title(view, self._colours, name_of(lane) if several else "", mirrored=mirrored)
        bands = Bands()
        line = pg.PlotCurveItem(pen=QPen(self._colours.line, _LINE), antialias=True, connect="finite")
        line.opts["pen"].setCosmetic(True)
        line.opts["pen"].setCapStyle(Qt.PenCapStyle.RoundCap)
        # Piece by piece, Qt paints a soft line three times as fast as in one path.
        line.setSegmentedLineMode("on")
        dashes = QPen(self._colours.text, 1.0, Qt.PenStyle.DashLine)
        dashes.setCosmetic(True)
        cursor = pg.InfiniteLine(angle=90, movable=False, pen=dashes)
        cursor.setVisible(False)
        for item in (bands, line, cursor):
            view.addItem(item, ignoreBounds=True)
        return _Row(lane, view, axis, ground, title, bands, line, cursor)

    def _axis(self, side: str) -> pg.AxisItem:
        nothing = QPen(Qt.PenStyle.NoPen)
        axis = pg.AxisItem(side, pen=nothing, tickPen=nothing, textPen=self._colours.text, maxTickLength=0)
        axis.setTickFont(self.font())
        axis.setStyle(
            tickAlpha=0,
            autoExpandTextSpace=False,
            hideOverlappingLabels=side == "bottom",
            tickTextOffset=2 if side == "bottom" else 6,
        )
        return axis

    def _fill(self, row: _Row) -> None:
        row.ground.take(row.lane, self._map)
        row.bands.take(row.lane, self._kind, self._map, self._colours)
        xs, ys = curve(row.lane, self._kind, self._map)
        row.line.setData(x=xs, y=ys)

    def _fit(self) -> None:
        """Bring axes, grid and items in line with window, heights and size."""
        if not self._rows:
            return
        metrics = self.fontMetrics()
        labels = [self._fit_latency(row) for row in self._rows]
        width = max((metrics.horizontalAdvance(text) for texts in labels for text in texts), default=0) + 12
        for row in self._rows:
            row.axis.setWidth(width)
        # Without this, a layout that was just filled is as narrow as can be until the next event.
        self.ci.layout.activate()
        self.ci.setGeometry(self.range)
        self.ci.layout.activate()
        left, right = self._map.span(self._window)
        plot = self._plot()
        ticks = time_ticks(self._tr, self._window, self._zone, int(plot.width() // (metrics.averageCharWidth() * 11)))
        places = [self._map.x(tick.at) for tick in ticks]
        self._bottom.setRange(left, right)
        self._bottom.setTicks([[(x, tick.text) for x, tick in zip(places, ticks, strict=True)]])
        scale = plot.width() / (right - left)
        for row in self._rows:
            foot_ms = self._foot_ms(row)
            row.view.setRange(xRange=(left, right), yRange=(-foot_ms, row.top_ms), padding=0, disableAutoRange=True)
            room = QRectF(QPointF(), row.view.size())
            row.ground.fit(room, left, right)
            row.title.fit(room)
            per_ms = (room.height() - FOOT) / row.top_ms
            down = [room.height() - FOOT - ms * per_ms for ms in latency_ticks(row.top_ms, self._most(row))]
            row.ground.rule([(x - left) * scale for x in places], down)

    def _fit_latency(self, row: _Row) -> list[str]:
        values = latency_ticks(row.top_ms, self._most(row))
        step = values[1] if len(values) > 1 else row.top_ms
        texts = [latency_text(self._tr, ms, step) for ms in values]
        row.axis.setTicks([list(zip(values, texts, strict=True))])
        return texts

    def _most(self, row: _Row) -> int:
        """Return how many marks the latency axis has room for."""
        return max(1, min(5, int((row.view.size().height() - FOOT) // (self.fontMetrics().height() * 2))))

    def _foot_ms(self, row: _Row) -> float:
        """Return what the strip below zero takes, in the measure of the latency axis."""
        height: float = row.view.size().height()
        return FOOT / max(1.0, height - FOOT) * row.top_ms
