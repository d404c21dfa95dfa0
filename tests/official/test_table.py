"""Every dialect, fed with what it knows, with what it does not, and with what was broken on the way."""

import copy
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manara.model import OfficialState, PageKind
from manara.official.answer import Answer
from manara.official.table import DIALECTS, Dialect, Endpoints, endpoints_of
from manara.official.told import NotItsFormat, Told
from official.samples import AT, HTML, SAMPLES, answer

CATALOGUE = Path(__file__).parents[2] / "resources" / "catalogue.toml"
FEEDS = {PageKind.RSS, PageKind.ATOM, PageKind.GOOGLE_FEED}
FOR_PEOPLE = {PageKind.HTML, PageKind.HTML_TEXT}
SAME_SHAPE = {PageKind.STATUSPAGE_STATUS_ONLY: PageKind.STATUSPAGE}
KINDS = sorted(SAMPLES)
OF_JSON = [kind for kind in KINDS if not isinstance(SAMPLES[kind].sick, str)]
EMPTY_IS_WELL = {PageKind.AWS, PageKind.SALESFORCE}

# Thirty kinds, each with its own share.
FEW = settings(max_examples=20, deadline=None)

JUNK = [
    None,
    True,
    17,
    -1.5,
    10**400,
    float("nan"),
    "never heard of",
    "",
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    "\ud800",
    "x" * 5000,
]


def read(kind: PageKind, given_answer: Answer) -> Told | None:
    """Return what a dialect tells; None where it says that it is not its format. Nothing else may happen."""
    try:
        return DIALECTS[kind].read(given_answer)
    except NotItsFormat:
        return None


def looks_well(kind: PageKind, given_answer: Answer) -> bool:
    told = read(kind, given_answer)
    return told is not None and told.state is OfficialState.OPERATIONAL


def test_every_kind_for_programs_has_a_dialect_and_a_sample():
    assert set(DIALECTS) == set(PageKind) - FOR_PEOPLE - {PageKind.AUTO}
    assert set(SAMPLES) == set(DIALECTS) - FEEDS - set(SAME_SHAPE)


def test_every_kind_of_the_catalogue_can_be_read_or_is_for_people():
    kinds = {each.get("official") for each in tomllib.loads(CATALOGUE.read_text())["services"]} - {None}

    assert kinds <= {kind.value for kind in set(DIALECTS) | FOR_PEOPLE}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_is_well_is_operational(kind):
    assert DIALECTS[kind].read(answer(SAMPLES[kind].well)).state is OfficialState.OPERATIONAL


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_is_not_well_says_how_bad_it_is(kind):
    assert DIALECTS[kind].read(answer(SAMPLES[kind].sick)).state is SAMPLES[kind].trouble


@pytest.mark.parametrize("kind", DIALECTS)
@pytest.mark.parametrize("content", [HTML, b"", b"\x00" * 100, b"{", b"[" * 100_000, b'{"a":' * 100_000, b"1" * 5_000])
def test_what_is_no_document_of_its_kind_is_not_its_format(kind, content):
    assert read(kind, Answer(content, "text/html" if content == HTML else "application/json", AT)) is None


@pytest.mark.parametrize("kind", DIALECTS)
def test_a_page_for_people_is_not_believed_whatever_it_says_it_is(kind):
    assert read(kind, Answer(HTML, "application/json", AT)) is None


@pytest.mark.parametrize("kind", DIALECTS)
@FEW
@given(
    document=st.recursive(
        st.sampled_from(JUNK),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
)
def test_any_other_document_is_never_well(kind, document):
    if kind in EMPTY_IS_WELL and document == []:
        return

    assert not looks_well(kind, answer(document if not isinstance(document, str) else [document]))


@pytest.mark.parametrize("kind", OF_JSON)
@FEW
@given(data=st.data())
def test_a_sick_page_never_looks_well_when_something_in_it_is_broken(kind, data):
    document = copy.deepcopy(SAMPLES[kind].sick)
    places = paths(document)
    for _ in range(data.draw(st.integers(1, 3))):
        place, junk = data.draw(st.sampled_from(places)), copy.deepcopy(data.draw(st.sampled_from(JUNK)))
        # An empty list is not broken where a list belongs: with many makers it is how all is well.
        if junk != [] or not isinstance(inside(SAMPLES[kind].sick, place), list):
            document = put(document, place, junk)

    assert not looks_well(kind, Answer(dumped(document), "application/json", AT))


@pytest.mark.parametrize("kind", OF_JSON)
@FEW
@given(data=st.data())
def test_a_well_page_tells_something_or_nothing_when_something_in_it_is_broken(kind, data):
    document = copy.deepcopy(SAMPLES[kind].well)
    place = data.draw(st.sampled_from(paths(document)))

    told = read(
        kind,
        Answer(dumped(put(document, place, copy.deepcopy(data.draw(st.sampled_from(JUNK))))), "application/json", AT),
    )

    assert told is None or all(post.at <= AT for each in told.incidents for post in each.posts)


@pytest.mark.parametrize("kind", [kind for kind in DIALECTS if kind not in OF_JSON and kind not in SAME_SHAPE])
@FEW
@given(data=st.data())
def test_broken_xml_is_no_exception(kind, data):
    sick = (
        SAMPLES[kind].sick
        if kind in SAMPLES
        else "<rss><channel><title>a</title><item><guid>1</guid></item></channel></rss>"
    )
    begin = data.draw(st.integers(0, len(sick)))
    end = data.draw(st.integers(begin, min(len(sick), begin + 20)))
    broken = sick[:begin] + data.draw(st.text(max_size=10)) + sick[end:]

    read(kind, Answer(broken.encode("utf-8", "replace"), "application/xml", AT))


@pytest.mark.parametrize("kind", OF_JSON)
@FEW
@given(stranger=st.text("abcdefghijklmnopqrstuvwxyz_ ", min_size=1, max_size=12))
def test_a_state_in_a_word_that_nobody_knows_is_never_well(kind, stranger):
    well = SAMPLES[kind].well
    states = [place for place in paths(well) if tells_a_state(well, place)]
    known = {word.lower() for word in STATE_WORDS if isinstance(word, str)}
    if stranger.strip().lower() in known:
        return

    for place in states:
        assert not looks_well(kind, answer(put(copy.deepcopy(well), place, stranger)))


def test_pages_without_endpoints_are_asked_where_their_kind_is_usual():
    dialect = Dialect(lambda _: Told(OfficialState.UNKNOWN), ("/one.json", "/two.json"), Endpoints.ALTERNATIVES)

    assert endpoints_of("https://status.example/page/3", dialect) == (
        "https://status.example/one.json",
        "https://status.example/two.json",
    )
    assert endpoints_of("https://status.example/feed", Dialect(dialect.read)) == ("https://status.example/feed",)


STATE_WORDS = {
    "none",
    "operational",
    "UP",
    "ok",
    "healthy",
    "Operational",
    "No known issues",
    "OP",
    "green",
    "up",
    100,
    1,
    "1",
}


def dumped(document) -> bytes:
    return json.dumps(document).encode()


def paths(document, path=()):
    found = [path]
    if isinstance(document, dict):
        found += [each for key, inner in document.items() for each in paths(inner, (*path, key))]
    elif isinstance(document, list):
        found += [each for position, inner in enumerate(document) for each in paths(inner, (*path, position))]
    return found


def inside(document, path):
    for key in path:
        document = document[key]
    return document


def tells_a_state(document, path):
    """Return whether this is where a page says how it is; the words in a log of events are not."""
    found = inside(document, path)
    return (
        isinstance(found, str | int)
        and not isinstance(found, bool)
        and found in STATE_WORDS
        and path[-1] not in ("id", "Id", "g")
        and "event_log" not in path
    )


def put(document, path, value):
    """Replace what is at a place, if that is still there."""
    if not path:
        return value
    inner = document
    for key in path[:-1]:
        try:
            inner = inner[key]
        except (KeyError, IndexError, TypeError):
            return document
    if isinstance(inner, dict | list):
        try:
            inner[path[-1]] = value
        except (IndexError, TypeError):
            return document
    return document
