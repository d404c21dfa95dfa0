"""Tables as text of a settings file. Written by hand since tomlkit needs seconds for thousands of services."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def text_of_services(tables: Iterable[Mapping[str, Any]]) -> str:
    """Return `[[services]]` sections with their checks, a blank line between two services."""
    return "\n".join(text_of_table(table, "[[services]]", "services") for table in tables)


def text_of_section(name: str, table: Mapping[str, Any]) -> str:
    """Return one section, like `[network]`."""
    return text_of_table(table, f"[{name}]", name)


def literal(value: Any) -> str:
    """Return a text, number, truth value, list or table as TOML writes it on one line."""
    match value:
        case str():
            return _quoted(value)
        case bool():
            return "true" if value else "false"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{key_text(name)} = {literal(item)}" for name, item in value.items()) + "}"
    return repr(value)


def text_of_table(table: Mapping[str, Any], header: str, name: str) -> str:
    """Return a table below its header, and those within it that are sections, too; `name` is what leads to it."""
    lines = [header]
    sections: list[str] = []
    for key, value in table.items():
        if are_sections(value):
            inner = f"{name}.{key_text(key)}"
            sections += (text_of_table(item, f"[[{inner}]]", inner) for item in value)
        else:
            lines.append(f"{key_text(key)} = {literal(value)}")
    return "\n".join(["\n".join(lines) + "\n", *sections])


def are_sections(value: Any) -> bool:
    """Tell whether a value is written as sections with a header each."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def key_text(name: str) -> str:
    """Return a key as TOML writes it."""
    return name if name and _BARE.issuperset(name) else _quoted(name)


def _quoted(text: str) -> str:
    # JSON escapes all that TOML wants escaped, but for the delete character.
    return _ENCODER.encode(text).replace("\x7f", "\\u007f")


_ENCODER = json.JSONEncoder(ensure_ascii=False)
