"""What can be read of a damaged file, copied into a new one.

Rows that belong to one service or check are read by themselves, so that a bad page costs only its own rows: forwards
until it is met, then backwards from the end. The few rows that all others refer to are in an index a second time.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from types import NoneType

_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The second is what becomes of SQLite's words about a name that is damaged itself."""

_KINDS = {"INTEGER": (int, NoneType), "TEXT": (str, NoneType), "BLOB": (bytes, NoneType)}
"""What a column may hold; SQLite itself does not mind when damage has made a text of a number."""

_OWNERS = {"check_id": "checks", "service_id": "services"}

_FROM_INDEX = {
    "words": "SELECT id, word FROM words INDEXED BY sqlite_autoindex_words_1",
    "services": "SELECT id, service, service, NULL FROM services INDEXED BY sqlite_autoindex_services_1",
    # Looks up to the end of the newest roll-up are in it: no look must be counted twice.
    "checks": "SELECT id, service_id, type, target, ordinal, ifnull((SELECT max((begin + 1) * unit) * 1000 "
    "FROM rollups WHERE check_id = id), 0) FROM checks INDEXED BY sqlite_autoindex_checks_1",
}
"""Tables without which nothing else could be read, from their index alone. The name of a service is told anew."""


def salvage(old: sqlite3.Connection, new: sqlite3.Connection) -> int:
    """Copy rows from one file into another with the same tables; return how many."""
    saved = 0
    for (table,) in new.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").fetchall():
        kinds = [_KINDS[kind] for _, _, kind, *_ in new.execute(f"PRAGMA table_info({table})")]
        insertion = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(kinds))})"  # noqa: S608 - our schema
        new.execute("BEGIN IMMEDIATE")
        for row in _readable_rows(old, new, table):
            if all(map(isinstance, row, kinds)):
                saved += new.execute(insertion, row).rowcount
        new.execute("COMMIT")
    return saved


def _readable_rows(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...]]:
    columns = new.execute(f"PRAGMA table_info({table})").fetchall()
    key = [name for _, name, *_, position in sorted(columns, key=lambda column: column[-1]) if position]
    owner = _OWNERS.get(key[0])
    if owner is None:
        return _both_ways(old, table, key, "1", ())
    owners = new.execute(f"SELECT id FROM {owner}").fetchall()  # noqa: S608 - a name of our schema
    return chain.from_iterable(_both_ways(old, table, key, f"{key[0]} = ?", number) for number in owners)


def _both_ways(
    old: sqlite3.Connection, table: str, key: list[str], condition: str, parameters: tuple[object, ...]
) -> Iterator[tuple[object, ...]]:
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{name} {direction}" for name in key)
        with suppress(*_UNREADABLE):
            # Not read at once: what comes before the bad page counts.
            select = f"SELECT * FROM {table} WHERE {condition} ORDER BY {order}"  # noqa: S608 - names of our schema
            yield from old.execute(select, parameters)
            return
    if table in _FROM_INDEX:
        with suppress(*_UNREADABLE):
            yield from old.execute(_FROM_INDEX[table])
