import pytest

from manara.catalog import Catalogue, Entry
from manara.model import Service

_X = Entry(Service("x", "X", ()), category="social", aliases=("Twitter", "تويتر"))
_ATT = Entry(Service("att", "AT&T", ()), category="carrier", name_ar="إي تي")
_CATALOGUE = Catalogue((_X, _ATT), starter=("att",))


def test_it_is_a_mapping_in_the_order_of_its_entries():
    assert dict(_CATALOGUE) == {"x": _X.service, "att": _ATT.service}
    assert list(_CATALOGUE) == ["x", "att"]
    assert len(_CATALOGUE) == 2
    assert "twitter" not in _CATALOGUE


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
