from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from fakes.desktop import PALETTES, different
from manara.model import Verdict
from manara.ui.marks import Look, draw_mark, tone_of
from manara.ui.theme import theme_of
from manara.wording import Tone

MARKS = (*Verdict, *Look)
ONE_COLOUR = replace(theme_of(PALETTES["light"]), tones=dict.fromkeys(Tone, QColor("#000000")), card=QColor("#ffffff"))


def drawn(mark, size, theme=ONE_COLOUR, margin=0):
    image = QImage(size + 2 * margin, size + 2 * margin, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_mark(painter, mark, QRectF(margin, margin, size, size), theme)
    painter.end()
    return image


@pytest.mark.parametrize("size", [14, 16, 22, 48])
@pytest.mark.parametrize(("one", "other"), [*combinations(MARKS, 2)])
def test_marks_differ_in_shape_so_that_nobody_needs_colours(one, other, size):
    assert different(drawn(one, size), drawn(other, size)) >= size * size / 14


@pytest.mark.parametrize("size", [16, 17, 40])
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_stays_inside_its_square(mark, size):
    margin = 6
    image = drawn(mark, size, margin=margin)

    outside = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if not (margin - 1 <= x <= margin + size and margin - 1 <= y <= margin + size)
        if image.pixelColor(x, y).name() != "#ffffff"
    ]

    assert outside == []


def test_the_painter_is_left_as_it_was():
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    painter.setPen(QColor("#123456"))

    draw_mark(painter, Verdict.UP, QRectF(0, 0, 20, 20), ONE_COLOUR)

    assert painter.pen().color().name() == "#123456"
    assert not painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.end()


def test_every_mark_has_a_tone():
    assert tone_of(Verdict.DOWN) is Tone.BAD
    assert tone_of(Look.STOPPED) is Tone.BAD
    assert tone_of(Look.OFFLINE) is tone_of(Look.STARTING) is Tone.MUTED
