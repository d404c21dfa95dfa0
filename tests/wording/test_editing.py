import pytest

from manara.probes import CHECK_TYPES
from manara.wording import Translator
from manara.wording.editing import CHECK_TYPES as WORDS
from manara.wording.editing import (
    LONGEST_NAME,
    Deed,
    changed_by_both,
    check_brought_back,
    check_kept,
    check_type_word,
    deed_sentence,
    not_done,
)

TR = Translator()


def test_every_type_of_check_has_a_word_of_its_own():
    assert set(WORDS) == set(CHECK_TYPES)


def test_a_type_of_check_without_a_word_is_called_as_in_the_settings():
    assert check_type_word(TR, "http") == "Web page (HTTP)"
    assert check_type_word(TR, "smtp") == "smtp"


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_is_told_for_one_service_and_for_several(deed):
    assert deed_sentence(TR, deed, ["Shop"]).startswith("Shop ")
    assert deed_sentence(TR, deed, ["Shop", "Blog"]).startswith("2 services ")


def test_a_hostile_name_is_told_on_one_short_line():
    told = deed_sentence(TR, Deed.REMOVED, ["a\nb\x1b" + "c" * 500])

    assert len(told) < LONGEST_NAME + 20
    assert "\n" not in told
    assert "\x1b" not in told


def test_why_nothing_was_changed_is_told():
    assert not_done(TR, OSError("The disk is full.")) == "Nothing was changed: The disk is full."


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (changed_by_both(TR, "group", "Work"), "Both sides changed: Group; the file says “Work”."),
        (changed_by_both(TR, "tags", ["a", "b"]), "Both sides changed: Tags; the file says “a, b”."),
        (changed_by_both(TR, "paused", True), "Both sides changed: Paused; the file says “yes”."),
        (changed_by_both(TR, "paused", False), "Both sides changed: Paused; the file says “no”."),
        (changed_by_both(TR, "group", None), "Both sides changed: Group; the file does not set it any more."),
        (changed_by_both(TR, "port", 443, check="tcp"), "Both sides changed: Port of Port (TCP); the file says “443”."),
    ],
)
def test_what_both_sides_changed_is_told_with_what_the_file_says(told, sentence):
    assert told == sentence


def test_no_secret_is_told_of_what_both_sides_changed():
    assert changed_by_both(TR, "password", "hunter2", secret=True) == "Both sides changed: Password."
    assert changed_by_both(TR, "headers", {"Authorization": "hunter2"}) == "Both sides changed: Headers."


def test_checks_that_only_one_side_still_wants_are_told():
    assert check_brought_back(TR, "tcp", "db.example").startswith("Port (TCP) (db.example) was removed from the file;")
    assert check_kept(TR, "tcp", "db.example").startswith("Port (TCP) (db.example) was changed in the file;")
