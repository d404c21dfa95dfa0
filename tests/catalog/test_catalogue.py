import pytest

from manara.catalog import Catalogue, Entry
from manara.model import Category, Service

_X = Entry(Service("x", "X", ()), category=Category.SOCIAL, aliases=("Twitter", "تويتر"))
_ATT = Entry(Service("att", "AT&T", ()), category=Category.CARRIER, name_ar="إي تي")
_CATALOGUE = Catalogue({"x": _X, "att": _ATT}, starter=("att",))


def test_it_is_a_mapping_in_the_order_of_its_entries():
    assert dict(_CATALOGUE) == {"x": _X.service, "att": _ATT.service}
    assert list(_CATALOGUE) == ["x", "att"]
    assert len(_CATALOGUE) == 2
    assert "twitter" not in _CATALOGUE


def test_it_gives_what_else_it_knows_of_a_service():
    assert _CATALOGUE.by_id["x"] is _X
    assert _CATALOGUE.entries == (_X, _ATT)


def test_it_knows_what_to_watch_at_first():
    assert _CATALOGUE.starter_services() == (_ATT.service,)


@pytest.mark.parametrize(
    ("text", "found"), [("X", _X), (" TWITTER ", _X), ("تويتر", _X), ("at&t", _ATT), ("إي تي", _ATT)]
)
def test_a_service_is_found_by_id_name_or_alias_whatever_the_case(text, found):
    assert _CATALOGUE.find(text) == found.service


def test_a_text_that_means_no_service_finds_none():
    assert _CATALOGUE.find("twiter") is None
    assert _CATALOGUE.nearest("zzzzz") is None


def test_the_nearest_service_is_found_through_its_aliases():
    assert _CATALOGUE.nearest("Twiter") == _X.service


def test_an_id_means_its_service_even_when_a_later_one_is_called_so():
    other = Entry(Service("mine", "x", ()), category=Category.SOCIAL)

    assert Catalogue({"x": _X, "mine": other}).find("x") == _X.service


def test_of_two_services_with_one_name_the_later_is_meant():
    mine = Entry(Service("mine", "Twitter", ()), category=Category.SOCIAL)

    assert Catalogue({"x": _X, "mine": mine}).find("twitter") == mine.service
