"""Which items of a list became which, so that what people wrote beside one of them stays beside it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias

Pair: TypeAlias = tuple[int | None, int | None]
"""Position before and after; None where an item is new or gone."""


def aligned(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Pair]:
    """Return the pairs in their order: equal items belong together first, then those that are most alike."""
    matcher = SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
    for _, first, last, new_first, new_last in matcher.get_opcodes():
        candidates = list(range(first, last))
        for new in range(new_first, new_last):
            if not candidates:
                yield None, new
                continue
            likest = max(candidates, key=lambda old, new=new: _likeness(before[old], after[new]))  # type: ignore[misc]
            while candidates[0] != likest:
                yield candidates.pop(0), None
            yield candidates.pop(0), new
        for old in candidates:
            yield old, None


def _keys(items: Sequence[Any]) -> list[str]:
    return [json.dumps(item, sort_keys=True, default=str) for item in items]


def _likeness(before: Any, after: Any) -> int:
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return 0
    return sum(before[name] == value for name, value in after.items() if name in before)
