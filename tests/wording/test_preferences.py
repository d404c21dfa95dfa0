import pytest

from manara.wording import Translator
from manara.wording.preferences import changed_sentence


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "Speed is as by default again."),
        ("20s", "Speed was changed: 20s"),
        (True, "Speed was changed: yes"),
        (False, "Speed was changed: no"),
        (["a", "b"], "Speed was changed: a, b"),
        (3, "Speed was changed: 3"),
    ],
)
def test_a_change_is_told_in_a_sentence(value, words):
    assert changed_sentence(Translator(), "Speed", value) == words
