"""Changing the text of a settings file: services and options more, fewer and other, every other line as it was."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from manara.model import Place
from manara.settings.document import Document, Splice, with_comments
from manara.settings.rendering import text_of_services
from manara.settings.statements import Statement
from manara.settings.table_editing import TableEditor, value_splice

Table: TypeAlias = Mapping[str, Any]
Edit: TypeAlias = tuple[Place, Table, Table]
"""Place of a table, which is that of a section or of a service like ("services", 3); before and after."""

NO_SERVICES = "services = []"
"""What says that there are none. A file that says nothing of services means the starter set."""


def text_with(text: str, before: Sequence[Table], more: Sequence[Table]) -> str:
    """Return the text with more services, behind the ones before."""
    document = Document(_whole(text))
    splices = []
    if (plain := document.plain_list) is not None:
        if before:
            return document.with_splices([value_splice(document, plain, [*before, *map(dict, more)])])
        splices.append(_without_no_services(document, plain))
    gap = ("",) if document.with_splices(splices).strip() else ()
    splices.append(Splice(document.end, document.end, (*gap, *text_of_services(more).rstrip("\n").split("\n"))))
    return document.with_splices(splices)


def text_without(text: str, before: Sequence[Table], positions: Collection[int]) -> str:
    """Return the text without the services at these positions of those before.

    The comments right above them, within them and right below them go too, unless they begin the file or belong to what
    follows.
    """
    document = Document(text)
    if (plain := document.plain_list) is not None:
        kept = [table for position, table in enumerate(before) if position not in positions]
        return document.with_splices([value_splice(document, plain, kept)])
    fewer = document.with_splices(
        splice for position in positions for splice in TableEditor(document, ("services", position)).removal()
    )
    return fewer if len(positions) < len(before) else _with_no_services(fewer)


def text_with_tables(text: str, services: Sequence[Table], edits: Iterable[Edit]) -> str:
    """Return the text with other options in some tables; `services` are all of those before."""
    document = Document(_whole(text))
    plain = document.plain_list
    splices = []
    listed = list(services)
    for place, before, after in edits:
        if plain is not None and place[0] == plain.place[0]:
            listed[int(place[1])] = after
        else:
            splices += TableEditor(document, place).changes(before, after)
    if plain is not None and listed != list(services):
        splices.append(value_splice(document, plain, listed))
    return document.with_splices(splices)


def _with_no_services(text: str) -> str:
    document = Document(_whole(text))
    line, _ = with_comments(document.lines, document.first_header, document.first_header)
    return document.with_splices([Splice(line, line, (NO_SERVICES, "") if line < document.end else (NO_SERVICES,))])


def _without_no_services(document: Document, plain: Statement) -> Splice:
    """Take out what says that there are none, but not what people wrote beside it."""
    begin, end = plain.first - 1, plain.last
    comments = tuple("#" + line.partition("#")[2].rstrip() for line in document.lines[begin:end] if "#" in line)
    if not comments and end < document.end and not document.lines[end].strip():
        end += 1
    return Splice(begin, end, comments)


def _whole(text: str) -> str:
    """Return the text with an end of its last line."""
    end = "\r\n" if "\r\n" in text else "\n"
    return text if not text or text.endswith("\n") else text + end
