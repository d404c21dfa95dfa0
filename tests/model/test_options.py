from dataclasses import dataclass, fields
from datetime import timedelta

import pytest

from manara.model import Check, CheckDefaults, NetworkOptions, option, options_of


@dataclass(frozen=True)
class Lamp:
    colour: str = option(help="The colour of its light")
    height: int = option(12, help="How high it stands", unit="m", minimum=1, maximum=200)
    keeper: str = "nobody"


def test_options_stand_in_the_order_of_their_declaration_without_other_fields():
    assert list(options_of(Lamp)) == ["colour", "height"]


def test_an_option_knows_its_unit_and_limits():
    height = options_of(Lamp)["height"]

    assert (height.help, height.unit, height.minimum, height.maximum) == ("How high it stands", "m", 1, 200)


def test_an_option_without_a_default_must_be_set():
    with pytest.raises(TypeError):
        Lamp()

    assert Lamp(colour="white").height == 12


@pytest.mark.parametrize("section", [NetworkOptions, CheckDefaults, Check])
def test_every_field_of_a_settings_section_is_an_option_with_a_sentence(section):
    declared = options_of(section)

    assert declared
    assert set(declared) == {field.name for field in fields(section)}
    assert all(each.help and not each.help.endswith(".") for each in declared.values())


def test_the_defaults_of_a_check_are_those_of_the_design():
    defaults = CheckDefaults()

    assert (defaults.interval, defaults.timeout) == (timedelta(seconds=60), timedelta(seconds=10))
    assert (defaults.confirm, defaults.recover) == (2, 3)
