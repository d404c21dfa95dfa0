"""Desktops on which something is missing: no screen, no right to use it, no notifications, no settings to use."""

import pytest

from desktop.colours import is_green, is_red
from fakes.waiting import eventually
from fakes.x11 import MAGIC, WILD, entry, listening

ENDS_WITHIN_S = 20


def test_a_screen_that_does_not_answer_is_a_sentence(desktop, program, shop):
    program.watch({"Shop": shop.url})

    process = program.start(DISPLAY=":4711")

    assert process.wait(ENDS_WITHIN_S) == 69
    assert program.complaints.read_text() == (
        "manara: The screen :4711 does not answer. The same in a terminal: manara watch\n"
    )


def test_in_the_background_without_a_screen_is_a_sentence(desktop, program, shop):
    program.watch({"Shop": shop.url})

    process = program.start("--background", without=("DISPLAY",))

    assert process.wait(ENDS_WITHIN_S) == 69
    assert program.complaints.read_text() == (
        "manara: this machine has no screen; the same in a terminal: manara watch\n"
    )


@pytest.fixture
def guarded_screen(desktop, tmp_path):
    """A screen that only lets in who knows its cookie; the cookie."""
    cookie = entry(WILD, b"", b"", MAGIC, bytes(range(16)))
    (tmp_path / "of-the-server").write_bytes(cookie)
    return desktop.start_screen("640x480x24", "-auth", tmp_path / "of-the-server"), cookie


def test_a_screen_that_does_not_let_us_in_is_a_sentence(desktop, program, shop, guarded_screen):
    screen, _ = guarded_screen
    program.watch({"Shop": shop.url})

    process = program.start(DISPLAY=screen, XAUTHORITY="/nowhere")

    assert process.wait(ENDS_WITHIN_S) == 69
    told = program.complaints.read_text()
    assert told.startswith(f"manara: The screen {screen} does not let us in: Authorization required")
    assert told.endswith(" The same in a terminal: manara watch\n")
    assert told.count("\n") == 1


def test_with_its_cookie_it_is_used_though_nobody_else_is_there(desktop, program, shop, guarded_screen, tmp_path):
    screen, cookie = guarded_screen
    program.watch({"Shop": shop.url})
    (tmp_path / "cookies").write_bytes(cookie)

    process = program.start(DISPLAY=screen, XAUTHORITY=str(tmp_path / "cookies"))

    eventually(lambda: shop.asked)
    process.terminate()
    assert process.wait(30) == 0
    assert program.complaints.read_text() == ""


def test_a_dead_socket_of_wayland_is_a_sentence(desktop, program, shop, tmp_path):
    program.watch({"Shop": shop.url})
    with listening(str(tmp_path / "wayland-0")):
        pass

    process = program.start(without=("DISPLAY",), WAYLAND_DISPLAY=str(tmp_path / "wayland-0"))

    assert process.wait(ENDS_WITHIN_S) == 69
    assert program.complaints.read_text() == (
        f"manara: The screen {tmp_path}/wayland-0 does not answer. The same in a terminal: manara watch\n"
    )


def test_where_nobody_shows_notifications_the_icon_and_the_window_tell(quiet_desktop, tray, notices, program, shop):
    shop.go_down()
    program.watch({"Shop": shop.url})
    process = program.start()

    eventually(lambda: quiet_desktop.where(is_red))
    quiet_desktop.find("list item", "Shop, Down")
    eventually(lambda: notices.heard)
    quiet_desktop.take_picture("nobody-shows-notifications")

    shop.come_back()
    quiet_desktop.find("list item", "Shop, Up, ")
    # What Qt can do instead would put a message and its sign in the place of the state, for ten seconds.
    assert not tray.asks_for_attention
    assert not tray.tooltip.startswith("Shop is down")
    eventually(lambda: quiet_desktop.where(is_green))
    process.terminate()
    assert process.wait(30) == 0
    assert program.complaints.read_text() == ""


def test_settings_that_cannot_be_used_are_explained_in_a_window_and_in_the_terminal(desktop, program):
    program.settings.write_text("[checks]\ninterval = -5\n[[services]]\nname = '<b>Shop</b>'\nbogus = 1\n")

    process = program.start()
    explained = desktop.find("label", "Manara cannot start")
    desktop.take_picture("bad-settings")
    eventually(lambda: desktop.active_window == "Manara")
    desktop.press("Return")

    assert process.wait(ENDS_WITHIN_S) == 78
    told = program.complaints.read_text()
    for part in ("checks.interval", "services[0].bogus"):
        assert part in explained.name
        assert part in told
    assert "Traceback" not in told
