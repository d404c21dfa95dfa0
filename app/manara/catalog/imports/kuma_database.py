"""The database of Uptime Kuma 2, `kuma.db`: read on a copy, since opening the original could change it.

The copy takes the log beside it (`-wal`) along, where the latest changes stand while Kuma runs. The file may come from
anybody: its tables must be tables, and whatever SQLite does for it is bounded.
"""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from manara.catalog.imports.draft import Draft
from manara.catalog.imports.kuma import KumaMonitors
from manara.catalog.imports.preview import Note, Why
from manara.catalog.imports.refusal import ImportRefused
from manara.catalog.imports.source import size_of
from manara.catalog.imports.steps import Steps
from manara.wording.translation import mark

MAX_BYTES = 4 * 1024**3
"""Kuma keeps every heartbeat of a year in it, so that it may be large."""
_CHUNK = 8 * 1024**2
_MOST_TRIES = 5
_MOST_ROWS = 20_000
_LONGEST_VALUE = 4 * 1024**2
_STEP = 100_000
_MOST_STEPS = 20_000
"""Of `_STEP` instructions each: many seconds, and far more than any real file needs."""

# The names of the backup, where they differ from those of the columns.
_NAMES: Mapping[str, str] = {
    "accepted_statuscodes_json": "accepted_statuscodes",
    "auth_method": "authMethod",
    "cache_bust": "cacheBust",
    "database_connection_string": "databaseConnectionString",
    "expected_value": "expectedValue",
    "expiry_notification": "expiryNotification",
    "grpc_url": "grpcUrl",
    "ignore_tls": "ignoreTls",
    "invert_keyword": "invertKeyword",
    "ip_family": "ipFamily",
    "json_path": "jsonPath",
    "json_path_operator": "jsonPathOperator",
    "kafka_producer_brokers": "kafkaProducerBrokers",
    "packet_size": "packetSize",
    "proxy_id": "proxyId",
    "rabbitmq_nodes": "rabbitmqNodes",
    "resend_interval": "resendInterval",
    "retry_interval": "retryInterval",
    "upside_down": "upsideDown",
}


def drafts_of_database(path: Path, steps: Steps) -> tuple[list[Draft], list[Note]]:
    """Return a draft for each monitor; raise `ImportRefused` when the file cannot be read as Kuma's."""
    with tempfile.TemporaryDirectory(prefix="manara-import-") as folder:
        copy = _copied(path, Path(folder), steps)
        try:
            with _opened(copy, steps) as connection:
                monitors = _rows(connection, "monitor")
                if not monitors:
                    _require_monitors(connection)
                tags = _tags(connection)
                rows = [_as_backup(monitor, tags) for monitor in monitors]
                drafts = KumaMonitors(rows, _rows(connection, "proxy")).drafts()
                notes = [Note(Why.ALERTING, "notification")] if _rows(connection, "notification") else []
        except sqlite3.DatabaseError as error:
            steps.tell(0, 1)
            raise ImportRefused(
                mark("{file} is damaged or not a database of Uptime Kuma: {reason}."), file=path.name, reason=error
            ) from error
    return drafts, notes


def _copied(path: Path, folder: Path, steps: Steps) -> Path:
    """Copy the database with its log, both of one moment."""
    log = path.with_name(path.name + "-wal")
    copy = folder / "kuma.db"
    try:
        for _ in range(_MOST_TRIES):
            before = _versions(path, log)
            _copy(path, copy, steps)
            if log.is_file():
                _copy(log, copy.with_name("kuma.db-wal"), steps)
            if _versions(path, log) == before:
                return copy
    except OSError as error:
        reason = error.strerror or "it went away"
        raise ImportRefused(mark("{file} cannot be copied: {reason}."), file=path.name, reason=reason) from error
    raise ImportRefused(
        mark("{file} is being written all the time; stop Uptime Kuma or import a copy."), file=path.name
    )


def _versions(path: Path, log: Path) -> tuple[tuple[int, int] | None, ...]:
    versions: list[tuple[int, int] | None] = []
    for file in (path, log):
        try:
            status = file.stat()
            versions.append((status.st_mtime_ns, status.st_size))
        except FileNotFoundError:
            versions.append(None)
    return tuple(versions)


def _copy(source: Path, target: Path, steps: Steps) -> None:
    size = size_of(source)
    if size > MAX_BYTES:
        sentence = mark("{file} is larger than {limit} GiB, so it is not read.")
        raise ImportRefused(sentence, file=source.name, limit=MAX_BYTES // 1024**3)
    with source.open("rb") as reading, target.open("wb") as writing:
        copied = 0
        # What grows as fast as it is copied would never end; it is noticed by its version afterwards.
        while chunk := reading.read(min(_CHUNK, size - copied)):
            copied += writing.write(chunk)
            steps.tell(copied, size)


@contextmanager
def _opened(path: Path, steps: Steps) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda content: content.decode(errors="replace")
        spent = 0

        def keep_on() -> bool:
            nonlocal spent
            spent += 1
            return spent > _MOST_STEPS or steps.cancelled

        connection.set_progress_handler(keep_on, _STEP)
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table; none where there is no such table, or something else of that name."""
    found = connection.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    if found is None or found["type"] != "table":
        return []
    # The name is one of this file's own.
    rows = connection.execute(f"SELECT * FROM {table} LIMIT {_MOST_ROWS}")  # noqa: S608
    return [{name: row[name] for name in row.keys()} for row in rows]  # noqa: SIM118 - a Row iterates over values


def _require_monitors(connection: sqlite3.Connection) -> None:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'monitor' AND type = 'table'").fetchone()
    if found is None:
        raise sqlite3.DatabaseError("it has no monitors")


def _tags(connection: sqlite3.Connection) -> dict[object, list[dict[str, Any]]]:
    names = {tag.get("id"): tag.get("name") for tag in _rows(connection, "tag")}
    tags: dict[object, list[dict[str, Any]]] = {}
    for link in _rows(connection, "monitor_tag"):
        tag = {"name": names.get(link.get("tag_id")), "value": link.get("value")}
        tags.setdefault(link.get("monitor_id"), []).append(tag)
    return tags


def _as_backup(row: Mapping[str, Any], tags: Mapping[object, list[dict[str, Any]]]) -> dict[str, Any]:
    monitor = {_NAMES.get(name, name): value for name, value in row.items()}
    monitor["tags"] = tags.get(row.get("id"), [])
    statuses = monitor.get("accepted_statuscodes")
    if isinstance(statuses, str):
        monitor["accepted_statuscodes"] = statuses.strip("[] ").replace('"', "").split(",")
    return monitor
