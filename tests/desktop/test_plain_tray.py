"""The icon in a panel that knows nothing of the bus: it is a window of Manara's own in the panel (XEmbed)."""

from desktop.colours import is_green, is_pale_yellow, is_red
from desktop.desktop import PANEL_HEIGHT, middle
from fakes.waiting import eventually

A_MESSAGE = {"top": PANEL_HEIGHT + 2, "height": 100}


def test_the_icon_is_drawn_into_the_panel_and_changes_with_what_is_seen(plain_desktop, tray, program, shop):
    program.watch({"Shop": shop.url})
    program.start("--background")

    eventually(lambda: plain_desktop.where(is_green))
    assert tray.items == []
    columns, rows = zip(*plain_desktop.where(is_green), strict=True)
    size = (max(columns) - min(columns) + 1, max(rows) - min(rows) + 1)
    assert size[0] == size[1]
    assert PANEL_HEIGHT / 2 <= size[0] < PANEL_HEIGHT
    # What is around the mark is the panel, not a ground of our own.
    corner = plain_desktop.look(min(columns) - 1, min(rows) - 1, 1, 1)
    assert corner == plain_desktop.look(0, 0, 1, 1)
    plain_desktop.take_picture("plain-tray-all-is-well")

    shop.go_down()
    eventually(lambda: plain_desktop.where(is_red))
    assert plain_desktop.where(is_green) == []
    plain_desktop.take_picture("plain-tray-one-is-down")

    plain_desktop.click(middle(plain_desktop.where(is_red)))
    eventually(lambda: plain_desktop.active_window.startswith("Services"))


def test_it_comes_with_a_late_panel_and_comes_back_with_a_new_one(bare_desktop, program, shop):
    program.watch({"Shop": shop.url})
    process = program.start("--background")
    eventually(lambda: shop.asked)

    for _ in range(2):
        bare_desktop.start_tray_without_a_bus()
        eventually(lambda: bare_desktop.where(is_green))
        bare_desktop.stop_panel()
        eventually(lambda: not bare_desktop.where(is_green))

    assert process.poll() is None
    assert program.complaints.read_text() == ""


def test_without_a_bus_the_icon_is_shown_and_trouble_is_told_by_a_message_at_it(desktop, tray, notices, program, shop):
    shop.go_down()
    program.watch({"Shop": shop.url})
    process = program.start("--background", DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere/bus")

    eventually(lambda: desktop.where(is_red))
    assert tray.items == []
    eventually(lambda: desktop.where(is_pale_yellow, **A_MESSAGE))
    desktop.take_picture("message-without-a-bus")
    assert desktop.where(is_red)
    assert notices.heard == []

    desktop.click(middle(desktop.where(is_pale_yellow, **A_MESSAGE)))
    eventually(lambda: desktop.active_window.startswith("Services"))
    process.terminate()
    assert process.wait(30) == 0
    assert program.complaints.read_text() == ""
