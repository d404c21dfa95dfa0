"""Where in the text of a TOML file each value stands, so that problems can name a line and tables can be taken out.

`tomllib` keeps no positions. Only text that `tomllib` accepts may be given to these functions.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from manara.model import Place, Problem


@dataclass(frozen=True, slots=True)
class Statement:
    """One header or one `key = value`, on the lines from `first` to `last`, counted from 1."""

    place: Place
    is_header: bool
    first: int
    last: int
    table: Place = ()
    """The place of the header above, from which on the keys of a `key = value` lead to its place."""

    def within(self, place: Place) -> bool:
        """Tell whether it says something of this place."""
        return self.place[: len(place)] == place


def statements(text: str) -> Iterator[Statement]:
    """Return the statements of a document in their order."""
    table: Place = ()
    counts: dict[Place, int] = {}
    for first, last, statement in _raw_statements(text):
        is_header = statement.startswith("[")
        keys = _KEY.findall(_KEYS.match(statement.lstrip("[ \t"))[0])  # type: ignore[index]
        names = tuple(_plain(key) for key in keys)
        if not is_header:
            yield Statement((*table, *names), is_header, first, last, table)
            continue
        table = _located(names, counts)
        if statement.startswith("[["):
            counts[table] = counts.get(table, -1) + 1
            table = (*table, counts[table])
        yield Statement(table, is_header, first, last, table)


def with_lines(problems: list[Problem], text: str) -> list[Problem]:
    """Return the problems with the lines on which they, or what they are in, stand; by line, then as found."""
    lines: dict[Place, int] = {}
    for statement in statements(text):
        # `a.b = 1` also begins the table `a`, unless that has a header.
        for length in range(1, len(statement.place) + 1):
            lines.setdefault(statement.place[:length], statement.first)
    located = [replace(problem, line=_line_of(problem.place, lines)) for problem in problems]
    return sorted(located, key=lambda problem: problem.line or 0)


def _line_of(place: Place, lines: Mapping[Place, int]) -> int | None:
    ancestors = (place[:length] for length in range(len(place), 0, -1))
    return next((lines[ancestor] for ancestor in ancestors if ancestor in lines), None)


_BARE_OR_QUOTED = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*')"""
_KEY = re.compile(_BARE_OR_QUOTED)
_KEYS = re.compile(rf"{_BARE_OR_QUOTED}(?:[ \t]*\.[ \t]*{_BARE_OR_QUOTED})*")

# A text in three quotation marks may end in up to two more of them.
_TOKEN = re.compile(
    r"""
      (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}(?!\") | '{3}.*?'{3,5}(?!') | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<comment>\#[^\n]*) | (?P<open>[\[{]) | (?P<close>[\]}]) | (?P<newline>\n) | (?P<other>[^\[\]{}"'\#\n]+ | .)
    """,
    re.VERBOSE | re.DOTALL,
)


def _raw_statements(text: str) -> Iterator[tuple[int, int, str]]:
    """Return first line, last line and text of each statement."""
    line, depth = 1, 0
    first, parts = 1, list[str]()
    for match in _TOKEN.finditer(text + "\n"):
        kind, token = match.lastgroup, match[0]
        if kind == "newline" and depth == 0:
            statement = "".join(parts).strip()
            if statement:
                yield first, line, statement
            first, parts = line + 1, []
        elif kind != "comment":
            depth += {"open": 1, "close": -1}.get(kind or "", 0)
            parts.append(token)
        line += token.count("\n")


def _located(names: tuple[str, ...], counts: Mapping[Place, int]) -> Place:
    """Return the place of a header: a name that leads into a list of tables means its last one."""
    place: Place = ()
    for position, name in enumerate(names):
        place = (*place, name)
        if position < len(names) - 1 and place in counts:
            place = (*place, counts[place])
    return place


def _plain(key: str) -> str:
    if key.startswith('"'):
        try:
            return str(json.loads(key))
        except ValueError:
            # TOML knows escapes that JSON does not; such a key only loses its line.
            return key
    return key.strip("'")
