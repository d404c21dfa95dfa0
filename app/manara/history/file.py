"""The file on the disk: opened, checked, migrated, set aside when it is damaged. Nothing here knows what it means."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from manara.history.salvage import salvage
from manara.history.schema import MIGRATIONS, Migration

NAME = "history.sqlite3"

SPOILT = (ValueError, TypeError, LookupError, OverflowError)
"""What a row leads to in which a bad disk has changed a number: SQLite does not find that."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NO_LOG_POSSIBLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
_BESIDE = ("-wal", "-shm")
"""What SQLite adds to the name for the files that it keeps beside the one with the data."""


class NewerHistory(Exception):  # noqa: N818 - it names what the file is
    """The file was made by a newer version of the program; it is left alone. Its text is a sentence."""


class DamagedHistory(Exception):  # noqa: N818 - it names a state of the file
    """The file is not what SQLite wrote. Its text says what SQLite found."""


def open_for_writing(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Open the file, make it if it is missing, and bring it to the newest version, after a backup.

    Raise `DamagedHistory`, `NewerHistory`, or `sqlite3.Error` where the system does not allow it.
    """
    _prepare(path, migrations)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        # That SQLite does not understand such plain words is the fault of the file.
        with damage_told(sqlite3.SQLITE_ERROR):
            connection.execute("PRAGMA journal_mode = WAL")
            # What was flushed is on the disk: the log is synced at the end of each transaction.
            connection.execute("PRAGMA synchronous = FULL")
            # Small parts of the log are moved into the file often, so that no flush has to wait for a large one.
            connection.execute("PRAGMA wal_autocheckpoint = 200")
            _refuse_damaged(connection)
        with damage_told():
            _migrate(connection, path, migrations)
            _refuse_strange(connection, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing file without ever writing to it; raise `sqlite3.Error` or `NewerHistory`."""
    connection = _connect_read_only(path)
    try:
        _refuse_newer(connection, path, MIGRATIONS)
    except BaseException:
        connection.close()
        raise
    return connection


def set_aside(path: Path, now: datetime) -> tuple[Path, int]:
    """Give a damaged file a dated name, and put a new one in its place with what can be read of it.

    Return the dated name and the number of rows that were saved.
    """
    aside, fresh = _dated(path, now), _fresh(path)
    saved = 0
    for suffix in ("", *_BESIDE):
        _beside(fresh, suffix).unlink(missing_ok=True)
    if path.is_file():
        saved = _salvage(path, fresh)
    # The file itself goes last: where it is missing, the new one is complete and takes its place at the next opening.
    for suffix in (*_BESIDE, ""):
        with suppress(FileNotFoundError):
            _beside(path, suffix).replace(_beside(aside, suffix))
    with suppress(FileNotFoundError):
        fresh.replace(path)
    return aside, saved


def _dated(path: Path, now: datetime) -> Path:
    name = f"{path.name}.damaged-{now.astimezone(UTC):%Y-%m-%d-%H%M%S}"
    wished = (path.with_name(f"{name}-{number}" if number else name) for number in count())
    return next(free for free in wished if not free.exists())


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _salvage(path: Path, fresh: Path) -> int:
    with closing(_connect_read_only(path)) as old:
        version = len(MIGRATIONS)
        with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
            version = _version(old) or version
        # The rows are those of the old version; the next opening brings them to the newest.
        with closing(open_for_writing(fresh, MIGRATIONS[:version])) as new:
            saved = salvage(old, new)
            # Closing does so as well, but says nothing when the disk is full.
            new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return saved


@contextmanager
def damage_told(*more_codes: int) -> Iterator[None]:
    """Turn SQLite's complaints about the content of a file, and errors of more codes, into `DamagedHistory`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # Errors that SQLite itself did not raise have no code; of the extended codes the last byte is the kind.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (*_DAMAGED, *more_codes):
            raise DamagedHistory(str(error)) from error
        raise
    except UnicodeDecodeError as error:
        # Python cannot read what SQLite says: a name of the file's tables is damaged.
        raise DamagedHistory("the names of its tables cannot be read") from error


def _connect_read_only(path: Path) -> sqlite3.Connection:
    def connect(mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
        try:
            with suppress(DamagedHistory), damage_told(sqlite3.SQLITE_ERROR):
                connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    try:
        return connect("mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _NO_LOG_POSSIBLE:
            raise
        # In a folder that cannot be written, SQLite has no room for the index of its log. Nobody writes there either.
        return connect("mode=ro&immutable=1")


def _prepare(path: Path, migrations: Sequence[Migration]) -> None:
    """Refuse what must not be opened for writing; make a missing file, for its owner alone: it tells about people."""
    if path.is_dir():
        raise DamagedHistory(f"{path.name} is a folder")
    if not path.exists():
        try:
            # The program ended while it set a damaged file aside.
            _fresh(path).replace(path)
        except FileNotFoundError:
            path.touch(mode=0o600)
    # By a connection that cannot write: a file of a newer version stays as it is to the last byte.
    with damage_told(sqlite3.SQLITE_ERROR), closing(_connect_read_only(path)) as existing:
        _refuse_newer(existing, path, migrations)


def _refuse_damaged(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise DamagedHistory(found)


def _refuse_strange(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Refuse a file in which a column is missing: another program's, or one whose description is damaged."""
    with closing(sqlite3.connect(":memory:")) as model:
        for migration in migrations:
            migration(model)
        missing = _columns(model) - _columns(connection)
    if missing:
        raise DamagedHistory(f"it has no {min(missing).decode()}")


def _columns(connection: sqlite3.Connection) -> set[bytes]:
    # As bytes, since damaged names are no text.
    rows = connection.execute(
        "SELECT CAST(tables.name || ' ' || columns.name AS BLOB) FROM sqlite_schema AS tables, "
        "pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"
    )
    return {name for (name,) in rows}


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    version = _version(connection)
    if 0 < version < len(migrations):
        copy = path.with_name(f"{path.name}.version-{version}")
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(copy)) as backup:
            connection.backup(backup)
    if version == 0:
        # A new file waits for the disk once.
        _take_steps(connection, migrations, len(migrations))
        return
    for number, migration in enumerate(migrations[version:], version + 1):
        _take_steps(connection, (migration,), number)


def _take_steps(connection: sqlite3.Connection, steps: Sequence[Migration], version: int) -> None:
    """Take these steps, which lead to a version, or none of them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps:
            step(connection)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has already ended the transaction.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _refuse_newer(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    version = _version(connection)
    if version > len(migrations):
        raise NewerHistory(
            f"{path} was written by a newer Manara (version {version} of the file; this one knows {len(migrations)})."
        )
