"""The first minutes on a real screen: nothing was chosen yet, and a short while later it is watched."""

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
    eventually(lambda: desktop.active_window.startswith("Welcome"), within_s=30)
    eventually(lambda: see(desktop, "list", "Well-known services").children)

    desktop.type("messenger")
    eventually(lambda: offered(desktop)[0].startswith("Messenger"))
    desktop.press("Return")
    see(desktop, "label", "1 service is chosen")
    desktop.take_picture("first-run-pick")

    desktop.press("ctrl+Return")
    see(desktop, "label", "Step 2 of 4")
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
    see(desktop, "list item", f"{shop.url}, Up")
    eventually(lambda: tiles(desktop) == ["Messenger", shop.url])
    assert program.settings.read_text() == NOTHING_CHOSEN + chosen(shop.url)
    assert program.complaints.read_text() == ""


def see(desktop, role, begin):
    """Wait for something that can be seen."""
    return desktop.find(role, begin, within_s=20, shown_only=True)


def offered(desktop):
    """The cards of the catalogue, as a screen reader knows them."""
    return [card.name for card in see(desktop, "list", "Well-known services").children] or [""]


def tiles(desktop):
    """The names of the tiles, as a screen reader knows them."""
    return [tile.name.partition(",")[0] for tile in see(desktop, "list", "Services").children]


def chosen(url):
    """What is added to the settings file, to the letter."""
    place = url.removeprefix("http://").strip("/").replace(":", "-")
    return f"""
[[services]]
id = "messenger"
catalogue = "messenger"

[[services]]
id = "{place}"
name = "{url}"

[[services.checks]]
type = "http"
url = "{url}"
"""
