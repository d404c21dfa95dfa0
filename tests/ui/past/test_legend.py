import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from fakes.desktop import different
from manara.ui.past.lane import Kind
from manara.ui.past.legend import Legend, entries, height_of
from manara.wording import Translator

TR = Translator()


@pytest.fixture
def legend(qtbot):
    legend = Legend(TR)
    qtbot.addWidget(legend)
    legend.resize(400, 60)
    return legend


def test_it_explains_what_the_chart_draws(legend):
    assert legend.accessibleDescription() == (
        "Median, up to 90 %, up to 99 %, Failed look, Down, Degraded, Under maintenance"
    )

    legend.explain(Kind.PHASES)

    assert legend.accessibleDescription().startswith("DNS, Connection, TLS, First byte, Failed look")


@pytest.mark.parametrize("kind", Kind)
def test_every_sign_is_seen_in_every_palette(legend, kind, palette):
    legend.setPalette(palette)
    legend.explain(kind)
    one = legend.grab().toImage()
    legend.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert different(one, legend.grab().toImage()) > 100


def test_it_wraps_where_there_is_no_room(legend):
    metrics = QFontMetricsF(legend.font())

    assert legend.heightForWidth(150) > legend.heightForWidth(2000)
    assert height_of([], metrics, 100) == height_of(entries(TR, Kind.LATENCY)[:1], metrics, 1000)


def test_it_follows_the_font(legend):
    font = legend.font()
    font.setPointSizeF(30)
    before = legend.sizeHint().height()

    legend.setFont(font)

    assert legend.sizeHint().height() > before
