from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QDesktopServices

from fakes.checks import make_service
from fakes.recorded import NOW, dns_dead
from manara.model import (
    OfficialComponent,
    OfficialIncident,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Post,
    Unreadable,
)
from manara.ui.official_section import MOST_COMPONENTS, OfficialSection
from manara.ui.tile import Tile
from manara.wording import Translator

TR = Translator()
PAGE = OfficialPage(PageKind.STATUSPAGE, "https://status.shop.example/now")
POSTS = (Post(NOW - timedelta(minutes=5), "Found.", "identified"), Post(NOW - timedelta(minutes=9), "<b>We look</b>"))
INCIDENT = OfficialIncident("1", "No mail", OfficialState.PARTIAL_OUTAGE, NOW - timedelta(minutes=9), None, POSTS)
CLEAN = str.maketrans("", "", "\u2068\u2069\u200b\u2066")


@pytest.fixture
def section(qtbot):
    made = OfficialSection(TR)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def tile(word=None, page=PAGE):
    service = replace(make_service("shop"), official=page)
    return Tile(service, replace(dns_dead(), service_id="shop", official=word))


def word(state=OfficialState.OPERATIONAL, **fields):
    return OfficialWord(PAGE, state, read_at=NOW, tried_at=NOW, **fields)


def said(section):
    return section.sentence.text().translate(CLEAN)


def rows(section):
    items = [section.rows.topLevelItem(row) for row in range(section.rows.topLevelItemCount())]
    return [tuple(item.text(column).translate(CLEAN) for column in range(2)) for item in items]


def test_word_and_measurement_stand_side_by_side(section):
    section.show_tile(tile(word()), NOW)

    assert said(section).startswith("Officially: operational (checked just now) — measured: down for ")
    assert rows(section) == [("", "It tells of no incident.")]


def test_the_age_grows(section):
    section.show_tile(tile(word()), NOW + timedelta(minutes=2))

    assert "checked 2 min ago" in said(section)


def test_parts_that_are_not_well_and_posts_are_listed_as_plain_text(section):
    parts = (
        OfficialComponent("1", "Mail", OfficialState.PARTIAL_OUTAGE),
        OfficialComponent("2", "Maps", OfficialState.OPERATIONAL),
    )
    section.show_tile(tile(word(OfficialState.PARTIAL_OUTAGE, incidents=(INCIDENT,), components=parts)), NOW)

    assert rows(section) == [
        ("", "Mail: partial outage"),
        ("15:43:10", "No mail (partial outage)"),
        ("15:47:10", "identified: Found."),
        ("15:43:10", "<b>We look</b>"),
    ]


def test_an_incident_without_a_beginning_and_hundreds_of_parts_find_room(section):
    parts = tuple(OfficialComponent(str(n), f"Part {n}", OfficialState.DEGRADED) for n in range(500))
    section.show_tile(tile(word(incidents=(replace(INCIDENT, began=None, posts=()),), components=parts)), NOW)

    assert len(rows(section)) == MOST_COMPONENTS + 1
    assert rows(section)[-1] == ("", "No mail (partial outage)")


def test_where_there_is_no_page_that_is_said(section):
    section.show_tile(tile(page=None), NOW)

    assert rows(section) == [("", "No official status page of this service is known.")]
    assert not section.sentence.isVisible()
    assert not section.button.isVisible()


def test_where_it_was_not_read_yet_that_is_said(section):
    section.show_tile(tile(), NOW)

    assert rows(section) == [("", "The official status page was not read yet.")]


def test_where_it_cannot_be_read_that_is_said(section):
    section.show_tile(tile(OfficialWord(PAGE, unreadable=Unreadable.NO_ANSWER, tried_at=NOW)), NOW)

    assert said(section) == "Official page cannot be read (no answer)"
    assert rows(section) == []


class Browser(QObject):
    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot("QUrl")
    def open(self, url):
        self.opened.append(url.toString())


def test_the_page_opens_at_a_click_on_a_button_that_names_its_host(section):
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    try:
        section.show_tile(tile(), NOW)
        assert section.button.text().translate(CLEAN) == "Open status.shop.example"
        assert browser.opened == []

        section.button.click()
    finally:
        QDesktopServices.unsetUrlHandler("https")

    assert browser.opened == ["https://status.shop.example/now"]


@pytest.mark.parametrize(
    "url", ["http://status.shop.example/", "file:///etc/passwd", "javascript:alert(1)", "https:///x"]
)
def test_only_https_can_be_opened(section, url):
    section.show_tile(tile(page=OfficialPage(PageKind.HTML, url)), NOW)

    assert not section.button.isVisible()
