"""No check type is forgotten: each is registered, each has its test, each option is explained."""

import dataclasses
import importlib
from pathlib import Path

import pytest

import manara.probes
from manara.model import Check, options_of
from manara.probes import CHECK_TYPES, PROBES

FOLDER = Path(manara.probes.__file__).parent
TESTS = Path(__file__).parent


def checks_in(path: Path) -> list[type[Check]]:
    """Return the check types that a file defines."""
    module = importlib.import_module(f"manara.probes.{path.stem}")
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Check) and value.__module__ == module.__name__
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_every_check_type_is_registered_and_tested(path: Path) -> None:
    checks = checks_in(path)

    assert [check for check in checks if check not in PROBES] == []
    assert not checks or (TESTS / f"test_{path.stem}.py").is_file()
    assert [check.type for check in checks] in ([], [path.stem])


def test_the_types_of_the_settings_file_are_those_of_the_table() -> None:
    assert set(CHECK_TYPES) == {"http", "tcp", "tls", "dns", "ping"}
    assert list(CHECK_TYPES.values()) == list(PROBES)


@pytest.mark.parametrize("check", PROBES, ids=lambda check: check.type)
def test_every_field_is_an_option_with_a_help_sentence(check: type[Check]) -> None:
    options = options_of(check)

    assert {field.name for field in dataclasses.fields(check)} == set(options)
    assert [name for name, option in options.items() if not option.help or option.help.endswith(".")] == []


@pytest.mark.parametrize("check", PROBES, ids=lambda check: check.type)
def test_every_default_is_accepted(check: type[Check]) -> None:
    options = options_of(check)
    for field in dataclasses.fields(check):
        accepts = options[field.name].accepts
        if accepts and field.default is not dataclasses.MISSING:
            accepts(field.default)

    assert options
