"""The text of a settings file as lines, with what stands on them, and how lines are exchanged.

Only text that `tomllib` accepts may be given to these functions.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from manara.model import Place
from manara.settings.pieces import is_service, pieces_of
from manara.settings.statements import Statement, statements


@dataclass(frozen=True, slots=True)
class Splice:
    """Other lines in the place of those from `begin` up to `end`, counted from 0. Line ends are not part of a line."""

    begin: int
    end: int
    lines: tuple[str, ...] = ()


class Document:
    """One version of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._carriage_return = "\r" if "\r\n" in text else ""
        self.lines = text.split("\n")

    def statements_of(self, place: Place) -> Sequence[Statement]:
        """Return the statements among which all are that say something of a section, or of ("services", position)."""
        if not self._is_orderly:
            return self._all_statements
        if place[0] == "services":
            return tuple(self._statements_of_service(place))
        return tuple(self._statements_of_others())

    @cached_property
    def plain_list(self) -> Statement | None:
        """The statement `services = [{…}]`, after which no header of a service can follow."""
        head = statements(self._pieces[0])
        return next((each for each in head if each.place == ("services",)), None)

    @property
    def first_header(self) -> int:
        """The line of the first header, or the end where there is none."""
        return self._pieces[0].count("\n") if len(self._pieces) > 1 else self.end

    @property
    def end(self) -> int:
        """The line behind the last one that has something on it."""
        return len(self.lines) - (self.lines[-1] == "")

    def with_splices(self, splices: Iterable[Splice]) -> str:
        """Return the text with other lines; of several insertions at the same line, the first comes first."""
        lines: list[str] = []
        done = 0
        for splice in sorted(splices, key=lambda each: (each.begin, each.end)):
            lines += self.lines[done : splice.begin]
            lines += (line + self._carriage_return for line in splice.lines)
            done = splice.end
        return "\n".join([*lines, *self.lines[done:]])

    @cached_property
    def _all_statements(self) -> Sequence[Statement]:
        return tuple(statements(self._text))

    @cached_property
    def _pieces(self) -> list[str]:
        return pieces_of(self._text)

    @cached_property
    def _placed(self) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
        """The pieces that are services, and all others, each with the number of lines above it."""
        services: list[tuple[int, str]] = []
        others: list[tuple[int, str]] = []
        above = 0
        for piece in self._pieces:
            (services if is_service(piece) else others).append((above, piece))
            above += piece.count("\n")
        return services, others

    @cached_property
    def _is_orderly(self) -> bool:
        """Whether all that is said of a service is said in its own piece, and nothing only looks like a header."""
        if any(quotes in self._text for quotes in ('"""', "'''")):
            return False
        return not any(_OF_SERVICES.search(piece) for _, piece in self._placed[1])

    def _statements_of_service(self, place: Place) -> Iterator[Statement]:
        """Return the statements of a service; those of thousands of others need not be read for that."""
        own: Place = place[:2]
        above, piece = self._placed[0][int(place[1])]
        for each in statements(piece):
            yield replace(
                each,
                place=own + each.place[2:],
                table=own + each.table[2:],
                first=each.first + above,
                last=each.last + above,
            )

    def _statements_of_others(self) -> Iterator[Statement]:
        for above, piece in self._placed[1]:
            for each in statements(piece):
                yield replace(each, first=each.first + above, last=each.last + above)


def with_comments(lines: Sequence[str], begin: int, end: int) -> tuple[int, int]:
    """Return a block with the comments that belong to it, and with the blank lines below it.

    These are comments right above it, unless they begin the file, and right below it, unless they touch what follows.
    """
    above = begin
    while above > 0 and _is_comment(lines[above - 1]):
        above -= 1
    below = with_comments_below(lines, end)
    while below < len(lines) - 1 and not lines[below].strip():
        below += 1
    return above if above > 0 else begin, below


def with_comments_below(lines: Sequence[str], end: int) -> int:
    """Return the end of a block with the comments right below it, unless they touch what follows."""
    below = end
    while below < len(lines) and _is_comment(lines[below]):
        below += 1
    return below if below == len(lines) or not lines[below].strip() else end


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


_OF_SERVICES = re.compile(r"""^[ \t]*\[*[ \t]*["']?services""", re.MULTILINE)
