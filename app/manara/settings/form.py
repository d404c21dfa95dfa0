"""What a section of a file accepts, derived from the options that a dataclass declares.

One declaration and no lists beside it: types, limits and `accepts` of the fields become validators of
pydantic-core here. It is used without pydantic, which takes as long to load as all of Manara's settings together.
"""

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from pydantic_core import SchemaValidator, ValidationError
from pydantic_core.core_schema import (
    CoreSchema,
    bool_schema,
    dict_schema,
    enum_schema,
    float_schema,
    int_schema,
    list_schema,
    no_info_after_validator_function,
    no_info_before_validator_function,
    str_schema,
    timedelta_schema,
)

from manara.model import Option, Place, Problem, Said, options_of
from manara.settings.duration import parse_duration
from manara.settings.nearest import did_you_mean
from manara.settings.sentences import problem_of


class Form:
    """Reads tables into the options of one dataclass. `besides` are keys of the table that others read."""

    def __init__(self, cls: type, *, besides: tuple[str, ...] = ()) -> None:
        self.options = options_of(cls)
        self.kinds = kinds_of(cls)
        self._keys = (*besides, *self.options)
        self._required = required_options(cls)
        self._validators: dict[str, SchemaValidator] = {}

    def read(self, table: Mapping[str, Any], place: Place) -> tuple[dict[str, Any], list[Problem]]:
        """Return the good values that the table sets, and everything that is wrong with it."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, raw in table.items():
            if key in self.options:
                try:
                    values[key] = self._validator(key).validate_python(raw)
                except ValidationError as error:
                    problems.extend(self._explained(error, key, (*place, key)))
            elif key not in self._keys:
                problems.append(
                    Problem((*place, key), Said("There is no such setting here."), did_you_mean(key, self._keys))
                )
        problems += [
            Problem(
                place, Said('The setting "{name}" is missing: {what}.', name=name, what=Said(self.options[name].help))
            )
            for name in self._required
            if name not in table
        ]
        return values, problems

    def _validator(self, name: str) -> SchemaValidator:
        """Return what reads an option, made when it is first set: a file sets few of all there are."""
        if name not in self._validators:
            self._validators[name] = SchemaValidator(_schema(self.kinds[name], self.options[name]))
        return self._validators[name]

    def _explained(self, error: ValidationError, key: str, place: Place) -> list[Problem]:
        """Return one problem for each thing that is wrong with one value."""
        return [
            problem_of(details, self.options[key], self.kinds[key], place)
            for details in error.errors(include_url=False)
        ]


# Derived from the class alone; without the cache, it is most of what writing thousands of services costs.
@functools.cache
def kinds_of(cls: type) -> Mapping[str, Any]:
    """Return the type of each option; an option that may be left out is of the type that it has when it is set."""
    hints = typing.get_type_hints(cls)
    return {name: _without_none(hints[name]) for name in options_of(cls)}


def required_options(cls: Any) -> tuple[str, ...]:
    """Return the options that must be set."""
    declared = options_of(cls)
    fields = dataclasses.fields(cls)
    return tuple(field.name for field in fields if field.name in declared and field.default is dataclasses.MISSING)


def is_table(kind: Any) -> bool:
    """Tell whether an option is written as a table of texts."""
    return bool(kind == tuple[tuple[str, str], ...])


def _without_none(kind: Any) -> Any:
    if isinstance(kind, types.UnionType):
        (kind,) = (member for member in typing.get_args(kind) if member is not types.NoneType)
    return kind


def _schema(kind: Any, option: Option) -> CoreSchema:
    """Return how a value of an option is read: limits hold for what is written, `accepts` for what comes of it."""
    read = _written(kind, option.minimum, option.maximum)
    return no_info_after_validator_function(_accepting(option.accepts), read) if option.accepts else read


def _written(kind: Any, low: float | None = None, high: float | None = None) -> CoreSchema:
    """Return how a value stands in the file, and what makes the dataclass's value of it."""
    if is_table(kind):
        texts = dict_schema(_text(), _text(), min_length=_whole(low), max_length=_whole(high), strict=True)
        return no_info_after_validator_function(_pairs, texts)
    if typing.get_origin(kind) is tuple:
        item = _written(typing.get_args(kind)[0])
        items = list_schema(item, min_length=_whole(low), max_length=_whole(high), strict=True)
        return no_info_after_validator_function(tuple, items)
    if issubclass(kind, Enum):
        return enum_schema(kind, list(kind), sub_type="str")
    return _PLAIN[kind](low, high)


def _text(low: float | None = None, high: float | None = None) -> CoreSchema:
    return str_schema(min_length=_whole(low), max_length=_whole(high), strict=True)


def _duration(low: float | None, high: float | None) -> CoreSchema:
    low_time, high_time = (None if limit is None else timedelta(seconds=limit) for limit in (low, high))
    return no_info_before_validator_function(parse_duration, timedelta_schema(ge=low_time, le=high_time, strict=True))


_PLAIN: Mapping[type, Callable[[float | None, float | None], CoreSchema]] = {
    str: _text,
    timedelta: _duration,
    bool: lambda _low, _high: bool_schema(strict=True),
    int: lambda low, high: int_schema(ge=_whole(low), le=_whole(high), strict=True),
    float: lambda low, high: float_schema(ge=low, le=high, allow_inf_nan=False, strict=True),
}


def _whole(limit: float | None) -> int | None:
    return None if limit is None else int(limit)


def _pairs(table: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(table.items())


def _accepting(accepts: Callable[[Any], object]) -> Callable[[Any], Any]:
    def validate(value: Any) -> Any:
        accepts(value)
        return value

    return validate
