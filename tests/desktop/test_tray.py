"""The icon in the tray of a real panel, and what becomes of the window when there is none."""

import pytest

from desktop.colours import is_green, is_red
from desktop.desktop import PANEL_HEIGHT, middle
from desktop.site import Site
from fakes.waiting import eventually


@pytest.fixture
def sites(shop):
    blog = Site()
    yield shop, blog
    blog.go_down()


def told_by_others(program):
    """What another program is told of each service."""
    return {service["id"]: service["verdict"] for service in program.ask("status")["services"]}


def test_an_outage_and_its_end_are_seen_in_the_tray_in_the_window_by_a_notification_and_by_other_programs(
    desktop, tray, notices, program, sites
):
    shop, blog = sites
    program.watch({"Shop": shop.url, "Blog": blog.url})
    program.start()

    eventually(lambda: tray.tooltip.startswith("2 up\nlast look "))
    desktop.find("list item", "Shop, Up, ")
    well = tray.picture
    eventually(lambda: desktop.where(is_green))
    desktop.take_picture("all-is-well")

    shop.go_down()
    eventually(lambda: tray.tooltip.startswith("1 down, 1 up\nShop\nlast look "))
    assert tray.picture != well
    eventually(lambda: desktop.where(is_red))
    assert desktop.where(is_green) == []
    tile = desktop.find("list item", "Shop, Down for ")
    assert "its computer is there, but the service on it is off" in tile.name
    desktop.find("", "1 down, 1 up")
    # Another program knows it from the history, which is written every two seconds.
    eventually(lambda: told_by_others(program) == {"shop": "down", "blog": "up"})
    # Right after the start, trouble is told together.
    eventually(lambda: notices.heard and notices.shown)
    desktop.take_picture("one-is-down")

    shop.come_back()
    eventually(lambda: tray.tooltip.startswith("2 up\nlast look "))
    assert tray.picture == well
    eventually(lambda: not desktop.where(is_red))
    desktop.find("list item", "Shop, Up, ")
    eventually(lambda: told_by_others(program) == {"shop": "up", "blog": "up"})
    # It waits while the outage was told a moment ago.
    eventually(lambda: notices.heard[-1].title.startswith("Shop is up again after "))
    desktop.take_picture("all-is-well-again")

    outage, *recovering, end = notices.heard
    assert outage.title == "Shop is down"
    assert outage.body.startswith("Its computer is there, but the service on it is off")
    assert outage.hints["desktop-entry"] == "manara"
    # How it comes back is put into the same notification, without a sound.
    assert {(told.title, told.hints["suppress-sound"]) for told in recovering} <= {("Shop is down", True)}
    assert outage.replaces == 0
    assert all(told.replaces for told in (*recovering, end))
    eventually(lambda: notices.shown == 1)


def test_a_click_on_the_icon_opens_the_window_and_the_other_button_the_menu(desktop, tray, program, shop):
    shop.go_down()
    program.watch({"Shop": shop.url})
    program.start("--background")
    eventually(lambda: tray.tooltip.startswith("1 down\n"))
    eventually(lambda: desktop.where(is_red))
    assert desktop.shown_windows() == []

    desktop.click(middle(desktop.where(is_red)))
    eventually(lambda: desktop.active_window.startswith("Services"))

    summary, worst, *others = tray.menu
    assert summary == "1 down"
    assert (others[0], others[-1]) == ("Open Manara", "Quit")
    assert worst.startswith("Shop: Down: its computer is there")

    below_the_icon = (0, PANEL_HEIGHT + 8, 40, 80)
    before = desktop.look(*below_the_icon)
    desktop.click(middle(desktop.where(is_red)), button=3)
    eventually(lambda: desktop.look(*below_the_icon) != before)
    desktop.take_picture("menu-of-the-tray")
    desktop.press("Escape")


def test_closing_the_window_keeps_the_tray_and_the_watching(desktop, tray, program, shop):
    program.watch({"Shop": shop.url})
    process = program.start()
    desktop.find("list item", "Shop, Up, ")

    close(desktop)
    eventually(lambda: not desktop.shown_windows())
    shop.go_down()
    eventually(lambda: tray.tooltip.startswith("1 down\n"))

    assert process.poll() is None


def close(desktop):
    """Close the window as its frame does: the window manager asks the program."""
    eventually(lambda: desktop.active_window.startswith("Services"))
    desktop.press("alt+F4")


def test_the_icon_comes_with_a_late_panel_and_comes_back_with_a_new_one(bare_desktop, tray, program, shop):
    program.watch({"Shop": shop.url})
    process = program.start("--background")
    eventually(lambda: shop.asked)

    bare_desktop.start_panel(tray)
    eventually(lambda: tray.tooltip.startswith("1 up\n"))
    eventually(lambda: bare_desktop.where(is_green))

    bare_desktop.stop_panel()
    eventually(lambda: not tray.host_there)
    bare_desktop.start_panel(tray)
    eventually(lambda: tray.tooltip.startswith("1 up\n"))
    eventually(lambda: bare_desktop.where(is_green))
    assert len(tray.items) == 1
    assert process.poll() is None


def test_without_a_tray_the_window_says_so_and_is_only_made_small_when_closed(bare_desktop, program, shop):
    program.watch({"Shop": shop.url})
    process = program.start("--background")

    # For a while a panel is waited for.
    eventually(lambda: bare_desktop.active_window.startswith("Services"))
    bare_desktop.find("list item", "Shop, Up, ")
    bare_desktop.find("status bar", "This desktop has no system tray")
    bare_desktop.take_picture("no-tray")

    close(bare_desktop)
    eventually(lambda: not bare_desktop.active_window.startswith("Services"))
    eventually(lambda: bare_desktop.do("search", "--name", "Services"))
    bare_desktop.do("windowactivate", *bare_desktop.do("search", "--name", "Services").split())
    eventually(lambda: bare_desktop.active_window.startswith("Services"))

    bare_desktop.press("ctrl+q")
    assert process.wait(30) == 0
