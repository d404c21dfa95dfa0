"""What the first run writes: one table for each chosen service, each with an id of its own. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from typing import Any

from manara.model import MAX_ID


def with_own_ids(tables: Iterable[Mapping[str, Any]], taken: Iterable[str]) -> tuple[Mapping[str, Any], ...]:
    """Return the tables, none with the id of another or one that is taken: what comes later gets a number."""
    ids = set(taken)
    made: list[Mapping[str, Any]] = []
    for table in tables:
        service_id = next(each for each in _numbered(str(table["id"])) if each not in ids)
        ids.add(service_id)
        made.append({**table, "id": service_id})
    return tuple(made)


def _numbered(stem: str) -> Iterator[str]:
    endings = (f"-{number}" for number in count(2))
    return chain([stem], (stem[: MAX_ID - len(ending)] + ending for ending in endings))
