from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from fakes.desktop import different
from manara.model import OBSERVED, Verdict
from manara.ui.past.painting import HEIGHTS, Stretch, fitted, hatching, paint_label_edge, paint_shades, paint_strip
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


STRETCHES = st.lists(
    st.tuples(st.floats(-100, 200), st.floats(0, 50), st.sampled_from(sorted(OBSERVED)), st.booleans()), max_size=200
)


@given(STRETCHES)
def test_however_many_stretches_there_are_few_are_painted_and_all_within_the_plot(made):
    stretches = [Stretch(left, left + length, verdict, labelled) for left, length, verdict, labelled in sorted(made)]
    found = fitted(stretches, 100, 1)

    assert all(0 <= each.left < each.right <= 100 for each in found)
    for kind in {(each.verdict, each.labelled) for each in found}:
        alike = [each for each in found if (each.verdict, each.labelled) == kind]
        assert len(alike) <= 101
        assert all(one.right <= other.left for one, other in pairwise(alike))


def test_the_shortest_outage_is_seen():
    assert fitted([Stretch(10, 10.001, Verdict.DOWN)], 100, 2) == [Stretch(10, 12, Verdict.DOWN)]


def test_the_worst_is_painted_last():
    stretches = [Stretch(0, 5, Verdict.DOWN), Stretch(5, 10, Verdict.UP), Stretch(10, 20, Verdict.DEGRADED)]

    assert [each.verdict for each in fitted(stretches, 100, 1)] == [Verdict.UP, Verdict.DEGRADED, Verdict.DOWN]


def test_hatching_moves_with_the_paper_and_not_with_the_edge():
    one, other = (next(hatching(QRectF(left, 0, 50, 50), 3.0)) for left in (10, 16))

    assert other.x1() - one.x1() == pytest.approx(6, abs=6.01)
    assert (one.x2() - one.x1()) == pytest.approx(one.y1() - one.y2())


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
