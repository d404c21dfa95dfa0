"""The window of the history on a real screen: what was seen in this run can be read in it."""

from fakes.waiting import eventually


def test_an_outage_and_its_end_stand_in_the_list_of_outages(desktop, program, shop):
    program.watch({"Shop": shop.url})
    process = program.start()
    desktop.find("list item", "Shop, Up, ")
    shop.go_down()
    desktop.find("list item", "Shop, Down for ")
    shop.come_back()
    desktop.find("list item", "Shop, Up, ")
    # It is written every two seconds; another program sees that it is.
    eventually(lambda: told_outages(program))

    open_with_the_keyboard(desktop)

    # The charts are loaded when the window is first opened.
    eventually(lambda: desktop.active_window.startswith("History of Shop"))
    outages = desktop.find("table", "Outages")
    began, lasted, why = (cell.name for cell in outages.all if cell.role == "table cell")
    assert ":" in began
    assert lasted.endswith(" s")
    assert why.startswith("The computer is there, but the service on it is off")
    desktop.take_picture("history")

    desktop.press("Escape")
    eventually(lambda: desktop.active_window.startswith("Services"))
    assert process.poll() is None
    assert program.complaints.read_text() == ""


def open_with_the_keyboard(desktop):
    """Choose it in the menu of the program."""
    eventually(lambda: desktop.active_window.startswith("Services"))
    desktop.press("alt+m")
    for _ in range(10):
        if "focused" in desktop.find("menu item", "History").states:
            break
        desktop.press("Down")
    desktop.press("Return")


def told_outages(program):
    """The outages that are over, as another program reads them."""
    (shop,) = program.ask("history", "shop", "--since", "1h")["services"]
    return [outage for outage in shop["outages"] if outage["ended_by"]]
