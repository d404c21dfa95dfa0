import pytest

from manara.probes import CHECK_TYPES
from manara.wording import Translator
from manara.wording.editing import CHECK_TYPES as WORDS
from manara.wording.editing import LONGEST_NAME, Deed, check_type_word, deed_sentence, not_done

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
