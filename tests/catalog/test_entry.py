from dataclasses import replace

import pytest

from manara.catalog.entry import Entry, accept_words, entry_of
from manara.model import Category, OfficialPage, PageKind, Region, Service
from manara.settings import accept_page

_SERVICE = Service("x", "X", ())
_URL = "https://status.example/"


def test_an_entry_says_what_its_section_says():
    values = {
        "category": Category.SOCIAL,
        "name_ar": "إكس",
        "aliases": ("Twitter",),
        "popular": (Region.WORLD,),
        "ticker": "XX",
        "news": ("X.com",),
        "official": PageKind.RSS,
        "official_url": _URL,
        "official_endpoints": (_URL + "feed",),
        "official_components": ("App",),
    }

    assert entry_of(values, _SERVICE) == Entry(
        replace(_SERVICE, official=OfficialPage(PageKind.RSS, _URL, (_URL + "feed",), ("App",))),
        category=Category.SOCIAL,
        name_ar="إكس",
        aliases=("Twitter",),
        popular=(Region.WORLD,),
        ticker="XX",
        news=("X.com",),
    )


def test_without_words_of_its_own_the_news_call_it_by_its_names():
    entry = entry_of({"category": Category.SOCIAL, "aliases": ("Twitter",)}, _SERVICE)

    assert entry.news == ("X", "Twitter")
    assert entry.official is None


@pytest.mark.parametrize(
    "values",
    [
        {"official": PageKind.RSS},
        {"official_url": _URL},
        {"official_endpoints": (_URL,)},
        {"official_components": ("App",)},
    ],
)
def test_half_an_official_page_is_refused(values):
    with pytest.raises(ValueError, match="needs both official and official_url"):
        entry_of({"category": Category.SOCIAL, **values}, _SERVICE)


def test_an_official_page_is_of_no_worth_without_encryption():
    accept_page(_URL)

    with pytest.raises(ValueError, match="https:// alone"):
        accept_page("http://status.example/")


@pytest.mark.parametrize("word", ["", " a", "a\n", "a" * 301])
def test_a_word_can_be_shown(word):
    with pytest.raises(ValueError, match=r"^(This must not|Each of these)"):
        accept_words(("good", word))


def test_its_names_begin_with_its_id_and_leave_out_what_is_missing():
    assert Entry(_SERVICE, Category.SOCIAL, aliases=("Twitter",)).names == ("x", "X", "Twitter")


def test_what_is_popular_in_the_world_is_popular_in_each_region():
    world = Entry(_SERVICE, Category.SOCIAL, popular=(Region.WORLD,))
    asia = Entry(_SERVICE, Category.SOCIAL, popular=(Region.ASIA,))

    assert [region for region in Region if world.is_popular_in(region)] == [*Region]
    assert [region for region in Region if asia.is_popular_in(region)] == [Region.ASIA]
