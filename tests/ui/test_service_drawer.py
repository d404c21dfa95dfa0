from dataclasses import replace

import pytest

from fakes.checks import make_service
from fakes.recorded import NOW, up
from manara.ui.service_drawer import ServiceDrawer
from manara.ui.tile import Tile
from manara.wording import Translator


def tile(service_id="shop"):
    return Tile(make_service(service_id), replace(up(), service_id=service_id))


@pytest.fixture
def drawer(qtbot):
    made = ServiceDrawer(Translator(), lambda: NOW)
    qtbot.addWidget(made)
    return made


def test_it_makes_its_page_when_it_is_first_opened_and_keeps_it(drawer):
    pages = []
    drawer.made.connect(pages.append)
    before = list(pages)

    drawer.open(tile("shop"), "")
    drawer.open(tile("bank"), "")

    assert before == []
    assert pages == [drawer.page]
    assert drawer.page.parent() is drawer


def test_it_shows_the_service_that_was_opened(drawer):
    drawer.open(tile("shop"), "")

    assert drawer.isVisible()
    assert drawer.shown_id == drawer.service_id == "shop"


def test_closed_it_shows_none_and_still_knows_the_last_one(drawer):
    before = (drawer.shown_id, drawer.service_id)
    drawer.open(tile("shop"), "")

    drawer.hide()

    assert before == ("", "")
    assert (drawer.shown_id, drawer.service_id) == ("", "shop")


def test_it_offers_the_incident_that_the_service_is_in(drawer):
    drawer.open(tile("shop"), "1")
    offered = not drawer.page.incident.isHidden()

    drawer.refresh("")

    assert offered
    assert drawer.page.incident.isHidden()


@pytest.mark.parametrize(
    ("wish", "service_ids"), [("closed", []), ("history_wished", ["shop"]), ("incident_wished", ["shop"])]
)
def test_it_passes_on_what_is_wished_on_its_page(drawer, qtbot, wish, service_ids):
    drawer.open(tile("shop"), "1")

    with qtbot.waitSignal(getattr(drawer, wish)) as heard:
        getattr(drawer.page, wish).emit(*service_ids)

    assert heard.args == service_ids
