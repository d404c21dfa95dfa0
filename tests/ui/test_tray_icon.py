from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from fakes.desktop import PALETTES, different, pixels, standing_out
from manara.model import Verdict
from manara.ui.marks import Look, tone_of
from manara.ui.theme import contrast, theme_of
from manara.ui.tray_icon import SIZES, tray_icon, tray_picture
from manara.wording import Translator

PICTURES = [
    *((mark, 0) for mark in (*Verdict, *Look)),
    *((mark, count) for mark in (Verdict.DOWN, Verdict.DEGRADED) for count in range(1, 11)),
]
LIGHT_AND_DARK = [theme_of(PALETTES["light"]), theme_of(PALETTES["dark"])]


@pytest.fixture(params=LIGHT_AND_DARK, ids=["light", "dark"])
def theme(request):
    return request.param


def image(mark, count, theme, size):
    return tray_picture(mark, count, theme, size).toImage()


@pytest.mark.parametrize("size", SIZES)
def test_every_mark_and_every_count_has_a_picture_of_its_own(theme, size):
    pictures = {key: image(*key, theme, size) for key in PICTURES}

    alike = [(a, b) for a, b in combinations(pictures, 2) if different(pictures[a], pictures[b]) < size * size / 40]

    assert alike == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mark", [Verdict.DOWN, Verdict.DEGRADED])
def test_the_number_stands_out_from_the_mark(mark, theme, size):
    ground = theme.tones[tone_of(mark)]

    of_number = [standing_out(image(mark, count, theme, size), ground).sum() for count in range(1, 11)]

    assert contrast(theme.on(tone_of(mark)), ground) >= 4.5
    assert min(of_number) >= size * size * 0.04


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mark", [Verdict.DOWN, Verdict.DEGRADED])
def test_no_part_of_the_number_stands_on_nothing(mark, theme, size):
    for count in range(1, 11):
        picture = image(mark, count, theme, size)
        of_number = np.pad(standing_out(picture, theme.tones[tone_of(mark)]), 1)
        empty = np.pad(pixels(picture)[:, :, 3] < 128, 1)

        beside = sum(np.roll(empty, step, axis) for step in (-1, 1) for axis in (0, 1))

        assert not (of_number & (beside > 0)).any()


@pytest.mark.parametrize(
    ("mark", "size"), [(mark, size) for mark in (Verdict.DOWN, Verdict.DEGRADED) for size in SIZES]
)
def test_counted_marks_keep_their_shape(mark, theme, size):
    corner = image(mark, 3, theme, size).pixelColor(1, size // 4)

    assert (corner.alpha() > 200) is (mark is Verdict.DOWN)


def test_more_than_nine_look_alike(theme):
    assert image(Verdict.DOWN, 10, theme, 22) == image(Verdict.DOWN, 4000, theme, 22)


def test_a_count_of_what_is_well_is_not_drawn(theme):
    assert image(Verdict.UP, 5, theme, 22) == image(Verdict.UP, 0, theme, 22)


def test_the_icon_has_a_picture_for_every_size(theme):
    icon = tray_icon(Verdict.DOWN, 2, theme)

    assert {size.width() for size in icon.availableSizes()} == set(SIZES)
    assert icon.pixmap(QSize(16, 16)).toImage() == image(Verdict.DOWN, 2, theme, 16)


def test_light_and_dark_panels_get_other_colours():
    light, dark = (image(Verdict.DOWN, 0, theme, 32).pixelColor(6, 6) for theme in LIGHT_AND_DARK)

    assert contrast(light, QColor("#ffffff")) >= 4.5
    assert contrast(dark, QColor("#1e1e1e")) >= 4.5


def test_the_number_has_the_readers_digits(theme):
    written = Translator(arabic_digits=True).number

    def picture(count):
        return tray_picture(Verdict.DOWN, count, theme, 32, written).toImage()

    assert different(picture(4), image(Verdict.DOWN, 4, theme, 32)) > 0
    assert different(picture(4), picture(5)) > 0
    assert different(picture(9), picture(10)) > 0
