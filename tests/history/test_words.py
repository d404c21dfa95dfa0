from contextlib import suppress

import pytest

from manara.history.words import Words
from manara.model import Circumstance, Layer, LineState, Reason, Verdict

EVERY = (*Verdict, *Circumstance, *Reason, *Layer, *LineState)


@pytest.fixture
def words(file):
    return Words(file.connection)


def test_a_word_keeps_its_number(file, words):
    numbers = [words.number(member) for member in EVERY]

    assert [words.number(member) for member in EVERY] == numbers
    file.reopen()
    assert [Words(file.connection).number(member) for member in reversed(EVERY)] == numbers[::-1]


def test_each_word_comes_back_from_its_number(words):
    assert all(words.word(words.number(member)) == member.value for member in EVERY)


def test_two_enums_with_the_same_word_share_its_number(words):
    assert words.number(Verdict.UNKNOWN) == words.number(LineState.UNKNOWN)
    assert words.number(Verdict.UNKNOWN) != words.number(Verdict.UP)


def test_a_word_that_another_connection_wrote_is_found(file, words):
    number = words.number(Verdict.UP)
    with file.reader() as reader:
        known = reader.words.word(number)
        later = words.number(Verdict.DOWN)

        assert (known, reader.words.word(later)) == ("up", "down")


def test_an_unknown_number_has_no_word(words):
    assert (words.word(99), words.word(None)) == ("", "")


def test_nothing_has_no_number(words):
    assert words.number_or_none(None) is None
    assert words.number_or_none(Verdict.UP) == words.number(Verdict.UP)


def test_numbers_that_were_not_written_are_given_anew(file):
    words = file.store.words

    with suppress(ZeroDivisionError), file.store.transaction():
        words.word(words.number(Verdict.DOWN))
        raise ZeroDivisionError
    with file.store.transaction():
        up, down = words.number(Verdict.UP), words.number(Verdict.DOWN)

    assert file.rows("SELECT word, id FROM words ORDER BY id") == [("up", up), ("down", down)]
    assert (words.word(up), words.word(down)) == ("up", "down")
