import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from manara.ui.flow import Flow

SIDE = 100
GAP = 10


def block(width, *, grows=False):
    widget = QWidget()
    widget.setMinimumSize(width, 20)
    across = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
    widget.setSizePolicy(across, QSizePolicy.Policy.Fixed)
    if not grows:
        widget.setFixedSize(width, 20)
    return widget


@pytest.fixture
def holder(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    return holder


def filled(holder, *widgets):
    flow = Flow(holder, gap=GAP)
    for widget in widgets:
        flow.addWidget(widget)
    holder.show()
    return flow


def places(flow, width):
    flow.setGeometry(QRect(0, 0, width, flow.heightForWidth(width)))
    return [
        flow.itemAt(place).geometry().getRect() for place in range(flow.count()) if not flow.itemAt(place).isEmpty()
    ]


def test_what_fits_stands_in_one_row(holder):
    flow = filled(holder, block(SIDE), block(SIDE))

    assert places(flow, 210) == [(0, 0, 100, 20), (110, 0, 100, 20)]
    assert flow.heightForWidth(210) == 20


def test_what_does_not_fit_goes_into_the_next_row(holder):
    flow = filled(holder, block(SIDE), block(SIDE))

    assert places(flow, 209) == [(0, 0, 100, 20), (0, 30, 100, 20)]
    assert flow.heightForWidth(209) == 50
    assert flow.hasHeightForWidth()


def test_what_may_grow_takes_what_its_row_leaves_and_never_less_than_it_needs(holder):
    flow = filled(holder, block(SIDE, grows=True), block(SIDE))

    assert places(flow, 300) == [(0, 0, 190, 20), (200, 0, 100, 20)]
    assert places(flow, 150) == [(0, 0, 150, 20), (0, 30, 100, 20)]


def test_two_that_grow_share_what_is_left(holder):
    flow = filled(holder, block(SIDE, grows=True), block(SIDE, grows=True))

    assert [width for _, _, width, _ in places(flow, 221)] == [106, 105]


def test_from_right_to_left_it_begins_at_the_right(holder):
    flow = filled(holder, block(SIDE), block(50))
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert places(flow, 300) == [(200, 0, 100, 20), (140, 0, 50, 20)]


def test_what_is_hidden_takes_no_room(holder):
    hidden = block(SIDE)
    flow = filled(holder, hidden, block(50))
    hidden.hide()

    assert places(flow, 300) == [(0, 0, 50, 20)]
    assert flow.sizeHint().width() == 50


def test_it_needs_no_more_than_its_widest_widget_and_would_like_one_row(holder):
    flow = filled(holder, block(SIDE), block(50))
    flow.setContentsMargins(1, 2, 3, 4)

    assert (flow.minimumSize().width(), flow.minimumSize().height()) == (104, 26)
    assert (flow.sizeHint().width(), flow.sizeHint().height()) == (164, 26)
    assert flow.expandingDirections() == Qt.Orientation.Horizontal


def test_empty_it_is_nothing(holder):
    flow = filled(holder)

    assert flow.heightForWidth(100) == 0
    assert flow.sizeHint().width() == 0
    assert flow.itemAt(0) is None
    assert flow.takeAt(0) is None


def test_a_widget_can_be_taken_out(holder):
    flow = filled(holder, block(SIDE))

    taken = flow.takeAt(0)

    assert taken.widget().width() == SIDE
    assert flow.count() == 0
