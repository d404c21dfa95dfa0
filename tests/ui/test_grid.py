from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from fakes.checks import make_service
from fakes.desktop import answered, looked_at, pixels, standing_out, watched
from fakes.recorded import NOW
from manara.model import TileSize, Verdict
from manara.ui.grid import REPAINT_EVERY_MS, REST_AFTER_MS, TileView
from manara.ui.theme import theme_of
from manara.ui.tile import Choice, Order
from manara.ui.tile_model import TileModel
from manara.wording import Translator

TR = Translator()
OWN = Choice(order=Order.OWN)
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def model(program):
    made = TileModel(TR, lambda: NOW)
    made.choose(OWN)
    made.take([watched(*[make_service(each) for each in "abcdefgh"])])
    return made


@pytest.fixture
def grid(model, qtbot):
    made = TileView(model, TR, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.setFocus()
    qtbot.waitExposed(made)
    QApplication.processEvents()
    return made


def tile(grid, service_id):
    return grid.visualRect(grid.model().index_of(service_id))


def shown(model):
    return "".join(model.index(row).data().lower() for row in range(model.rowCount()))


def select(grid, *service_ids):
    grid.clearSelection()
    for service_id in service_ids:
        index = grid.model().index_of(service_id)
        grid.selectionModel().select(index, grid.selectionModel().SelectionFlag.Select)
        grid.selectionModel().setCurrentIndex(index, grid.selectionModel().SelectionFlag.NoUpdate)


@pytest.mark.parametrize(("density", "columns"), [(TileSize.ROOMY, 3), (TileSize.COMPACT, 4), (TileSize.LIST, 1)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_tiles_fill_the_width_side_by_side(grid, density, columns, direction, qtbot):
    grid.setLayoutDirection(direction)
    grid.set_density(density)
    assert grid.density is density

    qtbot.waitUntil(lambda: len({tile(grid, each).x() for each in "abcdefgh"}) == columns)

    first_row = [tile(grid, each) for each in "abcdefgh"[:columns]]
    assert len({rect.y() for rect in first_row}) == 1
    assert sum(rect.width() for rect in first_row) > grid.viewport().width() - 40
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    assert [rect.x() for rect in first_row] == sorted((rect.x() for rect in first_row), reverse=mirrored)


def test_tiles_keep_their_place_when_a_scroll_bar_comes(grid, qtbot):
    qtbot.waitUntil(lambda: tile(grid, "a").width() > 300)
    before = tile(grid, "c")

    grid.resize(1000, 200)

    qtbot.waitUntil(grid.verticalScrollBar().isVisible)
    assert tile(grid, "c") == before


def test_return_opens_the_current_service(grid, qtbot):
    opened = []
    grid.service_opened.connect(opened.append)

    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.keyClick(grid, Qt.Key.Key_Enter)

    assert opened == ["b", "b"]


def test_the_first_tile_gets_the_focus_of_the_keys_also_behind_a_heading(model, qtbot):
    grid = TileView(model, TR, lambda: NOW)
    qtbot.addWidget(grid)
    model.take([watched()])
    model.choose(Choice(order=Order.BY_GROUP))
    grid.show()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    assert grid.focused() == ()

    model.take([watched(make_service("a", group="Work"), make_service("b", group="Work"))])

    assert grid.focused() == ("a",)
    grid.clearFocus()
    assert grid.focused() == ()


def test_return_where_nothing_is_opens_nothing(grid, model, qtbot):
    opened = []
    grid.service_opened.connect(opened.append)
    model.take([watched()])

    qtbot.keyClick(grid, Qt.Key.Key_Return)
    grid._open(model.index(0))

    assert opened == []


def test_a_double_click_opens_the_service(grid, qtbot):
    opened = []
    grid.service_opened.connect(opened.append)

    where = tile(grid, "c").center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert opened == ["c"]


def test_arrows_space_and_ctrl_a_select(grid, qtbot):
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.selected() == ("b",)

    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected() == ("b",)
    qtbot.keyClick(grid, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected() == ("b", "c")

    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(grid.selected()) > 1
    qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected() == tuple("abcdefgh")


def test_typing_finds_a_name(grid, qtbot):
    qtbot.keyClick(grid, Qt.Key.Key_F)

    assert grid.selected() == ("f",)


def test_what_has_the_keyboard_is_framed(grid, qtbot):
    select(grid, "a")
    focused = pixels(grid.viewport().grab(tile(grid, "a")).toImage())

    grid.clearFocus()
    grid.clearSelection()
    QApplication.processEvents()

    assert (focused != pixels(grid.viewport().grab(tile(grid, "a")).toImage())).any()


def test_a_service_is_brought_into_view(grid, model, qtbot):
    grid.resize(400, 150)
    qtbot.waitUntil(lambda: tile(grid, "h").top() > 150)

    grid.show_service("h")
    assert grid.selected() == ("h",)
    assert grid.viewport().rect().contains(tile(grid, "h").center())

    grid.show_service("gone")
    assert grid.selected() == ("h",)


@pytest.mark.parametrize(
    ("selected", "key", "order"),
    [("b", Qt.Key.Key_Up, "bacdefgh"), ("b", Qt.Key.Key_Down, "acbdefgh"), ("gh", Qt.Key.Key_Up, "abcdeghf")],
)
def test_alt_and_an_arrow_move_what_is_selected(grid, model, qtbot, *, selected, key, order):
    select(grid, *selected)

    qtbot.keyClick(grid, key, Qt.KeyboardModifier.AltModifier)

    assert shown(model) == order
    assert grid.selected() == tuple(selected)


def test_in_another_order_alt_and_an_arrow_move_nothing(grid, model, qtbot):
    model.choose(Choice(order=Order.BY_NAME))
    select(grid, "b")

    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert shown(model) == "abcdefgh"


class Dragging:
    """Carries what is selected over the grid, as the system would."""

    def __init__(self, grid, source=None):
        self.grid = grid
        self.mime = QMimeData()
        self.mime.setData("application/x-manara-tiles", b"")
        self.source = source

    def enter(self):
        event = FromHere(self.source or self.grid, self.mime)
        self.grid.dragEnterEvent(event)
        return event.isAccepted()

    def over(self, where):
        event = QDragMoveEvent(where, Qt.DropAction.MoveAction, self.mime, Qt.MouseButton.LeftButton, NO_KEYS)
        self.grid.dragMoveEvent(event)
        QApplication.processEvents()
        return event.isAccepted()

    def drop(self, where):
        event = QDropEvent(QPointF(where), Qt.DropAction.MoveAction, self.mime, Qt.MouseButton.LeftButton, NO_KEYS)
        self.grid.dropEvent(event)
        QApplication.processEvents()


class FromHere(QDragEnterEvent):
    def __init__(self, source, mime):
        super().__init__(QPoint(5, 5), Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, NO_KEYS)
        self._source = source

    def source(self):
        return self._source


def part(rect, x, y=0.5):
    return QPoint(rect.left() + round(x * rect.width()), rect.top() + round(y * rect.height()))


@pytest.mark.parametrize(
    ("rtl", "x", "order"),
    [(False, 0.2, "bacdefgh"), (False, 0.8, "abcdefgh"), (True, 0.8, "bacdefgh"), (True, 0.2, "abcdefgh")],
)
def test_a_tile_is_dropped_before_or_behind_another(grid, model, qtbot, *, rtl, x, order):
    if rtl:
        grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        qtbot.waitUntil(lambda: tile(grid, "a").x() > tile(grid, "b").x())
    select(grid, "b")

    Dragging(grid).drop(part(tile(grid, "a"), x))

    assert shown(model) == order


@pytest.mark.parametrize(("y", "order"), [(0.2, "abgcdefh"), (0.9, "abcgdefh")])
def test_in_a_list_tiles_are_dropped_above_or_below(grid, model, y, order, qtbot):
    grid.set_density(TileSize.LIST)
    qtbot.waitUntil(lambda: tile(grid, "b").y() > tile(grid, "a").y())
    select(grid, "g")

    dragging = Dragging(grid)
    dragging.over(part(tile(grid, "c"), 0.5, y))
    dragging.over(QPoint(5, grid.viewport().height() - 1))
    dragging.drop(part(tile(grid, "c"), 0.5, y))

    assert shown(model) == order


def test_several_dropped_behind_all_come_last(grid, model):
    select(grid, "a", "c")

    Dragging(grid).drop(QPoint(grid.viewport().width() - 2, grid.viewport().height() - 2))

    assert shown(model) == "bdefghac"
    assert grid.selected() == ("a", "c")


@pytest.mark.parametrize("rtl", [False, True])
def test_a_line_shows_where_tiles_would_go_and_goes_away(grid, rtl, qtbot):
    if rtl:
        grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        qtbot.waitUntil(lambda: tile(grid, "a").x() > tile(grid, "b").x())
    focus = theme_of(grid.palette()).focus.getRgb()[:3]
    select(grid, "h")
    grid.clearSelection()
    grid.clearFocus()
    dragging = Dragging(grid)

    def column(x):
        found = pixels(grid.viewport().grab().toImage())[tile(grid, "b").center().y(), :, :3]
        return [tuple(each) for each in found[x - 2 : x + 3]]

    edge = tile(grid, "b").right() if rtl else tile(grid, "b").left()
    assert focus not in column(edge)
    assert dragging.over(part(tile(grid, "b"), 0.8 if rtl else 0.2))
    assert focus in column(edge)

    grid.dragLeaveEvent(QDragLeaveEvent())
    assert focus not in column(edge)

    dragging.over(QPoint(grid.viewport().width() - 2, grid.viewport().height() - 2))
    assert not grid.grab().isNull()


def test_only_tiles_of_this_grid_are_taken(grid, qtbot):
    other = Dragging(grid, source=QApplication.instance())
    assert not other.enter()

    own = Dragging(grid)
    assert own.enter()
    own.mime = QMimeData()
    assert not own.enter()


def test_dragging_near_the_edge_scrolls(grid, qtbot):
    grid.resize(400, 200)
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > 100)
    bar = grid.verticalScrollBar()

    Dragging(grid).over(QPoint(50, 199))
    assert bar.value() > 0

    Dragging(grid).over(QPoint(50, 100))
    scrolled = bar.value()
    Dragging(grid).over(QPoint(50, 1))
    assert bar.value() < scrolled


def test_a_drag_can_be_given_up(grid, model, qtbot):
    select(grid, "b")
    QTimer.singleShot(50, grid, lambda: qtbot.keyClick(grid, Qt.Key.Key_Escape))

    grid.startDrag(Qt.DropAction.MoveAction)

    assert shown(model) == "abcdefgh"


def move_pointer(grid):
    where = QPointF(20, 20)
    event = QMouseEvent(QEvent.Type.MouseMove, where, where, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, NO_KEYS)
    QApplication.sendEvent(grid.viewport(), event)


def fail(model, service_id):
    model.take([answered(service_id, looked_at(Verdict.DOWN))])


def test_tiles_stay_while_the_pointer_is_in_use_and_are_sorted_when_it_leaves(grid, model):
    model.choose(Choice())
    move_pointer(grid)
    fail(model, "h")
    assert shown(model) == "abcdefgh"

    QApplication.sendEvent(grid, QEvent(QEvent.Type.Leave))

    assert shown(model) == "habcdefg"


def test_a_pointer_that_was_left_lying_there_does_not_keep_problems_from_the_front(grid, model):
    model.choose(Choice())
    move_pointer(grid)
    fail(model, "h")
    assert grid._rest.isActive()
    assert grid._rest.interval() == REST_AFTER_MS

    grid._rest.timeout.emit()

    assert shown(model) == "habcdefg"


def test_a_hidden_grid_is_sorted_and_not_painted(grid, model):
    model.choose(Choice())
    move_pointer(grid)
    fail(model, "h")
    assert grid._repaint.isActive()
    assert grid._repaint.interval() == REPAINT_EVERY_MS

    grid.hide()

    assert shown(model) == "habcdefg"
    assert not grid._repaint.isActive()


def test_the_grid_has_a_name_for_those_who_cannot_see_it(grid, model):
    assert grid.accessibleName() == "Services"
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "A, Up, 120 ms"


def test_a_selection_survives_that_others_come_and_go(grid, model):
    select(grid, "c", "e")

    model.take([watched(*[replace(make_service(each), name=each.upper()) for each in "hgfec0"])])

    assert grid.selected() == ("e", "c")


@pytest.mark.parametrize("density", TileSize)
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_heading_has_a_line_of_its_own_above_its_group(grid, model, density, direction, qtbot):
    grid.setLayoutDirection(direction)
    grid.set_density(density)
    model.take(
        [watched(make_service("a", group="Work"), make_service("b", group="Home"), make_service("c", group="Home"))]
    )

    model.choose(Choice(order=Order.BY_GROUP))
    QApplication.processEvents()

    home, work = (grid.visualRect(model.index(row)) for row in (0, 3))
    assert home.bottom() <= tile(grid, "b").top() < tile(grid, "c").bottom() <= work.top() < tile(grid, "a").top()
    assert home.width() > grid.viewport().width() * 0.9
    words = standing_out(grid.viewport().grab(home).toImage(), theme_of(grid.palette()).paper)
    half = words.shape[1] // 2
    at_left, at_right = int(words[:, :half].sum()), int(words[:, half:].sum())
    assert (at_left > at_right) is (direction is Qt.LayoutDirection.LeftToRight)


def test_the_keyboard_goes_from_tile_to_tile_past_the_headings(grid, model, qtbot):
    model.take([watched(make_service("a", group="Work"), make_service("b", group="Home"))])
    model.choose(Choice(order=Order.BY_GROUP))
    QApplication.processEvents()
    grid.show_service("b")

    qtbot.keyClick(grid, Qt.Key.Key_Down)

    assert grid.selected() == ("a",)


def test_rows_are_of_one_size_again_without_headings(grid, model):
    for order, uniform in ((Order.BY_GROUP, False), (Order.OWN, True)):
        model.choose(Choice(order=order))

        assert grid.uniformItemSizes() is uniform
