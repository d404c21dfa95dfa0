import sys
from pathlib import Path

import pytest

from fakes.waiting import eventually
from fakes.x11 import INTERNET, LOCAL, MAGIC, WILD, XServer, entry, listening, own_name
from manara.ui.screen import screen_held

X11_PORT = 6000
COOKIE = b"0123456789abcdef"
pytestmark = [
    pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="these have no X11 and no Wayland"),
    # There is one socket of each name on a machine.
    pytest.mark.xdist_group("x11"),
]


def problem(environment, platform="linux"):
    with screen_held(environment, platform) as told:
        return told


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_systems_that_have_a_screen_of_their_own_need_no_variable(platform):
    assert problem({}, platform) == ""


@pytest.mark.parametrize("name", ["offscreen", "minimal", "minimal:log", "xcb;offscreen", "vnc"])
def test_qt_can_draw_without_a_screen(name):
    assert problem({"QT_QPA_PLATFORM": name}) == ""


def test_no_variable_means_no_screen():
    assert problem({"DISPLAY": ""}) == "This machine has no screen."


@pytest.mark.parametrize(
    "display",
    [
        *(":98765", "unix:98765", ":98765.0", "/nowhere/socket:0", "unix:/nowhere/socket:0"),
        *("127.0.0.1:1", "tcp/127.0.0.1:1", "127.0.0.1:98765", f"{'a' * 100}:1", ":screen", "nonsense"),
    ],
)
def test_a_display_on_which_nobody_listens_is_named(display):
    assert problem({"DISPLAY": display}) == f"The screen {display} does not answer."


@pytest.mark.parametrize("display", [":98764", "unix:98764", ":98764.0", "unix/:98764"])
def test_a_display_answers_on_an_abstract_socket(display):
    with XServer("\0/tmp/.X11-unix/X98764"):
        assert problem({"DISPLAY": display, "HOME": "/nowhere"}) == ""


def test_a_display_may_be_a_path(tmp_path):
    with XServer(str(tmp_path / "socket")):
        assert problem({"DISPLAY": f"unix:{tmp_path}/socket:0", "HOME": "/nowhere"}) == ""


@pytest.mark.parametrize("form", ["127.0.0.1:{}", "tcp/127.0.0.1:{}.0", "[127.0.0.1]:{}"])
def test_a_display_answers_on_another_machine(form):
    with XServer(("127.0.0.1", 0)) as server:
        number = server.port - X11_PORT

        assert problem({"DISPLAY": form.format(number), "HOME": "/nowhere"}) == ""


def test_the_connection_is_held_until_qt_has_its_own():
    with XServer("\0/tmp/.X11-unix/X98764") as server:
        with screen_held({"DISPLAY": ":98764", "HOME": "/nowhere"}, "linux"):
            eventually(lambda: server.clients == 1)
        eventually(lambda: server.clients == 0)


def test_a_server_that_wants_to_know_more_is_left_to_qt():
    with XServer("\0/tmp/.X11-unix/X98764", answer=b"\2"):
        assert problem({"DISPLAY": ":98764", "HOME": "/nowhere"}) == ""


def test_one_that_hangs_up_does_not_answer():
    with XServer("\0/tmp/.X11-unix/X98764", answer=b""):
        assert problem({"DISPLAY": ":98764", "HOME": "/nowhere"}) == "The screen :98764 does not answer."


REFUSED = "The screen :98764 does not let us in: Authorization required."


@pytest.fixture
def guarded():
    with XServer("\0/tmp/.X11-unix/X98764", cookie=COOKIE) as server:
        yield server


@pytest.fixture
def session(tmp_path):
    """A session with a file of cookies."""
    return {"DISPLAY": ":98764", "XAUTHORITY": str(tmp_path / "cookies")}


def keep(session, *entries):
    Path(session["XAUTHORITY"]).write_bytes(b"".join(entries))


def test_without_a_cookie_it_is_said_that_the_server_refuses(guarded, session):
    assert problem(session) == REFUSED


def test_a_server_may_give_no_reason(session):
    with XServer("\0/tmp/.X11-unix/X98764", cookie=COOKIE, reason=b""):
        assert problem(session) == "The screen :98764 does not let us in: no reason given."


@pytest.mark.parametrize(
    "known",
    [
        entry(LOCAL, own_name(), b"98764", MAGIC, COOKIE),
        entry(LOCAL, own_name(), b"", MAGIC, COOKIE),
        entry(WILD, b"", b"98764", MAGIC, COOKIE),
    ],
)
def test_with_its_cookie_a_server_lets_us_in(guarded, session, known):
    other = entry(LOCAL, own_name(), b"1", MAGIC, bytes(16))
    keep(session, other, known, entry(WILD, b"", b"", MAGIC, bytes(16)))

    assert problem(session) == ""


@pytest.mark.parametrize(
    "known",
    [
        b"nonsense",
        entry(LOCAL, own_name(), b"98764", MAGIC, COOKIE)[:-1],
        entry(LOCAL, own_name(), b"98764", MAGIC, bytes(16)),
        entry(LOCAL, own_name(), b"1", MAGIC, COOKIE),
        entry(LOCAL, b"another-name", b"98764", MAGIC, COOKIE),
        entry(INTERNET, bytes([127, 0, 0, 1]), b"98764", MAGIC, COOKIE),
    ],
)
def test_with_a_wrong_cookie_it_does_not(guarded, session, known):
    keep(session, known)

    assert problem(session) == REFUSED


def test_another_way_to_prove_who_we_are_is_left_to_qt(guarded, session):
    keep(session, entry(LOCAL, own_name(), b"98764", b"XDM-AUTHORIZATION-1", bytes(16)))

    assert problem(session) == ""


def test_the_usual_place_of_cookies_is_the_home(guarded, tmp_path):
    (tmp_path / ".Xauthority").write_bytes(entry(WILD, b"", b"", MAGIC, COOKIE))

    assert problem({"DISPLAY": ":98764", "HOME": str(tmp_path)}) == ""


def test_this_machine_is_known_by_its_name_also_over_the_network(session):
    with XServer(("127.0.0.1", 0), cookie=COOKIE) as server:
        number = server.port - X11_PORT
        keep(session, entry(LOCAL, own_name(), str(number).encode(), MAGIC, COOKIE))

        assert problem(session | {"DISPLAY": f"localhost:{number}"}) == ""


def test_wayland_answers_in_the_folder_of_the_session(tmp_path):
    session = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}

    assert problem(session) == "The screen wayland-7 does not answer."
    with listening(str(tmp_path / "wayland-7")):
        assert problem(session) == ""


def test_a_dead_socket_of_wayland_does_not_answer(tmp_path):
    with listening(str(tmp_path / "wayland-7")):
        pass
    assert (tmp_path / "wayland-7").exists()

    session = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}

    assert problem(session) == "The screen wayland-7 does not answer."


def test_wayland_may_be_named_by_its_whole_path(tmp_path):
    with listening(str(tmp_path / "wayland")):
        assert problem({"WAYLAND_DISPLAY": str(tmp_path / "wayland")}) == ""


def test_where_wayland_is_gone_x11_is_tried(tmp_path):
    session = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": ":98763"}

    with XServer("\0/tmp/.X11-unix/X98763"):
        assert problem(session) == ""
    assert problem(session) == "The screen :98763 does not answer."


def test_only_the_screen_that_qt_is_told_to_use_counts(tmp_path):
    session = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": ":98763"}

    with listening(str(tmp_path / "wayland-7")):
        assert problem(session | {"QT_QPA_PLATFORM": "wayland;xcb"}) == ""
        assert problem(session | {"QT_QPA_PLATFORM": "xcb"}) == "The screen :98763 does not answer."
    with XServer("\0/tmp/.X11-unix/X98763"):
        assert problem(session | {"QT_QPA_PLATFORM": "wayland"}) == "The screen wayland-7 does not answer."
