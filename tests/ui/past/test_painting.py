import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from fakes.desktop import PALETTES, different, pixels
from manara.model import OBSERVED, Verdict
from manara.ui.past.painting import HEIGHTS, hatching, paint_label_edge, paint_shades, paint_strip
from manara.ui.past.stretches import Stretch
from manara.ui.theme import theme_of

BAD = [Verdict.DOWN, Verdict.DEGRADED, Verdict.MAINTENANCE]
PLOT = QRectF(0, 0, 60, 40)


def picture(paint, theme):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(theme.card)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def shaded(theme, *stretches):
    return picture(lambda painter: paint_shades(painter, PLOT, stretches, theme), theme)


def test_a_pattern_goes_on_without_a_seam(palette):
    theme = theme_of(palette)
    image = QImage(300, 150, QImage.Format.Format_RGB32)
    image.fill(theme.card)
    painter = QPainter(image)
    stretches = [Stretch(100 * place, 100 * place + 90, verdict) for place, verdict in enumerate(BAD)]

    paint_shades(painter, QRectF(0, 0, 300, 150), stretches, theme, 2.7)

    painter.end()
    rows = pixels(image)
    assert (rows[:126] == rows[24:]).all()


@pytest.mark.parametrize("verdict", BAD)
def test_into_a_drawing_every_line_is_drawn_as_a_line(verdict, tmp_path):
    drawing = QSvgGenerator()
    drawing.setFileName(str(tmp_path / "drawing.svg"))
    painter = QPainter(drawing)

    paint_shades(painter, PLOT, [Stretch(5, 55, verdict)], theme_of(PALETTES["light"]))

    painter.end()
    assert "<image" not in (tmp_path / "drawing.svg").read_text()


def test_hatching_moves_with_the_paper_and_not_with_the_edge():
    one, other = (next(hatching(QRectF(left, 0, 50, 50), 3.0)) for left in (10, 16))

    assert other.x1() - one.x1() == pytest.approx(6, abs=6.01)
    assert (one.x2() - one.x1()) == pytest.approx(one.y1() - one.y2())


def test_no_line_of_the_hatching_is_only_a_dot_in_a_corner():
    lines = list(hatching(QRectF(0, 0, 60, 36)))

    assert len(lines) == 15
    assert all(line.length() > 1 for line in lines)


def test_each_verdict_has_a_pattern_of_its_own(palette):
    theme = theme_of(palette)
    pictures = [shaded(theme, Stretch(5, 55, verdict)) for verdict in BAD]
    plain = shaded(theme)

    assert all(image != plain for image in pictures)
    assert len({bytes(image.constBits()) for image in pictures}) == 3


@pytest.mark.parametrize("verdict", BAD)
def test_what_is_too_narrow_for_a_pattern_is_a_stripe(palette, verdict):
    theme = theme_of(palette)

    assert shaded(theme, Stretch(20, 22, verdict)) != shaded(theme)


def test_the_strip_tells_the_verdict_by_its_height():
    assert sorted(HEIGHTS, key=HEIGHTS.get) == [Verdict.UP, Verdict.MAINTENANCE, Verdict.DEGRADED, Verdict.DOWN]
    assert set(HEIGHTS) == OBSERVED


def test_the_strip_and_the_bracket_of_a_label_are_seen(palette):
    theme = theme_of(palette)
    plain = shaded(theme)
    strip = picture(lambda painter: paint_strip(painter, 40, [Stretch(0, 30, Verdict.DOWN)], theme), theme)
    bracket = picture(lambda painter: paint_label_edge(painter, PLOT, theme), theme)

    assert different(strip, plain) == 30 * 8
    assert different(bracket, plain) > 50
