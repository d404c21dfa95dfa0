"""Taking a change back in a file that was edited since: what the change did goes, what others did stays.

Lines are merged as three versions of a text are: what both sides changed is not merged. What comes out counts only if
the tables that it reads as are those that it must.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any, TypeAlias

from manara.settings.applying import Basis
from manara.settings.pieces import pieces_of

_Hunk: TypeAlias = tuple[int, int, list[str]]
"""Begin and end in the lines of the common version, and the lines that stand there in the other one."""


def merged_text(before: str, after: str, now: str) -> str | None:
    """Return what is there now with `after` turned back into `before`; None where both sides changed the same lines."""
    if now == after:
        return before
    common = _lines(after)
    # What comes back stood there before what was written at the same line since.
    hunks = sorted([*_hunks(after, before), *_hunks(after, now)], key=lambda hunk: hunk[:2])
    lines: list[str] = []
    done = 0
    for begin, end, others in hunks:
        if begin < done:
            return None
        lines += common[done:begin]
        lines += others
        done = end
    return "".join([*lines, *common[done:]])


def is_undone(before: Basis, after: Basis, now: Basis, found: Basis) -> bool:
    """Tell whether what was found has all undone that the change did from `before` to `after`, and nothing else."""
    if now.text != after.text and before.chosen != after.chosen:
        # Without the starter set that it made the user's own, what was added to that since would stand alone.
        return False
    said = [_said(each) for each in (before, after, now, found)]
    if not all(_is_value_undone(*(each.get(name) for each in said)) for name in set().union(*said)):
        return False
    # Services that the change did not touch keep the order that they have now.
    untouched = {name for name in said[2] if said[0].get(name) == said[1].get(name)}
    return [name for name in said[3] if name in untouched] == [name for name in said[2] if name in untouched]


def _said(basis: Basis) -> dict[tuple[str, str], Any]:
    """Return each service and each option of a section by its name."""
    sections = {name: table for name, table in basis.table.items() if name != "services"}
    services = {("services", service.id): table for service, table in zip(basis.services, basis.tables, strict=True)}
    options = {(name, option): value for name in sorted(sections) for option, value in sorted(sections[name].items())}
    return services | options


def _is_value_undone(before: Any, after: Any, now: Any, found: Any) -> bool:
    if before == after:
        return bool(found == now)
    return bool(now == after and found == before)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _hunks(common: str, other: str) -> Iterator[_Hunk]:
    """Return where the lines differ. Piece by piece: of thousands, most are the same."""
    old, new = pieces_of(common), pieces_of(other)
    above = [0, *accumulate(len(_lines(piece)) for piece in old)]
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            lines = _lines("".join(old[first:last]))
            yield from _line_hunks(lines, _lines("".join(new[new_first:new_last])), above[first])


def _line_hunks(old: Sequence[str], new: list[str], above: int) -> Iterator[_Hunk]:
    for tag, first, last, new_first, new_last in SequenceMatcher(
        None, old, new, autojunk=len(old) > _MANY
    ).get_opcodes():
        if tag != "equal":
            yield first + above, last + above, new[new_first:new_last]


_MANY = 2_000
"""Lines, of which each is not compared with each."""
