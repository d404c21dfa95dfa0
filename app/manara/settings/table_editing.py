"""Other options in a table of a settings file: which lines change, and no more of them than must."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from manara.loading import load
from manara.model import Place
from manara.settings.alignment import aligned
from manara.settings.document import Document, Splice, with_comments, with_comments_below
from manara.settings.rendering import are_sections, key_text, literal, text_of_section, text_of_table
from manara.settings.statements import Statement

Table = Mapping[str, Any]


class TableEditor:
    """Edits tables of one document: a section, or the service at ("services", position), and what is within it."""

    def __init__(self, document: Document, place: Place) -> None:
        self._document = document
        self._place = place
        self._statements = document.statements_of(place)

    def changes(self, before: Table, after: Table) -> list[Splice]:
        """Return what makes one table of the other."""
        return list(self._changes(self._place, before, after))

    def removal(self) -> list[Splice]:
        """Return what takes all of it out."""
        return list(self._without(self._place))

    def _changes(self, place: Place, before: Table, after: Table) -> Iterator[Splice]:
        if (statement := self._statement_at(place)) is not None:
            yield value_splice(self._document, statement, after)
            return
        # First, since a section that comes in at the same line would take the options for its own.
        yield from self._more(place, {name: value for name, value in after.items() if name not in before})
        for name, value in before.items():
            here = (*place, name)
            if name not in after:
                yield from self._without(here)
            elif value != after[name]:
                yield from self._change(here, value, after[name])

    def _change(self, place: Place, before: Any, after: Any) -> Iterator[Splice]:
        if (statement := self._statement_at(place)) is not None:
            yield value_splice(self._document, statement, after)
        elif isinstance(before, dict) and isinstance(after, dict) and (after or self._has_header(place)):
            yield from self._changes(place, before, after)
        elif are_sections(before) and are_sections(after):
            yield from self._change_sections(place, before, after)
        else:
            yield from self._without(place)
            yield from self._more(place[:-1], {str(place[-1]): after})

    def _change_sections(self, place: Place, before: Sequence[Table], after: Sequence[Table]) -> Iterator[Splice]:
        line = self._end_of_options(place[:-1])[0]
        for old, new in aligned(before, after):
            if new is None:
                yield from self._without((*place, old or 0))
                continue
            if old is None:
                yield Splice(line, line, self._sections(place, [after[new]]))
                continue
            yield from self._changes((*place, old), before[old], after[new])
            line = self._end_of_block((*place, old))

    def _more(self, place: Place, table: Table) -> Iterator[Splice]:
        """Write more options into a table."""
        options = {name: value for name, value in table.items() if not are_sections(value)}
        if options and not any(each.within(place) for each in self._statements):
            end = self._document.end
            yield Splice(end, end, ("", *_lines(text_of_section(_name(place), options))))
        elif options:
            line, above = self._end_of_options(place)
            prefix = "".join(f"{key_text(str(step))}." for step in place[len(above) :])
            lines = tuple(f"{prefix}{key_text(name)} = {literal(value)}" for name, value in options.items())
            yield Splice(line, line, lines)
        for name, value in table.items():
            if are_sections(value):
                end = self._end_of_block(place)
                yield Splice(end, end, self._sections((*place, name), value))

    def _sections(self, place: Place, tables: Sequence[Table]) -> tuple[str, ...]:
        name = _name(place)
        return tuple(line for table in tables for line in ("", *_lines(text_of_table(table, f"[[{name}]]", name))))

    def _without(self, place: Place) -> Iterator[Splice]:
        for first, last, is_section in _blocks(self._statements, place):
            begin, end = with_comments(self._document.lines, first, last) if is_section else (first, last)
            yield Splice(begin, end)

    def _statement_at(self, place: Place) -> Statement | None:
        return next((each for each in self._statements if each.place == place and not each.is_header), None)

    def _has_header(self, place: Place) -> bool:
        return any(each.place == place and each.is_header for each in self._statements)

    def _end_of_options(self, place: Place) -> tuple[int, Place]:
        """Return the line behind the options of a table, and the table whose header is above that line."""
        headed = [each for each in self._statements if place in (each.place, each.table) and each.within(place)]
        last = [each for each in headed if (each.place if each.is_header else each.table) == place]
        if last:
            return last[-1].last, place
        # There is no header: its options are written like `network.proxy`.
        dotted = [each for each in self._statements if each.within(place) and len(each.table) < len(place)]
        return dotted[-1].last, dotted[-1].table

    def _end_of_block(self, place: Place) -> int:
        last = [each for each in self._statements if each.within(place)][-1].last
        return with_comments_below(self._document.lines, last)


def value_splice(document: Document, statement: Statement, value: Any) -> Splice:
    """Return what gives the option of a statement another value; a comment behind it stays."""
    begin, end = statement.first - 1, statement.last
    names = [str(name) for name in statement.place[len(statement.table) :]]
    # Loaded by an edit, not by every start: it brings tomlkit along.
    lines_with_value = load("manara.settings.value_editing:lines_with_value")
    lines: list[str] = lines_with_value([line.rstrip("\r") for line in document.lines[begin:end]], names, value)
    return Splice(begin, end, tuple(lines))


def _blocks(statements: Sequence[Statement], place: Place) -> list[tuple[int, int, bool]]:
    """Return begin and end of each run of statements that belong to a place, and whether it begins with a header."""
    blocks: list[tuple[int, int, bool]] = []
    inside = False
    for statement in statements:
        belongs = statement.within(place)
        if belongs and inside and (blocks[-1][2] or not statement.is_header):
            blocks[-1] = (blocks[-1][0], statement.last, blocks[-1][2])
        elif belongs:
            blocks.append((statement.first - 1, statement.last, statement.is_header))
        inside = belongs
    return blocks


def _name(place: Place) -> str:
    return ".".join(key_text(step) for step in place if isinstance(step, str))


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")
