from dataclasses import replace
from datetime import timedelta

import pytest

from manara.model import CheckDefaults, OfficialPage, PageKind, Service
from manara.probes.http import HttpCheck
from manara.ui.editor.draft import (
    Known,
    defaults_of,
    merged,
    new_table,
    operator_defaults,
    shown_table,
    table_of_new,
    table_to_write,
)

FACEBOOK = Service(
    "facebook", "Facebook", (HttpCheck(url="https://facebook.example/"),), group="Meta", catalogue="facebook"
)
KNOWN = Known({"facebook": FACEBOOK})
WRITTEN = {"id": "facebook", "catalogue": "facebook"}
CHECKS = [{"type": "http", "url": "https://facebook.example/"}]


def test_what_the_catalogue_gives_is_shown():
    shown = shown_table(WRITTEN, KNOWN)

    assert shown == {"name": "Facebook", "group": "Meta", "checks": CHECKS, **WRITTEN}


def test_what_is_written_goes_before_what_the_catalogue_gives():
    assert shown_table({**WRITTEN, "name": "Face"}, KNOWN)["name"] == "Face"


def test_a_catalogue_entry_without_a_group_gives_none():
    known = Known({"lone": Service("lone", "Lone", FACEBOOK.checks)})

    assert "group" not in shown_table({"catalogue": "lone"}, known)


def test_a_service_of_ones_own_is_shown_as_it_is_written():
    assert shown_table({"name": "Shop", "checks": CHECKS}, KNOWN) == {"name": "Shop", "checks": CHECKS}


@pytest.mark.parametrize(
    ("table", "kind", "parts"),
    [
        (WRITTEN, PageKind.RSS, ("Login",)),
        ({**WRITTEN, "official": "rss"}, PageKind.RSS, ("Login",)),
        ({**WRITTEN, "official": "atom"}, PageKind.RSS, ()),
        ({**WRITTEN, "official_url": "https://other.example/"}, PageKind.AUTO, ()),
        ({"name": "Shop"}, PageKind.AUTO, ()),
    ],
)
def test_how_the_page_of_the_catalogue_speaks_holds_for_that_page_alone(table, kind, parts):
    page = OfficialPage(PageKind.RSS, "https://status.example/", ("https://status.example/feed",), ("Login",))
    known = Known({"facebook": replace(FACEBOOK, official=page)})

    found = operator_defaults(table, known)

    assert (found["official"], found["official_components"]) == (kind, parts)


def test_what_the_catalogue_gives_is_not_written_unless_it_was_changed():
    edited = {**shown_table(WRITTEN, KNOWN), "tags": ["eu"]}

    assert table_to_write(WRITTEN, edited, KNOWN) == {**WRITTEN, "tags": ["eu"]}


def test_changed_checks_of_the_catalogue_are_written_as_a_whole():
    own = [{"type": "http", "url": "https://facebook.example/login"}]
    edited = {**shown_table(WRITTEN, KNOWN), "checks": own}

    assert table_to_write(WRITTEN, edited, KNOWN) == {**WRITTEN, "checks": own}


def test_a_group_of_the_catalogue_that_is_emptied_is_written_as_empty():
    edited = shown_table(WRITTEN, KNOWN)
    del edited["group"]

    assert table_to_write(WRITTEN, edited, KNOWN) == {**WRITTEN, "group": ""}


def test_a_group_of_ones_own_that_is_emptied_is_taken_out():
    table = {"name": "Shop", "group": "Work", "checks": CHECKS}

    assert table_to_write(table, {"name": "Shop", "checks": CHECKS}, KNOWN) == {"name": "Shop", "checks": CHECKS}


def test_only_what_a_form_says_differently_is_merged_into_what_is_written():
    written = {"type": "http", "interval": 60, "gone": 1, "odd": "kept"}
    at_first = {"interval": "60s", "gone": 1}

    assert merged(written, at_first, {"interval": "60s", "new": 2}) == {
        "type": "http",
        "interval": 60,
        "odd": "kept",
        "new": 2,
    }
    assert merged(written, at_first, {"interval": "5m", "gone": 1})["interval"] == "5m"


def test_a_new_service_gets_an_id_that_no_other_has():
    assert new_table({"name": "Shop"}, ("shop", "shop-2")) == {"id": "shop-3", "name": "Shop"}
    assert new_table({"id": "shop", "name": "Other"}, ()) == {"id": "shop", "name": "Other"}
    assert new_table({"name": "…"}, ())["id"] == "service"


def test_a_new_service_of_the_catalogue_is_written_by_its_name():
    assert table_of_new(FACEBOOK, KNOWN) == WRITTEN


def test_a_new_service_takes_the_pace_of_all_and_does_not_write_it():
    known = Known(KNOWN.catalogue, CheckDefaults(interval=timedelta(seconds=5), confirm=0))
    shop = Service("shop", "Shop", (HttpCheck(url="https://shop.example/", recover=2),))
    check = {"type": "http", "url": "https://shop.example/", "recover": 2}

    assert table_of_new(FACEBOOK, known) == WRITTEN
    assert table_of_new(shop, known) == {"id": "shop", "name": "Shop", "checks": [check]}


def test_defaults_come_from_the_section_of_checks():
    assert defaults_of({"checks": {"confirm": 5}}).confirm == 5
    assert defaults_of({}) == CheckDefaults()
