"""From a reading to the word on one service."""

from datetime import timedelta

import pytest

from manara.model import OfficialComponent, OfficialPage, OfficialState, OfficialWord, PageKind, Unreadable
from manara.official.parts import restricted
from manara.official.reading import Reading
from manara.official.told import MOST_COMPONENTS, Told
from manara.official.word import word_of
from official.samples import AT

GOOD, SLOW, MAJOR = OfficialState.OPERATIONAL, OfficialState.DEGRADED, OfficialState.MAJOR_OUTAGE
UNSURE = OfficialState.UNKNOWN
TOLD = Told(
    MAJOR,
    "Trouble",
    (),
    (
        OfficialComponent("a1", "API", GOOD, "Europe"),
        OfficialComponent("w1", "Website", MAJOR, "Europe"),
        OfficialComponent("a2", "API", SLOW, "Asia"),
    ),
)


def page(*components):
    return OfficialPage(PageKind.STATUSPAGE, "https://status.example/", (), components)


@pytest.mark.parametrize(
    ("names", "state"),
    [
        ((), MAJOR),
        (("a1",), GOOD),
        (("A1 ",), GOOD),
        (("website",), MAJOR),
        (("API",), SLOW),
        (("europe",), MAJOR),
        (("asia",), SLOW),
        (("a1", "a2"), SLOW),
    ],
)
def test_only_the_chosen_parts_count_by_name_id_or_group(names, state):
    assert restricted(TOLD, names) == (state, ())


def test_of_a_part_that_is_not_there_nothing_can_be_told():
    assert restricted(TOLD, ("a1", "gone")) == (UNSURE, ("gone",))
    assert restricted(TOLD, ("website", "gone")) == (MAJOR, ("gone",))
    assert restricted(Told(GOOD), ("gone",)) == (UNSURE, ("gone",))


def test_a_good_reading_becomes_the_word():
    word = word_of(page("website"), Reading(AT, TOLD), None)

    assert (word.state, word.title, word.read_at, word.tried_at, word.unreadable) == (MAJOR, "Trouble", AT, AT, None)
    assert [part.name for part in word.components] == ["Website", "API", "API"]


def test_when_it_cannot_be_read_the_last_word_stays_with_its_age():
    before = word_of(page(), Reading(AT, TOLD), None)
    later = AT + timedelta(hours=2)

    word = word_of(page(), Reading(later, None, Unreadable.NO_ANSWER), before)

    assert (word.state, word.read_at, word.tried_at, word.unreadable) == (MAJOR, AT, later, Unreadable.NO_ANSWER)


@pytest.mark.parametrize("before", [None, OfficialWord(page("other"), GOOD, read_at=AT)])
def test_what_was_never_read_is_unknown(before):
    word = word_of(page(), Reading(AT, None, Unreadable.ERROR), before)

    assert (word.page, word.state, word.read_at) == (page(), UNSURE, None)


def test_of_thousands_of_parts_the_chosen_are_kept():
    parts = tuple(OfficialComponent(str(number), f"Part {number}", GOOD) for number in range(5_000))

    word = word_of(page("part 4999"), Reading(AT, Told(GOOD, "", (), parts)), None)

    assert (word.state, len(word.components), word.components[0].name) == (GOOD, MOST_COMPONENTS, "Part 4999")
