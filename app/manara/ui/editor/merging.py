"""What the user changed in the form and what was changed in the file meanwhile, put together. Pure.

Only options that the user touched are written; where both sides changed the same one, the user's stands and the other
is told. Checks have no names: one of them is known again by what it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from manara.ui.editor.draft import merged

Table: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Both:
    """An option that both sides changed, each to something else."""

    option: str
    theirs: Any
    """What the file says; None where the option is gone from it."""
    check: str = ""
    """The type of the check, as in the settings; empty for an option of the service itself."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What there is to write, and where one side could not have it all."""

    table: dict[str, Any]
    both: tuple[Both, ...] = ()
    brought_back: tuple[Table, ...] = ()
    """Checks that the user changed and the file has no more: they are written again."""
    kept: tuple[Table, ...] = ()
    """Checks that the user removed and the file has changed: they stay."""


def merge(base: Table, mine: Table, theirs: Table) -> Merge:
    """Return what comes of two versions of a service that began as the same one."""
    both = _changed_by_both(base, mine, theirs)
    table = merged(theirs, _without_checks(base), _without_checks(mine))
    checks = [each.get("checks", []) for each in (base, mine, theirs)]
    if checks[1] == checks[0]:
        return Merge(table, tuple(both))
    found = _merge_checks(*checks)
    return Merge({**table, "checks": found.checks}, (*both, *found.both), tuple(found.brought_back), tuple(found.kept))


def known_again(before: Sequence[Table], after: Sequence[Table]) -> dict[int, int]:
    """Return which check each was before, by positions; one that is new is not in it."""
    pairs = [
        (_likeness(old, new), -abs(was - now), now, was)
        for now, new in enumerate(after)
        for was, old in enumerate(before)
    ]
    found: dict[int, int] = {}
    for alike, distance, now, was in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        # With nothing in common but the type, it is the same one only in the same place.
        if alike > (0 if distance == 0 else 1) and now not in found and was not in found.values():
            found[now] = was
    return found


@dataclass(frozen=True, slots=True)
class _Checks:
    checks: list[Table]
    both: list[Both]
    brought_back: list[Table]
    kept: list[Table]


def _merge_checks(base: Sequence[Table], mine: Sequence[Table], theirs: Sequence[Table]) -> _Checks:
    found = _Checks([], [], [], [])
    of_mine, of_theirs = known_again(base, mine), known_again(base, theirs)
    in_theirs = {was: theirs[now] for now, was in of_theirs.items()}
    for now, check in enumerate(mine):
        was = of_mine.get(now)
        if was is None:
            found.checks.append(check)
        elif was in in_theirs:
            found.checks.append(merged(in_theirs[was], base[was], check))
            found.both.extend(_changed_by_both(base[was], check, in_theirs[was], str(check["type"])))
        elif check != base[was]:
            found.checks.append(check)
            found.brought_back.append(check)
    left_to_me = set(of_mine.values())
    for now, check in enumerate(theirs):
        was = of_theirs.get(now)
        if was is None and check not in mine:
            found.checks.append(check)
        elif was is not None and was not in left_to_me and check != base[was]:
            found.checks.append(check)
            found.kept.append(check)
    return found


def _changed_by_both(base: Table, mine: Table, theirs: Table, check: str = "") -> list[Both]:
    names = (name for name in {**base, **mine, **theirs} if name != "checks")
    return [
        Both(name, theirs.get(name), check)
        for name in names
        if base.get(name) not in (mine.get(name), theirs.get(name)) and mine.get(name) != theirs.get(name)
    ]


def _likeness(one: Table, other: Table) -> int:
    """Return how many options are the same; nothing is alike in checks of different types."""
    if one.get("type") != other.get("type"):
        return 0
    # Those that are the same in all belong together before all others.
    return sum(bool(other.get(name) == value) for name, value in one.items()) + (1000 if one == other else 0)


def _without_checks(table: Table) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name != "checks"}
