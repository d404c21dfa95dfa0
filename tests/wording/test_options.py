from enum import Enum, StrEnum

import pytest

from manara.model import AppearanceOptions, CheckDefaults, DiagnosisOptions, HistoryOptions, NetworkOptions, options_of
from manara.probes.table import CHECK_TYPES
from manara.settings import ServiceOptions
from manara.settings.form import kinds_of
from manara.wording import Translator
from manara.wording.options import LABELS, VALUES, help_text, option_label, value_word

OPTIONED = (
    *(NetworkOptions, CheckDefaults, DiagnosisOptions, HistoryOptions, AppearanceOptions, ServiceOptions),
    *CHECK_TYPES.values(),
)


@pytest.mark.parametrize("cls", OPTIONED)
def test_every_option_and_every_word_that_it_can_have_has_a_name(cls):
    enums = [kind for kind in kinds_of(cls).values() if isinstance(kind, type) and issubclass(kind, Enum)]

    assert set(options_of(cls)) <= set(LABELS)
    assert {f"{kind.__name__}.{member.value}" for kind in enums for member in kind} <= set(VALUES)


def test_an_option_without_a_name_is_called_as_it_is_written():
    class Odd(StrEnum):
        ONE = "one"

    assert option_label(Translator(), "odd_thing") == "Odd thing"
    assert value_word(Translator(), Odd.ONE) == "one"


def test_what_can_be_typed_keeps_its_direction_within_an_explanation():
    assert help_text(Translator(), "Like `a:b` or `c`") == "Like \u2068a:b\u2069 or \u2068c\u2069"
