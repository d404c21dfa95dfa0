import pytest
from PySide6.QtWidgets import QMainWindow

from manara.ui.tile import Order
from manara.ui.window_state import WindowState


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


def test_the_first_time_windows_look_as_qt_and_manara_choose(tmp_path, window):
    state = WindowState(tmp_path)
    before = window.geometry()

    state.restore_window(window, "main")

    assert window.geometry() == before
    assert state.order is Order.PROBLEMS_FIRST


def test_a_window_comes_back_where_it_was(tmp_path, window):
    window.setGeometry(30, 40, 300, 200)
    WindowState(tmp_path).keep_window(window, "main")
    window.setGeometry(0, 0, 100, 100)

    WindowState(tmp_path).restore_window(window, "main")

    assert window.geometry().getRect() == (30, 40, 300, 200)


def test_each_window_has_a_place_of_its_own(tmp_path, window):
    window.setGeometry(30, 40, 300, 200)
    WindowState(tmp_path).keep_window(window, "history")
    window.setGeometry(0, 0, 100, 100)

    WindowState(tmp_path).restore_window(window, "main")

    assert window.geometry().getRect() == (0, 0, 100, 100)


def test_order_and_welcome_are_remembered(tmp_path):
    state = WindowState(tmp_path)
    before = state.welcomed
    state.order, state.welcomed = Order.OWN, True

    again = WindowState(tmp_path)

    assert (before, again.order, again.welcomed) == (False, Order.OWN, True)


@pytest.mark.parametrize(
    "content",
    [
        b"[main]\ngeometry=@ByteArray(nonsense)\n[grid]\norder=@Variant(\\0\\0)\n",
        b"[main]\ngeometry=7\n[grid]\norder=a, b\n",
        b"\x00\xff nonsense",
    ],
)
def test_an_odd_file_means_as_at_the_first_start(tmp_path, window, content):
    (tmp_path / "window.ini").write_bytes(content)
    state = WindowState(tmp_path)
    before = window.geometry()

    state.restore_window(window, "main")

    assert window.geometry() == before
    assert state.order is Order.PROBLEMS_FIRST


@pytest.mark.parametrize("ids", [[], ["shop"], ["shop", "blog, and more"]])
def test_the_users_own_order_is_remembered(tmp_path, ids):
    assert WindowState(tmp_path).own_order == []

    WindowState(tmp_path).own_order = ids

    assert WindowState(tmp_path).own_order == ids
