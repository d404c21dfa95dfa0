import socket
import sys
from contextlib import closing, contextmanager

import pytest

from manara.ui.screen import screen_problem

X11_PORT = 6000
pytestmark = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="these have no X11 and no Wayland")


@contextmanager
def listening(path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        yield


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_systems_that_have_a_screen_of_their_own_need_no_variable(platform):
    assert screen_problem({}, platform) == ""


@pytest.mark.parametrize("name", ["offscreen", "minimal", "minimal:log"])
def test_qt_can_draw_without_a_screen(name):
    assert screen_problem({"QT_QPA_PLATFORM": name}, "linux") == ""


def test_no_variable_means_no_screen():
    assert screen_problem({"DISPLAY": ""}, "linux") == "This machine has no screen."


@pytest.mark.parametrize("display", [":98765", "unix:98765", ":98765.0", "127.0.0.1:1", ":screen", "nonsense"])
def test_a_display_on_which_nobody_listens_is_named(display):
    assert screen_problem({"DISPLAY": display}, "linux") == f"The screen {display} does not answer."


@pytest.mark.parametrize("display", [":98764", "unix:98764", ":98764.0"])
def test_a_display_answers_on_an_abstract_socket(display):
    with listening("\0/tmp/.X11-unix/X98764"):
        assert screen_problem({"DISPLAY": display}, "linux") == ""


def test_a_display_answers_on_another_machine():
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        number = server.getsockname()[1] - X11_PORT

        assert screen_problem({"DISPLAY": f"127.0.0.1:{number}"}, "linux") == ""


def test_wayland_answers_in_the_folder_of_the_session(tmp_path):
    session = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}

    assert screen_problem(session, "linux") == "The screen wayland-7 does not answer."
    with listening(str(tmp_path / "wayland-7")):
        assert screen_problem(session, "linux") == ""


def test_wayland_may_be_named_by_its_whole_path(tmp_path):
    with listening(str(tmp_path / "wayland")):
        assert screen_problem({"WAYLAND_DISPLAY": str(tmp_path / "wayland")}, "linux") == ""


def test_where_wayland_is_gone_x11_is_tried(tmp_path):
    session = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": ":98763"}

    with listening("\0/tmp/.X11-unix/X98763"):
        assert screen_problem(session, "linux") == ""
    assert screen_problem(session, "linux") == "The screen :98763 does not answer."
