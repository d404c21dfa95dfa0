"""Changing what is watched on a real screen, by keyboard and by mouse: only the lines that must change do."""

import re

import pytest

from fakes.waiting import eventually

BEFORE = """# What I watch, written by hand
[network]
witness_resolvers = []  # nobody is asked
anchors = []

[checks]
interval = "1s"    # often
confirm = 1

[appearance]
theme = "{theme}"

# What I sell
[[services]]
name = "Shop"      # with a till
group = "Work"
checks = [{{ type = "http", url = "{url}" }}]  # its first page

[[services]]
name = "Blog"  # seldom read
checks = [{{ type = "http", url = "{url}" }}]

[[services]]
name = "Mail"
checks = [{{ type = "http", url = "{url}" }}]
# This is the end
"""

CONTROLS = ("list", "tree", "text", "spin button", "combo box", "check box", "push button")
NOTHING = ("", ())


@pytest.fixture
def theme():
    """The colours."""
    return "light"


@pytest.fixture
def before(desktop, program, shop, theme):
    """The settings of somebody who watches three services, with remarks; the program runs."""
    text = BEFORE.format(url=shop.url, theme=theme)
    program.settings.write_text(text)
    program.start()
    for name in ("Shop", "Blog", "Mail"):
        desktop.find("list item", f"{name}, Up")
    eventually(lambda: desktop.active_window.startswith("Services"))
    yield text
    assert program.complaints.read_text() == ""


def test_a_service_is_added_by_keyboard(desktop, program, shop, before):
    desktop.press("ctrl+n")
    wait_for(desktop, "Add a service")

    desktop.type(shop.url)
    desktop.press("Return")
    eventually(lambda: focused(desktop)[0] == "Name")
    desktop.type("Garden")
    desktop.take_picture("adding")
    desktop.press("ctrl+s")

    find(desktop, "label", "Garden was added.")
    find(desktop, "list item", "Garden, Up")
    wait_for(desktop, "Services")
    desktop.take_picture("added")
    assert program.settings.read_text() == before + added(shop.url)


def test_one_service_and_then_two_are_edited_by_keyboard(desktop, program, before):
    choose(desktop, "Shop")
    desktop.press("ctrl+e")
    wait_for(desktop, "Edit Shop")
    eventually(lambda: focused(desktop)[0] == "Name")
    desktop.type("Store")
    desktop.take_picture("editing")
    desktop.press("ctrl+s")
    find(desktop, "list item", "Store, Up")
    wait_for(desktop, "Services")
    store = renamed(before)
    assert program.settings.read_text() == store

    choose(desktop, "Blog", "Mail")
    desktop.press("ctrl+e")
    wait_for(desktop, "Edit 2 services")
    go_to(desktop, "Group")
    desktop.type("Home")
    desktop.take_picture("editing-two")
    desktop.press("ctrl+s")
    find(desktop, "label", "2 services were changed.")
    wait_for(desktop, "Services")
    assert program.settings.read_text() == with_group(store)


def test_what_was_removed_comes_back_as_it_stood(desktop, program, before):
    choose(desktop, "Blog")
    desktop.press("Delete")
    eventually(lambda: tiles(desktop) == ["Shop", "Mail"])
    without_blog = program.settings.read_text()
    assert "Blog" not in without_blog
    desktop.take_picture("removed")
    desktop.press("ctrl+z")
    find(desktop, "list item", "Blog, Up")
    assert program.settings.read_text() == before

    desktop.click_on(find(desktop, "list item", "Blog"))
    desktop.click_on(find(desktop, "menu item", "Service"))
    desktop.click_on(find(desktop, "menu item", "Remove"))
    eventually(lambda: tiles(desktop) == ["Shop", "Mail"])
    assert program.settings.read_text() == without_blog
    desktop.click_on(find(desktop, "push button", "Undo"))
    find(desktop, "list item", "Blog, Up")
    assert program.settings.read_text() == before


@pytest.mark.parametrize("theme", ["dark"])
def test_what_is_edited_in_both_places_is_lost_in_neither(desktop, program, before):
    by_hand = before.replace('group = "Work"', 'group = "By hand"  # no longer at work')
    choose(desktop, "Shop")
    desktop.press("ctrl+e")
    wait_for(desktop, "Edit Shop")
    eventually(lambda: focused(desktop)[0] == "Name")
    desktop.type("Store")

    program.settings.write_text(by_hand)

    find(desktop, "label", "This service was changed in the file meanwhile.")
    desktop.take_picture("changed-meanwhile")
    assert field(desktop, "Name") == "Store"
    desktop.click_on(find(desktop, "push button", "Show theirs"))
    find(desktop, "label", "This is what stands in the file now.")
    assert (field(desktop, "Name"), field(desktop, "Group")) == ("Shop", "By hand")
    desktop.click_on(find(desktop, "push button", "Show mine"))
    find(desktop, "label", "This service was changed in the file meanwhile.")
    assert field(desktop, "Name") == "Store"
    assert program.settings.read_text() == by_hand
    desktop.click_on(find(desktop, "push button", "Keep mine"))
    find(desktop, "list item", "Store, Up")
    # What was edited by hand is still there, and so is everything that is not of this service.
    assert program.settings.read_text() == renamed(by_hand)


@pytest.mark.parametrize("theme", ["dark"])
def test_a_preference_holds_at_once_and_is_taken_back(desktop, program, before):
    desktop.press("ctrl+comma")
    wait_for(desktop, "Preferences")
    go_to(desktop, "Pages")
    desktop.press("Down")
    eventually(lambda: "selected" in find(desktop, "list item", "Checks").states)
    go_to(desktop, "Look every")
    desktop.press("ctrl+a")
    desktop.type("2s")
    desktop.press("Return")

    changed = before.replace('interval = "1s"', 'interval = "2s"')
    eventually(lambda: program.settings.read_text() == changed)
    desktop.take_picture("preferences")
    desktop.press("ctrl+z")
    eventually(lambda: program.settings.read_text() == before)


def added(url):
    """What is added to the settings file for a service of this address, to the letter."""
    place = url.removeprefix("http://").strip("/").replace(":", "-")
    return f"""
[[services]]
id = "{place}"
name = "Garden"

[[services.checks]]
type = "http"
url = "{url}"
"""


def renamed(text):
    """The text with another name of the shop; its id stays, for its past is kept under it."""
    return text.replace('name = "Shop"', 'name = "Store"').replace("# its first page", '# its first page\nid = "shop"')


def with_group(text):
    """The text with a group for the two services that had none."""
    return re.sub(r"( }]\n)", r'\1group = "Home"\n', text)


def wait_for(desktop, title):
    """Wait until the window of this title has the keyboard."""
    eventually(lambda: desktop.active_window.startswith(title))


def choose(desktop, first, last=""):
    """Choose a tile, or all from one to another, with the arrow keys."""
    go_to(desktop, "Services")
    there = tiles(desktop)
    # Whatever was chosen before, it is another tile than the first.
    desktop.press("End", "Home")
    eventually(lambda: chosen(desktop) == there[:1])
    begin, end = there.index(first), there.index(last or first)
    for key in ["Right"] * begin + ["shift+Right"] * (end - begin):
        desktop.press(key)
    eventually(lambda: chosen(desktop) == there[begin : end + 1])


def go_to(desktop, name):
    """Press Tab until an object has the keyboard; each time it must come to something else."""
    for _ in range(30):
        before = focused(desktop)
        if before[0] == name:
            return
        desktop.press("Tab")
        eventually(lambda before=before: focused(desktop) not in (before, NOTHING))
    pytest.fail(f"Tab does not lead to {name}")


def focused(desktop):
    """The name and the place of what has the keyboard."""
    windows = (window for window in desktop.windows(shown_only=True) if "active" in window.states)
    there = (seen for window in windows for seen in window.all if "focused" in seen.states)
    return next(((seen.name, seen.place) for seen in there if seen.role in CONTROLS), NOTHING)


def field(desktop, name):
    """What stands in a field."""
    return find(desktop, "text", name).text


def find(desktop, role, begin):
    """Wait for something that can be seen."""
    return desktop.find(role, begin, shown_only=True)


def tiles(desktop):
    return [tile.name.partition(",")[0] for tile in find(desktop, "list", "Services").children]


def chosen(desktop):
    """The names of the tiles that are chosen."""
    there = find(desktop, "list", "Services").children
    return [tile.name.partition(",")[0] for tile in there if "selected" in tile.states]
