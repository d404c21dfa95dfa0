"""From the parts of a YAML document, as the parser gives them, to what it holds: one pass, bounded as it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from manara.catalog.imports.yaml_scalars import value_of
from manara.wording.translation import mark

MAX_DEPTH = 50
MAX_PARTS = 1_000_000
"""What the file would hold if every alias were written out."""
MAX_ALIASES = 100_000

_MERGE = object()
"""Stands for `<<`, which takes in what its value holds."""


class TooLarge(Exception):  # noqa: N818 - it names what was found
    """The document would take too much time, memory or stack; `sentence` has a place for the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(slots=True)
class _Open:
    """A list or a table that has begun."""

    is_table: bool
    event: Any
    before: int
    """How many parts there were before it."""
    items: list[Any] = field(default_factory=list)
    """Of a table, keys and values by turns."""


class Builder:
    """Builds one document."""

    def __init__(self) -> None:
        self.has_tags = False
        """Whether parts say what they are; then what was built is not what they say."""
        self._open: list[_Open] = []
        self._known: dict[str, tuple[Any, int]] = {}
        """What an anchor stands for, and of how many parts that is."""
        self._parts = 0
        self._aliases = 0
        self._documents: list[Any] = []

    def document_of(self, events: Iterable[Any]) -> Any:
        """Return what a document holds; raise `TooLarge` or what libyaml's loader raises."""
        for event in events:
            match event:
                case yaml.ScalarEvent():
                    self._parts += 1
                    self._has(event, self._scalar(event), 1)
                case yaml.CollectionStartEvent():
                    self._parts += 1
                    self._begin(event)
                case yaml.CollectionEndEvent():
                    self._end()
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.DocumentStartEvent() if self._documents:
                    raise _broken(event, "expected a single document, but found another one")
            if self._parts > MAX_PARTS or self._aliases > MAX_ALIASES:
                raise TooLarge(mark("{file} grows too large by its aliases, so it is not read."))
        return self._documents[0] if self._documents else None

    def _has(self, event: Any, value: Any, parts: int) -> None:
        """Put a part where it belongs, and remember it where it has an anchor."""
        if event.anchor:
            self._known[event.anchor] = value, parts
        if event.tag:
            self.has_tags = True
        (self._open[-1].items if self._open else self._documents).append(value)

    def _scalar(self, event: Any) -> Any:
        if not event.implicit[0]:
            return event.value
        is_key = self._open and self._open[-1].is_table and len(self._open[-1].items) % 2 == 0
        return _MERGE if is_key and event.value == "<<" else value_of(event.value)

    def _begin(self, event: Any) -> None:
        self._open.append(_Open(isinstance(event, yaml.MappingStartEvent), event, self._parts))
        if len(self._open) > MAX_DEPTH:
            raise TooLarge(mark("{file} is nested too deeply, so it is not read."))

    def _end(self) -> None:
        ended = self._open.pop()
        value = _table(ended) if ended.is_table else ended.items
        self._has(ended.event, value, self._parts - ended.before + 1)

    def _alias(self, event: Any) -> None:
        self._aliases += 1
        if any(event.anchor == each.event.anchor for each in self._open):
            raise TooLarge(mark("{file} has an alias within itself, so it is not read."))
        if event.anchor not in self._known:
            raise _broken(event, "found undefined alias")
        value, parts = self._known[event.anchor]
        self._parts += parts
        (self._open[-1].items if self._open else self._documents).append(value)


def _table(ended: _Open) -> dict[Any, Any]:
    keys, values = ended.items[::2], ended.items[1::2]
    try:
        table = dict(zip(keys, values, strict=True))
    except TypeError as error:
        raise _broken(ended.event, "found unhashable key") from error
    if _MERGE not in table:
        return table
    merged: dict[Any, Any] = {}
    for key, value in zip(keys, values, strict=True):
        if key is _MERGE:
            merged |= _merged(value, ended)
    del table[_MERGE]
    return merged | table


def _merged(value: Any, ended: _Open) -> dict[Any, Any]:
    """Return what `<<` takes in: a table, or several, of which the first has the last word."""
    merged: dict[Any, Any] = {}
    for table in reversed(value if isinstance(value, list) else [value]):
        if not isinstance(table, dict):
            raise _broken(ended.event, "expected a table or a list of tables to merge")
        merged |= table
    return merged


def _broken(event: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
