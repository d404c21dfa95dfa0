import pytest

from manara.catalog import open_catalogue, read_catalogue
from manara.model import Category, OfficialPage, PageKind, Region, Service, SettingsInvalid
from manara.probes import CHECK_TYPES
from manara.probes.tcp import TcpCheck

_ENTRY = """\
[[services]]
id = "a"
name = "A"
category = "social"
checks = [{ type = "tcp", host = "a.example", port = 1 }]
"""
_OTHER = _ENTRY.replace('"a"', '"b"').replace('"A"', '"B"')
_SERVICE = Service("a", "A", (TcpCheck(host="a.example", port=1),), group="Social networks", catalogue="a")


def _problems(folder, text):
    path = folder / "catalogue.toml"
    path.write_text(text)
    with pytest.raises(SettingsInvalid) as caught:
        read_catalogue(path, CHECK_TYPES)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def opened(tmp_path):
    """Opens a catalogue that is shipped, and one of the user's own beside it."""

    def opened(shipped, own=None):
        paths = (tmp_path / "shipped.toml", tmp_path / "own.toml")
        paths[0].write_text(shipped)
        if own is not None:
            paths[1].write_text(own)
        return open_catalogue(*paths, CHECK_TYPES)

    return opened


def _told(catalogue):
    return [str(problem) for problem in catalogue.refused.problems]


def test_an_entry_becomes_a_service_of_its_category(tmp_path):
    path = tmp_path / "catalogue.toml"
    path.write_text('starter = ["a"]\n' + _ENTRY)

    found = read_catalogue(path, CHECK_TYPES)

    assert dict(found) == {"a": _SERVICE}
    assert found.starter_services() == (_SERVICE,)


def test_an_entry_with_everything_is_read_as_it_stands(opened):
    more = """\
name_ar = "ألف"
operator = "Letters"
aliases = ["alpha"]
popular = ["world", "asia"]
ticker = "AA"
news = ["Letter A"]
official = "statuspage"
official_url = "https://status.example/"
official_endpoints = ["https://abc.example/summary.json"]
"""

    entry = opened(_ENTRY + more).by_id["a"]

    assert (entry.service.group, entry.operator, entry.category) == ("Letters", "Letters", Category.SOCIAL)
    assert (entry.name_ar, entry.aliases, entry.news) == ("ألف", ("alpha",), ("Letter A",))
    assert (entry.popular, entry.ticker) == ((Region.WORLD, Region.ASIA), "AA")
    assert entry.official == OfficialPage(
        PageKind.STATUSPAGE, "https://status.example/", ("https://abc.example/summary.json",)
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ["services: These must be sections that each begin with [[services]]."]),
        ("services = [1]", ["line 1, services: These must be sections that each begin with [[services]]."]),
        ('starters = ["a"]\n' + _ENTRY, ['line 1, starters: There is no such setting here. Did you mean "starter"?']),
        ('starter = ["aa"]\n' + _ENTRY, ['line 1, starter: There is no service "aa". Did you mean "a"?']),
        (
            _ENTRY + 'alias = ["b"]',
            ['line 6, services[0].alias: There is no such setting here. Did you mean "aliases"?'],
        ),
        (
            '[[services]]\nid = "a"\nname = "A"\ncategory = "news"',
            ["line 1, services[0]: There is nothing to look at: checks are missing."],
        ),
        (
            _ENTRY.replace('"tcp"', '"tpc"'),
            [
                (
                    "line 5, services[0].checks[0].type: There is no such type of check; "
                    'there are "http", "tcp", "tls", "dns", "ping". Did you mean "tcp"?'
                ),
            ],
        ),
        (
            _ENTRY + _ENTRY.replace('id = "a"', 'id = "b"\naliases = ["A"]'),
            ['line 1, services: "a" means more than one service.'],
        ),
        (_ENTRY + _ENTRY, ['line 1, services: "a" means more than one service.']),
        (
            _ENTRY + 'official = "rss"',
            ["line 1, services[0]: An official page needs both official and official_url."],
        ),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_explained(tmp_path, text, sentences):
    assert _problems(tmp_path, text) == sentences


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ('category = "sozial"', "services[0].category"),
        ('popular = ["mars"]', "services[0].popular[0]"),
        ('official = "gossip"', "services[0].official"),
        ('official_url = "http://status.example/"', "services[0].official_url"),
        ('official_endpoints = ["ftp://status.example/"]', "services[0].official_endpoints"),
        ('aliases = [""]', "services[0].aliases"),
    ],
)
def test_a_word_outside_its_closed_list_or_limits_is_told_with_its_place(tmp_path, wrong, place):
    text = _ENTRY.replace('category = "social"\n', "") if wrong.startswith("category") else _ENTRY

    (problem,) = _problems(tmp_path, text + wrong)

    assert place in problem


def test_a_missing_catalogue_is_told(tmp_path):
    with pytest.raises(SettingsInvalid, match=r"The catalogue is missing\."):
        read_catalogue(tmp_path / "none.toml", CHECK_TYPES)
    with pytest.raises(SettingsInvalid, match=r"The catalogue is missing\."):
        open_catalogue(tmp_path / "none.toml", tmp_path / "own.toml", CHECK_TYPES)


def test_a_shipped_catalogue_of_another_form_is_told(opened):
    with pytest.raises(SettingsInvalid, match=r"must begin with its id"):
        opened(_ENTRY.replace('id = "a"\nname = "A"', 'name = "A"\nid = "a"'))


def test_a_shipped_entry_that_is_wrong_is_told_when_it_is_asked_for(opened):
    catalogue = opened(_ENTRY.replace("social", "sozial") + _OTHER)

    assert catalogue["b"].name == "B"
    with pytest.raises(SettingsInvalid, match="category"):
        catalogue["a"]


def test_without_an_own_catalogue_there_is_what_is_shipped(opened):
    catalogue = opened('starter = ["a"]\n' + _ENTRY + _OTHER)

    assert list(catalogue) == ["a", "b"]
    assert catalogue.starter_services() == (_SERVICE,)
    assert catalogue.refused is None


def test_an_own_catalogue_with_nothing_in_it_is_not_wrong(opened):
    catalogue = opened('starter = ["a"]\n' + _ENTRY, "# Nothing yet.\n")

    assert list(catalogue) == ["a"]
    assert catalogue.refused is None


def test_own_entries_are_added_and_replace_those_of_their_id(opened):
    mine = _ENTRY.replace('name = "A"', 'name = "My A"\naliases = ["B"]')
    third = _ENTRY.replace('"a"', '"c"').replace('"A"', '"C"')

    catalogue = opened('starter = ["a"]\n' + _ENTRY + _OTHER, mine + third)

    assert [service.name for service in catalogue.values()] == ["My A", "B", "C"]
    assert catalogue.find("my a") is catalogue["a"]
    assert [service.name for service in catalogue.starter_services()] == ["My A"]
    assert catalogue.refused is None


def test_an_own_catalogue_may_say_what_to_watch_at_first(opened):
    catalogue = opened('starter = ["a"]\n' + _ENTRY, 'starter = ["b", "a"]\n' + _OTHER)

    assert [service.id for service in catalogue.starter_services()] == ["b", "a"]


def test_what_is_wrong_in_an_own_catalogue_is_told_and_stops_nothing(opened):
    bad = _ENTRY.replace('"a"', '"bad"').replace("social", "sozial")

    catalogue = opened(_ENTRY, 'starter = ["bad"]\n' + bad + _OTHER)

    assert list(catalogue) == ["a", "b"]
    assert [problem.split(":")[0] for problem in _told(catalogue)] == [
        "line 1, starter",
        "line 5, services[0].category",
    ]


@pytest.mark.parametrize("text", ["nonsense", "services = 1"])
def test_an_own_catalogue_that_is_none_stops_nothing(opened, text):
    catalogue = opened(_ENTRY, text)

    assert dict(catalogue) == {"a": _SERVICE}
    assert len(_told(catalogue)) == 1


def test_the_groups_of_the_shipped_file_are_those_of_its_reading_as_a_whole(opened, tmp_path):
    catalogue = opened(_ENTRY + _OTHER)

    assert dict(catalogue) == dict(read_catalogue(tmp_path / "shipped.toml", CHECK_TYPES))
