from dataclasses import replace
from datetime import timedelta

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from manara.model import CheckDefaults, OfficialPage, PageKind, Service
from manara.settings import Interpreter, Settings, table_of, with_defaults
from settings.lamps import CATALOGUE, CHECK_TYPES, PHAROS, BuoyCheck, Colour, LampCheck


def test_only_what_differs_from_the_defaults_is_written():
    lamp = LampCheck(place="cape", colours=(Colour.RED,), marks=(("N", "x"),), interval=timedelta(minutes=2))

    table = table_of(Service("a", "A", (lamp, BuoyCheck()), tags=("eu",), paused=True, group="G"))

    assert table == {
        "id": "a",
        "name": "A",
        "group": "G",
        "tags": ["eu"],
        "paused": True,
        "checks": [
            {"type": "lamp", "place": "cape", "colours": ["red"], "marks": {"N": "x"}, "interval": "2m"},
            {"type": "buoy"},
        ],
    }


def test_what_the_catalogue_says_is_left_out():
    defaults = CheckDefaults(interval=timedelta(minutes=7))

    table = table_of(with_defaults(PHAROS, defaults), defaults, CATALOGUE)

    assert table == {"id": "pharos", "catalogue": "pharos"}


def test_a_service_of_a_lost_catalogue_entry_is_written_in_full():
    assert table_of(PHAROS) == {
        "id": "pharos",
        "name": "Pharos",
        "catalogue": "pharos",
        "group": "Alexandria",
        "checks": [{"type": "lamp", "place": "island"}],
    }


PAGE = OfficialPage(PageKind.STATUSPAGE, "https://status.pharos.example/", ("https://x.example/api",), ("Lamp",))


@pytest.mark.parametrize(
    ("page", "written"),
    [
        (PAGE, {}),
        (replace(PAGE, components=()), {"official_components": []}),
        (replace(PAGE, components=("Oil",)), {"official_components": ["Oil"]}),
        (OfficialPage(PageKind.AUTO, "https://other.example/"), {"official_url": "https://other.example/"}),
        (
            OfficialPage(PageKind.RSS, "https://other.example/", (), ("Lamp",)),
            {"official_url": "https://other.example/", "official": "rss", "official_components": ["Lamp"]},
        ),
    ],
)
def test_of_a_page_is_written_what_the_catalogue_does_not_say(page, written):
    catalogue = {"pharos": replace(PHAROS, official=PAGE)}

    table = table_of(replace(PHAROS, official=page), catalogue=catalogue)
    settings, problems = Interpreter(CHECK_TYPES, catalogue).settings_of({"services": [table]})

    assert table == {"id": "pharos", "catalogue": "pharos", **written}
    assert (settings.services[0].official, problems) == (page, [])


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ({"official": "statuspage"}, PAGE),
        ({"official": "rss"}, OfficialPage(PageKind.RSS, PAGE.url)),
        ({"official": "rss", "official_components": ["Oil"]}, OfficialPage(PageKind.RSS, PAGE.url, (), ("Oil",))),
    ],
)
def test_the_page_of_the_catalogue_may_speak_in_another_way(written, page):
    catalogue = {"pharos": replace(PHAROS, official=PAGE)}
    table = {"catalogue": "pharos", **written}

    settings, problems = Interpreter(CHECK_TYPES, catalogue).settings_of({"services": [table]})

    assert (settings.services[0].official, problems) == (page, [])


def test_how_a_page_speaks_means_nothing_without_a_page():
    table = {"catalogue": "pharos", "official": "rss"}

    settings, problems = Interpreter(CHECK_TYPES, CATALOGUE).settings_of({"services": [table]})

    assert (settings.services[0].official, problems) == (None, [])


_INTERPRETER = Interpreter(CHECK_TYPES, CATALOGUE)
_LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=8)
_SECONDS = st.integers(1, 86_400).map(lambda seconds: timedelta(seconds=seconds))
_PACE = {"confirm": st.integers(0, 20), "recover": st.integers(1, 20), "interval": _SECONDS}


def _patient(options):
    """Return options with a timeout that is over before the next look."""
    longest = min(options["interval"], timedelta(seconds=300))
    return {**options, "timeout": longest * options["timeout"]}


def _paced(**options):
    return st.fixed_dictionaries({**_PACE, "timeout": st.sampled_from([0.125, 0.25, 1]), **options}).map(_patient)


_LAMPS = _paced(
    place=_LINE,
    port=st.integers(1, 65_535),
    height=st.floats(0, 200),
    colour=st.sampled_from(Colour),
    colours=st.lists(st.sampled_from(Colour)).map(tuple),
    keepers=st.lists(st.text(), max_size=2).map(tuple),
    marks=st.dictionaries(st.text(max_size=4), st.text(), max_size=3).map(lambda marks: tuple(marks.items())),
    turn=st.none() | _SECONDS,
    burning=st.booleans(),
    limit=st.none() | st.integers(1),
    required=st.booleans(),
).map(lambda options: LampCheck(**options))
_SERVICES = st.builds(
    Service,
    id=st.from_regex(r"\A[a-z][\w.-]{0,20}\Z"),
    name=_LINE,
    checks=st.lists(_LAMPS | _paced().map(lambda pace: BuoyCheck(**pace)), min_size=1, max_size=3).map(tuple),
    group=st.just("") | _LINE,
    tags=st.lists(_LINE).map(tuple),
    paused=st.booleans(),
    catalogue=st.sampled_from(["", "pharos"]),
)
_DEFAULTS = _paced().map(lambda pace: CheckDefaults(**pace))


@given(st.lists(_SERVICES, max_size=3, unique_by=lambda service: service.id), _DEFAULTS)
def test_services_survive_the_way_through_a_file(services, defaults):
    pace = {name: getattr(defaults, name) for name in ("confirm", "recover")}
    pace |= {name: getattr(defaults, name).total_seconds() for name in ("interval", "timeout")}
    text = tomlkit.dumps({"checks": pace, "services": [table_of(each, defaults, CATALOGUE) for each in services]})

    settings, problems = _INTERPRETER.settings_of(tomlkit.parse(text).unwrap())

    assert problems == []
    assert settings == Settings(checks=defaults, services=tuple(services), none=not services)
