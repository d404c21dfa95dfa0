import pytest
from PySide6.QtGui import QPixmap

from manara.ui.tile_pictures import TilePictures

SIDE = 10
ONE = SIDE * SIDE * 4
PLENTY = 100 * ONE


class Painter:
    """Paints a picture, and counts how often."""

    def __init__(self):
        self.painted = 0

    def __call__(self):
        self.painted += 1
        picture = QPixmap(SIDE, SIDE)
        picture.fill("red")
        return picture


@pytest.fixture
def paint(qapp):
    return Painter()


def test_what_shows_the_same_is_painted_once(paint):
    pictures = TilePictures()

    one, other = (pictures.picture("shop", "up", PLENTY, paint) for _ in range(2))

    assert paint.painted == 1
    assert one is other


def test_what_shows_something_else_is_painted_anew_and_takes_no_more_room(paint):
    pictures = TilePictures()

    for shows in ("up", "down", "up"):
        pictures.picture("shop", shows, PLENTY, paint)

    assert paint.painted == 3
    assert pictures.bytes_kept == ONE


def test_what_was_not_used_for_longest_goes_first(paint):
    pictures = TilePictures()

    for service_id in ("a", "b", "a", "c", "a"):
        pictures.picture(service_id, "up", 2 * ONE, paint)
    painted = paint.painted
    pictures.picture("b", "up", 2 * ONE, paint)

    assert painted == 3
    assert paint.painted == 4
    assert pictures.bytes_kept == 2 * ONE


def test_a_picture_is_there_even_if_there_is_no_room(paint):
    pictures = TilePictures()

    assert not pictures.picture("shop", "up", 0, paint).isNull()
    assert pictures.bytes_kept == ONE


def test_another_style_needs_other_pictures(paint):
    pictures = TilePictures()
    for style in ("light", "light", "dark"):
        pictures.use_style(style)
        pictures.picture("shop", "up", PLENTY, paint)

    assert paint.painted == 2
    assert pictures.bytes_kept == ONE
