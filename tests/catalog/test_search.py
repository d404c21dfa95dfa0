import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manara.catalog import Entry, read_catalogue
from manara.catalog.search import Search, begins_but_for_one_error, popular_in
from manara.model import Category, Region, Service
from manara.paths import resource
from manara.probes import CHECK_TYPES

_WORDS = {Category.SOCIAL: "Social networks", Category.CLOUD: "Cloud and hosting"}


def _entry(service_id, *aliases, **about):
    about.setdefault("category", Category.SOCIAL)
    operator = about.pop("operator", "")
    return Entry(Service(service_id, service_id.title(), (), operator=operator), aliases=aliases, **about)


def _ids(entries):
    return [entry.service.id for entry in entries]


def _found(words, *entries, limit=10):
    return _ids(Search(entries, _WORDS.__getitem__).search(words, limit))


@pytest.fixture(scope="module")
def shipped():
    return read_catalogue(resource("catalogue.toml"), CHECK_TYPES).entries


@pytest.fixture(scope="module")
def search(shipped):
    return Search(shipped)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("face", "facebook"),
        ("FACEBOOK", "facebook"),
        ("fb", "facebook"),
        ("twitter", "x"),
        ("x", "x"),
        ("t-mobile", "t-mobile"),
        ("tmobile", "t-mobile"),
        ("t mobile", "t-mobile"),
        ("at&t", "att"),
        ("att", "att"),
        ("amazon web", "aws"),
        ("web amazon", "aws"),
        ("azon", "amazon"),
        ("فيسبوك", "facebook"),
        ("الجزيره", "al-jazeera"),
        ("جزيرة", "al-jazeera"),
        ("امازون", "amazon"),
        ("أمازون السعوديه", "amazon-sa"),
        ("واتس", "whatsapp"),
        ("facbook", "facebook"),
        ("faceboook", "facebook"),
        ("fecebook", "facebook"),
        ("afcebook", "facebook"),
        ("acebook", "facebook"),
        ("whatsap", "whatsapp"),
        ("instagarm", "instagram"),
        ("meta", "facebook"),
        ("carrier", "t-mobile"),
    ],
)
def test_people_find_what_they_mean(search, words, first):
    found = _ids(search.search(words, 5))

    assert first in found
    assert found[0] == first or words in ("carrier", "azon")


@settings(max_examples=200)
@given(st.data())
def test_every_service_is_found_by_each_of_its_names(search, shipped, data):
    entry = data.draw(st.sampled_from(shipped))
    name = data.draw(st.sampled_from(entry.names))

    assert entry in search.search(name, 5)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5, unique=True))
def test_any_name_at_all_finds_its_service(names):
    entry = Entry(Service("id", names[0], ()), Category.NEWS, aliases=tuple(names))
    search = Search([_entry("other"), entry])

    for name in names:
        assert not name.strip() or entry in search.search(name, 2)


@given(st.text(max_size=30), st.integers(0, 20))
def test_the_order_is_always_the_same_and_the_limit_cuts_its_end(search, words, limit):
    assert search.search(words, limit) == search.search(words, 1_000)[:limit]


@given(st.text())
def test_nothing_that_is_typed_is_too_much(search, words):
    assert len(search.search(words * 50, 10)) <= 10


@given(st.text(string.ascii_lowercase, min_size=4, max_size=12), st.data())
def test_one_typing_error_is_forgiven(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    typed = data.draw(
        st.sampled_from(
            [
                name[:at] + letter + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + name[at + 1 :],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ]
        )
    )

    assert begins_but_for_one_error(name, typed)
    assert len(typed) < 4 or _found(typed, _entry(name)) == [name]


@pytest.mark.parametrize(
    ("word", "asked"), [("facebook", "fcabook"), ("facebook", "xxcebook"), ("face", "facebo"), ("", "ab")]
)
def test_two_typing_errors_are_not_forgiven(word, asked):
    assert not begins_but_for_one_error(word, asked)


def test_short_words_must_be_typed_right():
    assert _found("abx", _entry("abcd")) == []
    assert _found("abxd", _entry("abcd")) == ["abcd"]


def test_a_beginning_comes_before_a_part_and_that_before_a_typing_error():
    entries = (_entry("cloux"), _entry("icloud"), _entry("ally", "my cloud"), _entry("cloudy"), _entry("cloud"))

    assert _found("cloud", *entries) == ["cloud", "cloudy", "ally", "icloud", "cloux"]


def test_names_come_before_what_is_said_about_a_service():
    entries = (
        _entry("one", operator="xClox"),
        _entry("two", category=Category.CLOUD),
        _entry("three", operator="Clouds"),
        _entry("cloud-x"),
        _entry("five", operator="Cloud"),
    )

    assert _found("clou", *entries) == ["cloud-x", "two", "three", "five"]
    assert _found("cloud", *entries) == ["five", "cloud-x", "two", "three"]
    assert _found("lou", *entries) == ["cloud-x", "two", "three", "five"]
    assert _found("cloid", *entries) == ["cloud-x", "two", "three", "five"]


def test_every_word_must_be_found():
    entries = (_entry("google"), _entry("google-maps"), _entry("maps-of-others"))

    assert _found("google maps", *entries) == ["google-maps"]
    assert _found("google xyzzy", *entries) == []


def test_among_equals_the_popular_ones_come_first_then_the_order_of_the_catalogue():
    entries = (
        _entry("shop-a"),
        _entry("shop-b", popular=(Region.ASIA,)),
        _entry("shop-c", popular=(Region.WORLD,)),
        _entry("shop-d", popular=(Region.ARABIC,)),
    )

    assert _found("shop", *entries) == ["shop-c", "shop-b", "shop-d", "shop-a"]
    assert _ids(Search(entries, region=Region.ARABIC).search("", 3)) == ["shop-c", "shop-d", "shop-b"]


def test_what_is_popular_in_a_region_begins_with_what_is_popular_everywhere():
    entries = (
        _entry("a", popular=(Region.ARABIC,)),
        _entry("b"),
        _entry("c", popular=(Region.WORLD,)),
        _entry("d", popular=(Region.ASIA,)),
    )

    assert _ids(popular_in(entries, Region.ARABIC)) == ["c", "a"]
    assert _ids(popular_in(entries, Region.WORLD)) == ["c"]
