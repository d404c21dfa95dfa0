"""The first minutes on a real screen: nothing was chosen yet, and a short while later it is watched."""

import re

from fakes.waiting import eventually

NOTHING_CHOSEN = """# What my machine must not do
[network]
resolvers = ["127.0.0.1:1"]  # nobody is there
witness_resolvers = []
anchors = []

[checks]
interval = "1s"
confirm = 1
"""
"""Settings of somebody who has no services yet; with them, nothing leaves the machine."""


def test_the_first_minutes_by_keyboard_lead_to_what_was_chosen(desktop, program, shop):
    program.settings.write_text(NOTHING_CHOSEN)
    program.start()
    eventually(lambda: desktop.active_window.startswith("Welcome"))

    desktop.type("messenger")
    eventually(lambda: offered(desktop)[0].startswith("Messenger"))
    desktop.press("Return")
    desktop.take_picture("first-run-pick")

    # With the whole catalogue in sight, a screen reader is slow to tell.
    desktop.press("ctrl+Return")
    see(desktop, "label", "Step 2 of 4")
    see(desktop, "label", "1 service is chosen")
    desktop.type(shop.url)
    desktop.press("Return")
    see(desktop, "label", "1 answers")
    see(desktop, "label", "2 services are chosen")
    assert shop.asked
    desktop.take_picture("first-run-address")

    desktop.press("ctrl+Return")
    see(desktop, "label", "Step 3 of 4")
    desktop.take_picture("first-run-notifications")
    desktop.press("ctrl+Return")
    see(desktop, "label", "Step 4 of 4")
    desktop.take_picture("first-run-login")
    desktop.press("ctrl+Return")

    eventually(lambda: desktop.active_window.startswith("Services"))
    see(desktop, "list item", f"{host(shop.url)}, Up")
    eventually(lambda: tiles(desktop) == ["Messenger", host(shop.url)])
    assert program.settings.read_text() == NOTHING_CHOSEN + chosen(shop.url)
    assert program.complaints.read_text() == ""


def test_in_arabic_and_in_the_dark_the_first_minutes_and_the_editor_are_mirrored(desktop, program, shop):
    before = NOTHING_CHOSEN + '\n[appearance]\ntheme = "dark"\n'
    program.settings.write_text(before)
    program.start("--language", "ar")
    eventually(lambda: desktop.active_window.startswith("Welcome"))

    desktop.type("messenger")
    eventually(lambda: offered(desktop)[0].startswith("ماسنجر"))
    assert is_left_of(see(desktop, "push button", "Next"), see(desktop, "text", "Search"))
    desktop.press("Return")
    desktop.take_picture("first-run-pick-arabic-dark")

    desktop.press("ctrl+Return")
    see(desktop, "text", "Addresses")
    desktop.type(shop.url)
    desktop.press("Return")
    eventually(lambda: shop.asked)
    desktop.take_picture("first-run-address-arabic-dark")
    desktop.press("ctrl+Return")
    see(desktop, "push button", "Show me one")
    desktop.take_picture("first-run-notifications-arabic-dark")
    desktop.press("ctrl+Return")
    see(desktop, "check box", "Start Manara when I log in")
    desktop.take_picture("first-run-login-arabic-dark")
    desktop.press("ctrl+Return")
    eventually(lambda: desktop.active_window.startswith("Services"))
    eventually(lambda: tiles(desktop) == ["ماسنجر", host(shop.url)])
    watched = before + chosen(shop.url, "ماسنجر")
    assert program.settings.read_text() == watched

    desktop.press("ctrl+n")
    eventually(lambda: desktop.active_window.startswith("Add a service"))
    desktop.type(f"{shop.url}?garden")
    desktop.press("Return")
    assert is_left_of(see(desktop, "text", "Method"), see(desktop, "text", "Name"))
    desktop.take_picture("adding-arabic-dark")
    desktop.press("ctrl+s")
    eventually(lambda: len(tiles(desktop)) == 3)
    assert program.settings.read_text() == watched + looked_at(f"{shop.url}?garden", host(shop.url))
    assert program.complaints.read_text() == ""


def is_left_of(seen, other):
    """Whether something ends before something else begins, wherever reading does."""
    return seen.place[0] + seen.place[2] <= other.place[0]


def see(desktop, role, begin):
    """Wait for something that can be seen."""
    return desktop.find(role, begin, shown_only=True)


def offered(desktop):
    """The cards of the catalogue, as a screen reader knows them."""
    return [card.name for card in see(desktop, "list", "Well-known services").children] or [""]


def tiles(desktop):
    """The names of the tiles, as a screen reader knows them."""
    return [tile.name.partition(",")[0] for tile in see(desktop, "list", "Services").children]


def host(url):
    """What a service of this address is called."""
    return url.removeprefix("http://").strip("/")


def chosen(url, name=""):
    """What is added to the settings file, to the letter."""
    named = f'name = "{name}"\n' if name else ""
    return f"""
[[services]]
id = "messenger"
catalogue = "messenger"
{named}""" + looked_at(url, host(url))


def looked_at(url, name):
    """A service of an address as it stands in the settings file."""
    service_id = re.sub(r"[:/?]+", "-", url.removeprefix("http://")).strip("-")
    return f"""
[[services]]
id = "{service_id}"
name = "{name}"

[[services.checks]]
type = "http"
url = "{url}"
"""
