import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from fakes.desktop import PALETTES, different
from manara.ui.first_run.monogram_picture import Monograms, draw_monogram, ground_of, ink_of
from manara.ui.theme import READABLE, contrast, theme_of


@pytest.mark.parametrize("name", ["light", "dark", "grey", "high-contrast-black", "high-contrast-white"])
def test_letters_are_readable_on_the_ground_of_every_service(understanding, name):
    theme = theme_of(PALETTES[name])

    worst = min(contrast(ground_of(service_id, theme), ink_of(theme)) for service_id in understanding.catalogue)

    assert worst >= READABLE


def test_a_service_has_the_same_hue_in_light_and_dark():
    light, dark = (ground_of("facebook", theme_of(PALETTES[name])) for name in ("light", "dark"))

    assert abs(light.hslHue() - dark.hslHue()) <= 3
    assert light != dark


def picture(service_id, name):
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    draw_monogram(painter, QRectF(0, 0, 48, 48), service_id, name, theme_of(PALETTES["light"]))
    painter.end()
    return image


def test_services_look_different_from_each_other():
    assert different(picture("a", "Facebook"), picture("a", "WhatsApp")) > 40
    assert different(picture("a", "سناب شات"), picture("a", "")) > 40


def test_a_picture_that_is_kept_looks_as_one_that_is_drawn_anew():
    kept = Monograms(most=2)
    theme = theme_of(PALETTES["light"])
    pictures = []
    for service_id in ("facebook", "github", "x", "facebook", "facebook"):
        image = QImage(48, 48, QImage.Format.Format_ARGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        kept.draw(painter, QRectF(0, 0, 48, 48), service_id, "Facebook", theme)
        painter.end()
        pictures.append(image)

    assert different(pictures[0], picture("facebook", "Facebook")) == 0
    assert different(pictures[3], pictures[4]) == different(pictures[0], pictures[4]) == 0
    assert different(pictures[0], pictures[1]) > 40
