import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QImage

from fakes.desktop import PALETTES
from manara.model import Bucket, Latency, Layer, Phases, Series, Span, Verdict, Window
from manara.ui.past.export import HEAD, Format, Picture, file_name, png, svg, table
from manara.ui.past.lane import Kind, Lane
from manara.ui.past.legend import entries
from manara.ui.past.palette import chart_colours
from manara.ui.theme import theme_of
from manara.wording import Translator

TR = Translator()
START = datetime(2021, 10, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WINDOW = Window(START, START + 10 * MINUTE)
BUCKETS = (
    Bucket(START - MINUTE, START, 1, None),
    Bucket(START, START + MINUTE, 3, Latency(10.123, 20.0, 30.0, 40.0), {Layer.DNS: 1}, Phases(1.0, 2.0, None, 4.0)),
    Bucket(START + MINUTE, START + 2 * MINUTE, 1, None, {Layer.HTTP: 1}),
)
LANE = Lane(
    "shop",
    "=cmd|'/c calc'!A1",
    Series("shop", 60.0, BUCKETS),
    (Span(START, START + MINUTE, Verdict.UP), Span(START + MINUTE, START + 1.4 * MINUTE, Verdict.DOWN)),
)


class Paper:
    """A chart of one colour."""

    def paint_scene(self, painter, where):
        painter.fillRect(where, QColor("#123456"))

    def size(self):
        return QSize(200, 100)

    def font(self):
        return QFont()

    def logicalDpiX(self):  # noqa: N802 - Qt's name
        return 96


def rows(content):
    return list(csv.DictReader(StringIO(content.decode())))


@pytest.fixture
def picture():
    colours = chart_colours(theme_of(PALETTES["light"]))
    return Picture("Shop <b>&</b>", ("Up 100 %", "today"), entries(TR, Kind.LATENCY), colours, mirrored=False)


def test_a_table_has_what_lies_in_the_window_with_utc_times_and_units():
    first, second = rows(table([LANE, Lane("none", "None")], WINDOW, ZoneInfo("Europe/Berlin")))

    assert list(first) == list(HEAD)
    assert first == {
        "service": "shop",
        "name": "'=cmd|'/c calc'!A1",
        "from_utc": "2021-10-04T12:00:00.000Z",
        "to_utc": "2021-10-04T12:01:00.000Z",
        "from_local": "2021-10-04T14:00:00.000+02:00",
        "verdict": "up",
        "looks": "3",
        "failed_looks": "1",
        "p50_ms": "10.12",
        "p90_ms": "20.0",
        "p99_ms": "30.0",
        "max_ms": "40.0",
        "dns_ms": "1.0",
        "connect_ms": "2.0",
        "tls_ms": "",
        "first_byte_ms": "4.0",
    }
    assert (second["verdict"], second["p50_ms"], second["failed_looks"]) == ("", "", "1")


def test_a_picture_of_dots_is_twice_as_fine_as_the_screen(picture):
    image = QImage.fromData(png(Paper(), picture))

    assert image.width() == 2 * (200 + 32)
    assert image.height() > 2 * (100 + 48)
    assert QColor(image.pixel(image.width() // 2, image.height() // 2)) == QColor("#123456")


def test_a_picture_of_lines_is_sound_and_has_its_words_as_text(picture):
    content = svg(Paper(), picture)
    root = ET.fromstring(content)  # noqa: S314 - it was made here

    words = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert "Shop <b>&</b>" in words
    assert "Up 100 %" in words


def test_words_of_a_picture_begin_where_reading_begins(picture):
    mirrored = replace(picture, mirrored=True)

    assert png(Paper(), mirrored) != png(Paper(), picture)


def test_names_of_files_are_tame_and_tell_what_is_in_them():
    hostile = Lane("../../etc/pass wd:*?", "x")

    assert file_name([LANE], WINDOW, Format.CSV) == "manara-shop-20211004T1200Z-20211004T1210Z.csv"
    assert file_name([LANE, hostile], WINDOW, Format.PNG).startswith("manara-services-")
    assert file_name([hostile], WINDOW, Format.SVG).startswith("manara-------etc-pass-wd---")
