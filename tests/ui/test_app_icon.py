import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from manara.paths import resource
from manara.ui.app_icon import SIZES, app_icon


def drawn(size):
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(resource("icons/manara.svg"))).render(painter)
    painter.end()
    return picture


def furthest(one, other):
    """Return by how much the colours of two pictures differ at most, of 255."""
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(left - right) for left, right in pairs)


@pytest.mark.parametrize("size", SIZES)
def test_each_size_shows_the_drawing(qapp, size):
    picture = app_icon().pixmap(QSize(size, size)).toImage().convertToFormat(QImage.Format.Format_ARGB32)

    assert picture.size() == QSize(size, size)
    # Another version of Qt may smooth an edge a little differently.
    assert furthest(picture, drawn(size)) <= 32
