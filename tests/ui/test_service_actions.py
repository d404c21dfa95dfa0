from dataclasses import fields, replace

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from fakes.checks import FakeCheck, make_service
from fakes.desktop import looked_at
from manara.model import Verdict
from manara.ui.service_actions import ServiceActions, ServiceWishes
from manara.ui.tile import Tile
from manara.wording import Translator


class Chosen:
    """Actions on tiles that the test chooses, and what was wished of them."""

    def __init__(self):
        self.tiles = []
        self.incidents = {}
        self.wished = []
        wishes = {field.name: self._note(field.name) for field in fields(ServiceWishes)}
        self.window = QWidget()
        self.menu = QMenu(self.window)
        self.actions = ServiceActions(
            Translator(),
            lambda: self.tiles,
            ServiceWishes(**wishes),
            lambda each: self.incidents.get(each, ""),
            self.window,
        )
        self.actions.fill(self.menu)

    def _note(self, name):
        return lambda wish: self.wished.append((name, wish))

    def choose(self, *tiles):
        self.tiles = list(tiles)
        self.actions.refresh()

    @property
    def offered(self):
        shown = (action for action in self.menu.actions() if not action.isSeparator())
        return [action.text() for action in shown if action.isVisible() and action.isEnabled()]

    def press(self, text):
        next(action for action in self.menu.actions() if action.text() == text).trigger()


@pytest.fixture
def chosen(qapp):
    return Chosen()


def tile(service_id="shop", verdict=Verdict.UP, *, target="https://shop.example/", paused=False, acknowledged=False):
    service = make_service(service_id, FakeCheck(name=target), paused=paused)
    return Tile(service, replace(looked_at(verdict), service_id=service_id), acknowledged=acknowledged)


def test_nothing_is_offered_for_nothing(chosen):
    chosen.choose()
    chosen.press("Check now")

    assert chosen.offered == []
    assert chosen.wished == []


def test_a_good_service_need_not_be_acknowledged(chosen):
    chosen.choose(tile())

    assert chosen.offered == [
        "Details",
        "History",
        "Check now",
        "Pause",
        "Edit",
        "Remove",
        "Copy details",
        "Open the site",
    ]


def test_a_service_in_trouble_can_be_acknowledged_and_that_be_taken_back(chosen):
    chosen.choose(tile(verdict=Verdict.DOWN))
    down = chosen.offered
    chosen.choose(tile(verdict=Verdict.DOWN, acknowledged=True))

    assert "Acknowledge" in down
    assert "Tell me about it again" not in down
    assert "Acknowledge" not in chosen.offered
    assert "Tell me about it again" in chosen.offered


def test_a_paused_service_can_be_resumed(chosen):
    chosen.choose(tile(verdict=Verdict.PAUSED, paused=True))

    assert "Resume" in chosen.offered
    assert "Pause" not in chosen.offered


def test_an_address_that_no_browser_opens_is_not_offered(chosen):
    chosen.choose(tile(target="db.example:5432"))

    assert "Open the site" not in chosen.offered


def test_what_is_about_one_service_is_not_offered_for_several(chosen):
    chosen.choose(tile("shop"), tile("blog", Verdict.DOWN))

    assert chosen.offered == ["Check now", "Acknowledge", "Pause", "Edit", "Remove", "Copy details"]


def test_wishes_name_the_chosen_services(chosen):
    chosen.choose(tile("shop", Verdict.DOWN), tile("blog", Verdict.DOWN))
    for text in ("Check now", "Acknowledge", "Pause", "Edit", "Remove", "Copy details"):
        chosen.press(text)
    chosen.choose(tile("shop", Verdict.PAUSED, paused=True, acknowledged=True))
    for text in ("Details", "History", "Open the site", "Resume", "Tell me about it again"):
        chosen.press(text)

    both = ["shop", "blog"]
    assert chosen.wished == [
        ("check_now", both),
        ("acknowledge", both),
        ("pause", both),
        ("edit", both),
        ("remove", both),
        ("copy", both),
        ("open_page", "shop"),
        ("open_history", "shop"),
        ("open_site", "shop"),
        ("resume", ["shop"]),
        ("unacknowledge", ["shop"]),
    ]


def test_the_incident_of_a_service_is_offered_while_it_is_in_one(chosen):
    chosen.choose(tile("shop", Verdict.DOWN))
    assert "Incident" not in chosen.offered

    chosen.incidents["shop"] = "20211004-154010-1"
    chosen.choose(tile("shop", Verdict.DOWN))
    chosen.press("Incident")
    assert chosen.wished == [("open_incident", "shop")]

    chosen.choose(tile("shop", Verdict.DOWN), tile("bank"))
    assert "Incident" not in chosen.offered
