"""What the chart shows as a file: a picture of dots, a picture of lines, or a table for other programs."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from io import StringIO
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from manara.model import Bucket, Window
from manara.ui.past.lane import Lane, buckets_within, middle, span_at
from manara.ui.past.legend import Entry, height_of, paint_entries
from manara.ui.past.palette import ChartColours
from manara.ui.saving import ToSave
from manara.wording import Translator, spreadsheet_cell

SCALE = 2
"""Dots of a picture for each dot of the screen."""
_MARGIN = 16.0


class Format(StrEnum):
    """Kinds of files; the value is the end of their names."""

    PNG = "png"
    SVG = "svg"
    CSV = "csv"


class Paintable(Protocol):
    """A chart that can be painted on any device."""

    def paint_scene(self, painter: QPainter, where: QRectF) -> None:
        """Paint the chart as it is."""

    def size(self) -> QSize:
        """Return its size on the screen."""

    def font(self) -> QFont:
        """Return the font of its words."""

    def logicalDpiX(self) -> int:  # noqa: N802 - Qt's name
        """Return the resolution in which it was laid out."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture has besides the chart itself."""

    title: str
    lines: tuple[str, ...]
    legend: Sequence[Entry]
    colours: ChartColours
    mirrored: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What an export is made of."""

    chart: Paintable
    picture: Picture
    lanes: tuple[Lane, ...]
    window: Window
    zone: tzinfo | None


def export(tr: Translator, show: Callable[[], Shown], form: Format) -> ToSave:
    """Return the file for `Saving`: it is named after the chart as it is now, and holds it as it is then."""
    filters = {
        Format.PNG: tr("Pictures (*.png)"),
        Format.SVG: tr("Pictures (*.svg)"),
        Format.CSV: tr("Tables (*.csv)"),
    }
    shown = show()
    name = file_name(shown.lanes, shown.window, form)
    return ToSave(tr("Save what the chart shows"), filters[form], form.value, name, lambda: _content(show(), form))


def png(chart: Paintable, picture: Picture) -> bytes:
    """Return the chart as a picture of dots, twice as fine as on the screen."""
    size = _size(chart, picture)
    image = QImage(size * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    painter = QPainter(image)
    _paint(painter, chart, picture, size)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # PySide6 declares bytes, and takes str
    return bytes(content.data())


def svg(chart: Paintable, picture: Picture) -> bytes:
    """Return the chart as a picture of lines."""
    size = _size(chart, picture)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The smaller dialect knows no clipping, and would draw what lies outside of the axes.
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    # With another resolution than the screen's, the words of the axes would be scaled away from their places.
    generator.setResolution(chart.logicalDpiX())
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(picture.title)
    painter = QPainter(generator)
    _paint(painter, chart, picture, size)
    painter.end()
    return bytes(content.data())


HEAD = (
    *("service", "name", "from_utc", "to_utc", "from_local", "verdict", "looks", "failed_looks"),
    *("p50_ms", "p90_ms", "p99_ms", "max_ms", "dns_ms", "connect_ms", "tls_ms", "first_byte_ms"),
)


def table(lanes: Sequence[Lane], window: Window, zone: tzinfo | None) -> bytes:
    """Return the measurements that lie within the window as CSV; `verdict` is that of the middle of each row."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEAD)
    for lane in lanes:
        rows.writerows(_row(lane, bucket, zone) for bucket in buckets_within(lane.series, window))
    return out.getvalue().encode()


def file_name(lanes: Sequence[Lane], window: Window, kind: Format) -> str:
    """Return a name for the file that every file system takes."""
    name = lanes[0].service_id if len(lanes) == 1 else "services"
    tame = "".join(character if character.isalnum() or character in "-_" else "-" for character in name)[:40]
    return f"manara-{tame}-{window.begin:%Y%m%dT%H%MZ}-{window.end:%Y%m%dT%H%MZ}.{kind}"


def _content(shown: Shown, form: Format) -> bytes:
    match form:
        case Format.PNG:
            return png(shown.chart, shown.picture)
        case Format.SVG:
            return svg(shown.chart, shown.picture)
        case Format.CSV:
            return table(shown.lanes, shown.window, shown.zone)


def _row(lane: Lane, bucket: Bucket, zone: tzinfo | None) -> Iterator[object]:
    span = span_at(lane.spans, middle(bucket))
    yield spreadsheet_cell(lane.service_id)
    yield spreadsheet_cell(lane.name)
    yield from (_utc(bucket.begin), _utc(bucket.end), bucket.begin.astimezone(zone).isoformat(timespec="milliseconds"))
    yield "" if span is None else span.verdict.value
    yield from (bucket.looks, sum(bucket.failures.values()))
    took, phases = bucket.latency, bucket.phases
    quantiles = (None,) * 4 if took is None else (took.p50_ms, took.p90_ms, took.p99_ms, took.max_ms)
    for ms in (*quantiles, phases.dns_ms, phases.connect_ms, phases.tls_ms, phases.first_byte_ms):
        yield "" if ms is None else round(ms, 2)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _size(chart: Paintable, picture: Picture) -> QSize:
    width = chart.size().width()
    height = chart.size().height() + _head(chart, picture) + height_of(picture.legend, _metrics(chart), width)
    return QSize(round(width + 2 * _MARGIN), round(height + 3 * _MARGIN))


def _head(chart: Paintable, picture: Picture) -> float:
    return _metrics(chart).height() * (1.5 + 1.2 * len(picture.lines))


def _metrics(chart: Paintable) -> QFontMetricsF:
    return QFontMetricsF(chart.font())


def _paint(painter: QPainter, chart: Paintable, picture: Picture, size: QSize) -> None:
    """Paint title, chart and legend below each other."""
    colours, metrics = picture.colours, _metrics(chart)
    em = metrics.height()
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), colours.ground)
    room = QRectF(_MARGIN, _MARGIN, size.width() - 2 * _MARGIN, size.height() - 2 * _MARGIN)
    side = Qt.AlignmentFlag.AlignRight if picture.mirrored else Qt.AlignmentFlag.AlignLeft
    side |= Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    font = QFont(chart.font())
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colours.theme.text)
    title = QFontMetricsF(font).elidedText(picture.title, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(QRectF(room.left(), room.top(), room.width(), em * 1.3), side, title)
    painter.setFont(chart.font())
    painter.setPen(colours.text)
    for place, line in enumerate(picture.lines):
        where = QRectF(room.left(), room.top() + em * (1.3 + 1.2 * place), room.width(), em * 1.2)
        painter.drawText(where, side, metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width()))
    top = room.top() + _head(chart, picture)
    painter.save()
    chart.paint_scene(painter, QRectF(room.left(), top, chart.size().width(), chart.size().height()))
    painter.restore()
    legend_top = top + chart.size().height() + _MARGIN
    where = QRectF(room.left(), legend_top, room.width(), room.bottom() - legend_top)
    paint_entries(painter, where, picture.legend, colours, mirrored=picture.mirrored)
