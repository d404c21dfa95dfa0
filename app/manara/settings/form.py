"""What a section of a file accepts, derived from the options that a dataclass declares.

One declaration and no lists beside it: types, limits and `accepts` of the fields become pydantic validators here.
"""

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import Enum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AllowInfNan,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    TypeAdapter,
    ValidationError,
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
        self._adapters = {
            name: TypeAdapter[Any](_annotation(self.kinds[name], option), config=_STRICT)
            for name, option in self.options.items()
        }

    def read(self, table: Mapping[str, Any], place: Place) -> tuple[dict[str, Any], list[Problem]]:
        """Return the good values that the table sets, and everything that is wrong with it."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, raw in table.items():
            if key in self._adapters:
                try:
                    values[key] = self._adapters[key].validate_python(raw)
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


_STRICT = ConfigDict(strict=True)


def _without_none(kind: Any) -> Any:
    if isinstance(kind, types.UnionType):
        (kind,) = (member for member in typing.get_args(kind) if member is not types.NoneType)
    return kind


def _annotation(kind: Any, option: Option) -> Any:
    """Return the type of an option as pydantic understands it, with the limits of the option."""
    written, *shaped = _written(kind)
    accepted = [AfterValidator(_accepting(option.accepts))] if option.accepts else []
    # Limits hold for the value as it is written, a list; `accepts` sees what the dataclass gets, a tuple.
    return _annotated(written, *_limits(kind, option), *shaped, *accepted)


def _written(kind: Any) -> tuple[Any, ...]:
    """Return how a value stands in the file, and what makes the dataclass's value of it."""
    if is_table(kind):
        return dict[str, str], AfterValidator(_pairs)
    if typing.get_origin(kind) is tuple:
        item, *shaped = _written(typing.get_args(kind)[0])
        return list[_annotated(item, *shaped)], AfterValidator(tuple)  # type: ignore[misc]
    if kind is timedelta:
        return (Annotated[timedelta, BeforeValidator(parse_duration)],)
    if kind is float:
        return (Annotated[float, AllowInfNan(allow_inf_nan=False)],)
    if issubclass(kind, Enum):
        return (Annotated[kind, Strict(strict=False)],)
    return (kind,)


def _annotated(kind: Any, *metadata: Any) -> Any:
    return Annotated[(kind, *metadata)] if metadata else kind


def _limits(kind: Any, option: Option) -> list[Any]:
    low, high = option.minimum, option.maximum
    if kind is timedelta:
        low_time, high_time = (None if limit is None else timedelta(seconds=limit) for limit in (low, high))
        limits = Field(ge=low_time, le=high_time)
    elif kind in (int, float):
        limits = Field(ge=low, le=high)
    else:
        limits = Field(min_length=_length(low), max_length=_length(high))
    return [] if low is None and high is None else [limits]


def _length(limit: float | None) -> int | None:
    return None if limit is None else int(limit)


def _pairs(table: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(table.items())


def _accepting(accepts: Callable[[Any], object]) -> Callable[[Any], Any]:
    def validate(value: Any) -> Any:
        accepts(value)
        return value

    return validate
