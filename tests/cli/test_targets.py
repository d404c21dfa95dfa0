from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import FakeCheck, make_service
from manara.catalog import Catalogue, Entry
from manara.cli.exits import Refused
from manara.cli.targets import (
    Places,
    distinct,
    new_service_of_target,
    service_of_target,
    typed_duration,
    typed_timeout,
)
from manara.model import Category, CheckDefaults
from manara.settings import Settings

WHATSAPP = make_service("whatsapp", catalogue="whatsapp")
OWN = replace(make_service("whatsapp"), name="My own")
CATALOGUE = Catalogue({"whatsapp": Entry(WHATSAPP, Category.MESSAGING, aliases=("wa",))}, ("whatsapp",))


def places(*own, **defaults):
    return Places(Settings(checks=CheckDefaults(**defaults), services=own), CATALOGUE)


def test_a_service_of_the_settings_comes_before_the_catalogue():
    assert service_of_target("whatsapp", places(OWN)) is OWN


def test_a_new_service_is_the_catalogues_whatever_there_is():
    assert new_service_of_target("whatsapp", places(OWN)) == WHATSAPP


def test_the_catalogue_knows_other_names():
    assert service_of_target("WA", places(make_service("shop"))) == WHATSAPP


def test_an_address_becomes_a_service_with_the_defaults_of_the_settings():
    found = service_of_target("http://127.0.0.1:8080/x", places(timeout=timedelta(seconds=3)))

    assert found.checks[0].target == "http://127.0.0.1:8080/x"
    assert found.checks[0].timeout == timedelta(seconds=3)


def test_what_is_nothing_is_refused_with_the_nearest_name():
    with pytest.raises(Refused) as refused:
        service_of_target("whatsap", places())

    assert refused.value.exit_code == 64
    assert "whatsap" in refused.value.lines[0]
    assert 'Did you mean "whatsapp"?' in refused.value.lines[0]


def test_a_refused_target_cannot_steer_the_terminal():
    with pytest.raises(Refused) as refused:
        service_of_target("\x1b[31m x", places())

    assert "\x1b" not in refused.value.lines[0]


def test_repeated_targets_are_looked_at_once_and_ids_differ():
    twin = replace(WHATSAPP, checks=(FakeCheck(name="other"),))
    third = replace(WHATSAPP, checks=(FakeCheck(name="third"),))

    found = distinct([WHATSAPP, WHATSAPP, twin, third])

    assert [each.id for each in found] == ["whatsapp", "whatsapp-2", "whatsapp-3"]
    assert found[1].checks == twin.checks


@pytest.mark.parametrize(("text", "seconds"), [("30s", 30), ("5m", 300), ("2", 2), ("0.5", 0.5), ("500ms", 0.5)])
def test_durations_are_typed_with_a_unit_or_in_seconds(text, seconds):
    assert typed_duration("--for", text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "soon", "-5s", "0", "1e9", "5 parsecs", "²"])
def test_what_is_no_duration_is_refused_and_names_the_option(text):
    with pytest.raises(Refused) as refused:
        typed_duration("--for", text)

    assert refused.value.exit_code == 64
    assert refused.value.lines[0].startswith(f"manara: --for {text}: ")


def test_a_timeout_has_the_limits_of_the_settings():
    assert typed_timeout("5s") == timedelta(seconds=5)
    for text in ("1ms", "301s"):
        with pytest.raises(Refused, match="from 100ms to 5m"):
            typed_timeout(text)
