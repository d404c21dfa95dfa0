from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyleOptionViewItem

from fakes.checks import make_service
from fakes.desktop import PALETTES, answered, looked_at, not_yet, pixels, watched
from fakes.recorded import NOW, certificate, check_state, dns_dead, good_look, state, up
from manara.model import Circumstance, Reason, ServiceState, TileSize, Verdict
from manara.ui.grid import TileView
from manara.ui.theme import theme_of
from manara.ui.tile_delegate import TileDelegate
from manara.ui.tile_model import TileModel
from manara.wording import Tone, Translator

TR = Translator()
NAMES = ["x" * 300, "a name " * 40, "منارة الإسكندرية " * 20, "👩\u200d🚒 灯台 " * 30, "<b>bold</b> & <img src=x>", ""]
ALARMING = QColor("#ff00ff")
MARGIN = 10


def model_of(name="Shop", believed=None, looks=60, **fields):
    model = TileModel(TR, lambda: NOW)
    service = replace(make_service("shop"), name=name, **fields)
    believed = replace(believed or up(), service_id="shop")
    if not service.checks:
        believed = replace(believed, checks=())
    model.take([watched(service, states=[believed])])
    for n in range(looks):
        if not 20 < n < 30:
            reason = Reason.CONNECT_TIMEOUT if n % 9 == 0 else Reason.SLOW if n % 7 == 0 else None
            at = NOW - timedelta(minutes=3 * (looks - n))
            model.take([answered("shop", believed, reason=reason, at=at, ms=100.0 + 10 * (n % 5))])
    return model


def drawn(
    model,
    density,
    *,
    scale=1.0,
    rtl=False,
    palette="light",
    room=330,
    state=QStyle.StateFlag.State_Enabled,
    delegate=None,
):
    """A tile on a ground of a colour that nothing else has, with a margin around it."""
    view = QListView()
    delegate = delegate or TileDelegate(TR, lambda: NOW)
    delegate.density = density
    option = QStyleOptionViewItem()
    option.initFrom(view)
    option.font = QApplication.font()
    option.palette = PALETTES[palette]
    option.state = state
    option.direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    delegate.fit(room, option.fontMetrics.height())
    size = delegate.sizeHint(option, model.index(0))
    option.rect = QRect(QPoint(MARGIN, MARGIN), size)
    image = QImage(
        round((size.width() + 2 * MARGIN) * scale),
        round((size.height() + 2 * MARGIN) * scale),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(scale)
    image.fill(ALARMING)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    return image


def outside(image, scale):
    """The pixels around the tile."""
    found = pixels(image)[:, :, :3]
    inner = np.zeros(found.shape[:2], bool)
    edge = int(MARGIN * scale)
    inner[edge : found.shape[0] - edge, edge : found.shape[1] - edge] = True
    return found[~inner]


@pytest.mark.parametrize("density", TileSize)
@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("palette_name", ["light", "dark", "high-contrast-black"])
def test_nothing_is_painted_outside_of_the_tile(density, scale, rtl, palette_name):
    for name in NAMES:
        image = drawn(model_of(name, dns_dead(), 30), density, scale=scale, rtl=rtl, palette=palette_name)

        assert (outside(image, scale) == ALARMING.getRgb()[:3]).all()


CASES = {
    "nothing known": model_of(believed=not_yet("shop"), looks=0),
    "no checks": model_of(
        believed=ServiceState("shop", Verdict.UNKNOWN, Circumstance.NOTHING_TO_CHECK), looks=0, checks=()
    ),
    "paused": model_of(believed=ServiceState("shop", Verdict.PAUSED, Circumstance.PAUSED_BY_USER), looks=0),
    "one look": model_of(looks=1),
    **{verdict.value: model_of(believed=looked_at(verdict)) for verdict in Verdict},
}


@pytest.mark.parametrize("density", TileSize)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("room", [1, 60, 150, 330, 1000])
def test_every_tile_can_be_painted_in_any_width(density, case, room):
    image = drawn(CASES[case], density, room=room)

    assert (outside(image, 1) == ALARMING.getRgb()[:3]).all()


def test_answers_that_took_no_time_can_be_painted():
    model = model_of(looks=0)
    model.take([answered("shop", up(), ms=0.0)])

    assert not drawn(model, TileSize.ROOMY).isNull()


def test_an_index_of_something_else_is_left_alone():
    delegate, image = TileDelegate(TR, lambda: NOW), QImage(9, 9, QImage.Format.Format_ARGB32)
    painter = QPainter(image)

    delegate.paint(painter, QStyleOptionViewItem(), QModelIndex())

    painter.end()


def columns_with(image, colour, rows=slice(None)):
    """The columns in which a colour is found, as nearly as smoothing leaves it."""
    near = abs(pixels(image)[rows, :, :3] - np.array(colour.getRgb()[:3])).max(axis=2) < 12
    return np.flatnonzero(near.any(axis=0))


@pytest.mark.parametrize("density", TileSize)
def test_the_mark_stands_where_reading_begins(density):
    model = model_of(believed=looked_at(Verdict.UNKNOWN), looks=0)
    colour = theme_of(PALETTES["light"]).tones[Tone.UNSURE]

    left, right = (columns_with(drawn(model, density, rtl=rtl, room=600), colour) for rtl in (False, True))
    width = drawn(model, density, room=600).width()

    assert left.max() < 50
    assert right.min() > width - 50


@pytest.mark.parametrize("density", TileSize)
@pytest.mark.parametrize("rtl", [False, True])
def test_time_runs_from_left_to_right_in_every_language(density, rtl):
    model = model_of(believed=looked_at(Verdict.MAINTENANCE), looks=0)
    for n in range(20):
        model.take(
            [answered("shop", looked_at(Verdict.MAINTENANCE), reason=Reason.CONNECT_TIMEOUT if n > 15 else None)]
        )
    theme = theme_of(PALETTES["light"])

    image = drawn(model, density, rtl=rtl, room=600)

    assert columns_with(image, theme.tones[Tone.GOOD]).max() < columns_with(image, theme.tones[Tone.BAD]).min()


@pytest.mark.parametrize("rtl", [False, True])
def test_latency_and_bars_are_not_painted_over(rtl):
    def faint(name):
        model = model_of(name, looked_at(Verdict.DEGRADED), 30)
        image = drawn(model, TileSize.LIST, rtl=rtl, room=700)
        return pixels(image)[:, :220] if rtl else pixels(image)[:, -220:]

    assert (faint("short") == faint("x" * 300)).all()
    assert (faint("short") == faint("منارة " * 60)).all()


@pytest.mark.parametrize("density", [TileSize.ROOMY, TileSize.COMPACT])
@pytest.mark.parametrize("rtl", [False, True])
def test_a_long_name_leaves_the_latency_alone(density, rtl):
    def corner(name):
        found = pixels(drawn(model_of(name, looked_at(Verdict.DEGRADED), 0), density, rtl=rtl))[:35]
        return found[:, : MARGIN + 58] if rtl else found[:, -MARGIN - 58 :]

    assert (corner("short") == corner("x" * 300)).all()


@pytest.mark.parametrize("density", TileSize)
def test_selected_focused_and_pointed_at_can_be_told_apart(density, palette):
    flags = QStyle.StateFlag
    model = model_of(looks=5)
    name = next(key for key, value in PALETTES.items() if value is palette)

    images = [
        drawn(model, density, palette=name, state=flags.State_Enabled | extra)
        for extra in (flags.State_None, flags.State_Selected, flags.State_HasFocus, flags.State_MouseOver)
    ]

    differing = [(a, b) for a in range(4) for b in range(a) if images[a] == images[b]]
    assert differing == []


def test_remarks_are_painted():
    soon = replace(good_look(), facts=replace(good_look().facts, certificate=certificate(timedelta(days=9))))
    ends = state(Verdict.UP, check_state(soon, Verdict.UP))

    assert drawn(model_of(believed=ends, looks=0), TileSize.ROOMY) != drawn(model_of(looks=0), TileSize.ROOMY)


def test_tiles_fill_the_width_and_grow_with_the_letters():
    delegate, option = TileDelegate(TR, lambda: NOW), QStyleOptionViewItem()

    sizes = {}
    for density in TileSize:
        delegate.density = density
        delegate.fit(1000, 17)
        sizes[density] = delegate.sizeHint(option, QModelIndex())
    heights = [sizes[density].height() for density in TileSize]

    assert [1000 // sizes[density].width() for density in TileSize] == [3, 4, 1]
    assert heights == sorted(heights, reverse=True)


def test_an_own_font_without_points_can_be_used():
    delegate, option = TileDelegate(TR, lambda: NOW), QStyleOptionViewItem()
    font = QFont()
    font.setPixelSize(20)
    option.font, option.rect = font, QRect(0, 0, 300, 120)
    image = QImage(300, 120, QImage.Format.Format_ARGB32)
    painter = QPainter(image)

    model = model_of(looks=3)

    delegate.paint(painter, option, model.index(0))

    assert painter.end()


LOOKS = [
    {"density": TileSize.ROOMY},
    {"density": TileSize.COMPACT},
    {"density": TileSize.ROOMY, "rtl": True},
    {"density": TileSize.ROOMY, "scale": 2.0},
    {"density": TileSize.ROOMY, "palette": "dark"},
    {"density": TileSize.ROOMY, "room": 280},
    {"density": TileSize.ROOMY, "state": QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected},
]


def test_a_picture_that_was_kept_is_shown_only_as_long_as_it_is_right():
    model, delegate = model_of(), TileDelegate(TR, lambda: NOW)

    for look in [*LOOKS, *reversed(LOOKS)]:
        assert drawn(model, delegate=delegate, **look) == drawn(model, **look)


def test_news_are_painted_although_a_picture_was_kept():
    model, delegate = model_of(), TileDelegate(TR, lambda: NOW)
    before = drawn(model, TileSize.ROOMY, delegate=delegate)

    model.take([answered("shop", replace(dns_dead(), service_id="shop"), reason=Reason.DNS_TIMEOUT)])

    after = drawn(model, TileSize.ROOMY, delegate=delegate)
    assert after != before
    assert after == drawn(model, TileSize.ROOMY)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_edges_are_sharp_at_every_scale(scale):
    theme = theme_of(PALETTES["light"])
    model = model_of(believed=looked_at(Verdict.MAINTENANCE), looks=0)
    model.take([answered("shop", looked_at(Verdict.MAINTENANCE), reason=Reason.CONNECT_TIMEOUT)])

    found = pixels(drawn(model, TileSize.ROOMY, scale=scale))[:, :, :3].reshape(-1, 3)

    bad = np.array(theme.tones[Tone.BAD].getRgb()[:3])
    card = np.array(theme.card.getRgb()[:3])
    share = (found - card) @ (bad - card) / ((bad - card) @ (bad - card))
    on_the_way = abs(found - card - share[:, None] * (bad - card)).max(axis=1) < 4
    assert ((share > 0.98) & on_the_way).any()
    assert not (on_the_way & (share > 0.1) & (share < 0.9)).any()


def watched_for(minutes, reason=None):
    """A tile of a service that was looked at every minute for so long."""
    model = model_of(believed=looked_at(Verdict.MAINTENANCE), looks=0)
    for minute in reversed(range(minutes)):
        at = NOW - timedelta(minutes=minute)
        model.take([answered("shop", looked_at(Verdict.MAINTENANCE), at=at, reason=reason)])
    return model


@pytest.mark.parametrize("density", TileSize)
def test_looks_to_come_have_their_place(density):
    none, twenty = (drawn(watched_for(n, Reason.CONNECT_TIMEOUT), density, room=600) for n in (0, 20))

    bars = np.flatnonzero((pixels(none) != pixels(twenty)).any(axis=(0, 2)))

    places = columns_with(none, theme_of(PALETTES["light"]).edge, slice(MARGIN + 8, -MARGIN - 6))
    assert len(bars) >= 40
    assert set(bars) <= set(places)


@pytest.mark.parametrize("rtl", [False, True])
def test_before_the_line_of_the_last_hours_is_there_its_length_is_told(rtl):
    def ink(minutes):
        """How much stands just above the axis, where a line of even latency does not come."""
        image = drawn(watched_for(minutes), TileSize.ROOMY, rtl=rtl, room=330)
        above_axis = pixels(image)[
            image.height() - MARGIN - 28 : image.height() - MARGIN - 12, MARGIN + 8 : -MARGIN - 8
        ]
        card = np.array(theme_of(PALETTES["light"]).card.getRgb()[:3])
        return int((abs(above_axis[:, :, :3] - card).max(axis=2) > 60).sum())

    assert ink(0) > 100
    assert ink(60) > 100
    assert ink(170) == 0


def test_pictures_are_forgotten_when_nobody_sees_them():
    model, delegate = model_of(), TileDelegate(TR, lambda: NOW)
    before = drawn(model, TileSize.ROOMY, delegate=delegate)
    kept = delegate.bytes_kept

    delegate.forget_pictures()

    assert kept > 0
    assert delegate.bytes_kept == 0
    assert drawn(model, TileSize.ROOMY, delegate=delegate) == before


def test_no_more_pictures_are_kept_than_there_are_in_sight(qtbot):
    model = TileModel(TR, lambda: NOW)
    model.take([watched(*[make_service(f"s{number}") for number in range(200)])])
    view = TileView(model, TR, lambda: NOW)
    qtbot.addWidget(view)
    view.resize(700, 400)
    with qtbot.waitExposed(view):
        view.show()
    delegate = view.itemDelegate()
    tile = view.visualRect(model.index(0)).size()

    for place in range(0, view.verticalScrollBar().maximum(), 50):
        view.verticalScrollBar().setValue(place)
        view.viewport().repaint()
    kept = delegate.bytes_kept
    view.hide()

    assert 0 < kept <= 700 * (400 + 2 * tile.height()) * 4
    assert delegate.bytes_kept == 0
