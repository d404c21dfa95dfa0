"""Changing the text of a settings file: one service more or less, one option of it, every other line as it was."""

from collections.abc import Mapping
from typing import Any

import tomlkit

from manara.settings.rendering import text_of_services
from manara.settings.statements import Statement, statements


def text_with(text: str, *tables: Mapping[str, Any]) -> str:
    """Return the text with more services, behind all others."""
    if _is_plain_list(text):
        document = tomlkit.parse(text)
        document["services"].extend(tables)
        return tomlkit.dumps(document)
    newline = "\r\n" if "\r\n" in text else "\n"
    kept = text if not text or text.endswith("\n") else text + newline
    gap = newline if kept else ""
    return kept + gap + text_of_services(tables).replace("\n", newline)


def text_without(text: str, position: int) -> str:
    """Return the text without the service at that position.

    The comments right above it, within it and right below it go too, unless they begin the file or belong to what
    follows.
    """
    if _is_plain_list(text):
        document = tomlkit.parse(text)
        document["services"].pop(position)
        return tomlkit.dumps(document)
    lines = text.split("\n")
    for first, last in reversed(_blocks(list(statements(text)), position)):
        begin = _with_comments_above(lines, first - 1)
        del lines[begin : _with_comments_below(lines, last)]
    return "\n".join(lines)


def text_with_option(text: str, position: int, name: str, value: str | bool | None) -> str:  # noqa: FBT001 - a value
    """Return the text with an option of the service at that position set, or taken out where the value is None."""
    if _is_plain_list(text):
        document = tomlkit.parse(text)
        _set(document["services"][position], name, value)
        return tomlkit.dumps(document)
    lines = text.split("\n")
    found = list(statements(text))
    own = [each for each in found if each.place == ("services", position, name) and not each.is_header]
    if own:
        first, last = own[0].first - 1, own[0].last
        line = tomlkit.parse("\n".join(lines[first:last]))
        _set(line, name, value)
        # A comment behind the value stays with it.
        lines[first:last] = [] if value is None else tomlkit.dumps(line).rstrip("\n").split("\n")
    elif value is not None:
        end = "\r" if "\r\n" in text else ""
        lines.insert(_end_of_options(found, position), f"{name} = {tomlkit.item(value).as_string()}{end}")
    return "\n".join(lines)


def _set(table: Any, name: str, value: object) -> None:
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


def _end_of_options(found: list[Statement], position: int) -> int:
    """Return the line behind the options that stand in the service's own section, before those of its checks."""
    end = 0
    for statement in found:
        if statement.place == ("services", position) or (end and statement.place[:2] == ("services", position)):
            if end and statement.is_header:
                break
            end = statement.last
        elif end:
            break
    return end


def _is_plain_list(text: str) -> bool:
    """Tell whether services are written as `services = [{…}]`, which no header can follow."""
    return any(statement.place == ("services",) and not statement.is_header for statement in statements(text))


def _blocks(found: list[Statement], position: int) -> list[tuple[int, int]]:
    """Return first and last line of each run of statements that belong to the service."""
    blocks: list[tuple[int, int]] = []
    inside = False
    for statement in found:
        belongs = statement.place[:2] == ("services", position)
        if belongs and inside:
            blocks[-1] = (blocks[-1][0], statement.last)
        elif belongs:
            blocks.append((statement.first, statement.last))
        inside = belongs
    return blocks


def _with_comments_above(lines: list[str], begin: int) -> int:
    above = begin
    while above > 0 and lines[above - 1].lstrip().startswith("#"):
        above -= 1
    return above if above > 0 else begin


def _with_comments_below(lines: list[str], end: int) -> int:
    """Return the end of a block with its blank lines and the comments that touch it, unless they touch what follows."""
    below = end
    while below < len(lines) and lines[below].lstrip().startswith("#"):
        below += 1
    if below == len(lines) or not lines[below].strip():
        end = below
    while end < len(lines) - 1 and not lines[end].strip():
        end += 1
    return end
