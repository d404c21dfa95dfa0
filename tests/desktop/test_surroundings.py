"""Desktops on which something is missing: no screen, no session bus, no settings that can be used."""

from fakes.waiting import eventually

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


def test_without_a_session_bus_the_window_is_shown(desktop, program, shop):
    program.watch({"Shop": shop.url})

    process = program.start(DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere/bus")

    eventually(lambda: desktop.active_window.startswith("Services"))
    eventually(lambda: shop.asked)
    process.terminate()
    assert process.wait(5) == 0
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
