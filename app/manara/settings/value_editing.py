"""Another value in a statement of a settings file: comments and order within it stay, also in a list of many lines."""

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit

from manara.settings.alignment import aligned
from manara.settings.rendering import literal


def lines_with_value(lines: Sequence[str], names: Sequence[str], value: Any) -> list[str]:
    """Return the lines of one statement, whose keys are `names`, with another value."""
    statement = tomlkit.parse("\n".join(lines))
    holder: Any = statement
    for name in names[:-1]:
        holder = holder[name]
    _put(holder, names[-1], value)
    return tomlkit.dumps(statement).rstrip("\n").split("\n")


def _put(holder: Any, key: Any, value: Any) -> None:
    known = holder[key]
    if isinstance(known, dict) and isinstance(value, dict):
        _put_table(known, value)
    elif isinstance(known, list) and isinstance(value, list):
        _put_list(known, value)
    else:
        holder[key] = _item(value)


def _put_table(known: Any, table: Mapping[str, Any]) -> None:
    before = known.unwrap()
    for name in before.keys() - table.keys():
        del known[name]
    for name, value in table.items():
        if name not in before:
            known[name] = _item(value)
        elif before[name] != value:
            _put(known, name, value)


def _put_list(known: Any, items: Sequence[Any]) -> None:
    before = known.unwrap()
    at = 0
    for old, new in aligned(before, items):
        if new is None:
            del known[at]
            continue
        if old is None:
            known.insert(at, _item(items[new]))
        elif before[old] != items[new]:
            _put(known, at, items[new])
        at += 1


def _item(value: Any) -> Any:
    # Left alone, tomlkit writes a table within a list without its spaces.
    return tomlkit.value(literal(value))
