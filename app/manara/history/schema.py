"""The tables, and the numbered steps that lead from each version of them to the next.

To change a table: append a step to `MIGRATIONS`, and add a file of the new version to `tests/history/made_by`.
Moments are milliseconds since 1970 UTC, latencies tenths of a millisecond. Verdicts, causes and layers are kept as
numbers of `words`, so that a file outlives a change of the program's enums.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import TypeAlias

Migration: TypeAlias = Callable[[sqlite3.Connection], None]
"""Changes the tables within a transaction that the caller ends."""


def _first_tables(connection: sqlite3.Connection) -> None:
    for statement in _FIRST_TABLES.split(";\n"):
        connection.execute(statement)


def _tables_of_diagnosis(connection: sqlite3.Connection) -> None:
    """Incidents as they came to be: those of version 1 were never filled."""
    for statement in _TABLES_OF_DIAGNOSIS.split(";\n"):
        connection.execute(statement)


MIGRATIONS: Sequence[Migration] = (_first_tables, _tables_of_diagnosis)
"""The step at position n leads from version n to version n + 1; version 0 is an empty file."""

VERSION = len(MIGRATIONS)

_FIRST_TABLES = """
CREATE TABLE words (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
);

CREATE TABLE services (
    id INTEGER PRIMARY KEY,
    service TEXT NOT NULL UNIQUE,           -- the id of the settings
    name TEXT NOT NULL,
    removed_at INTEGER                      -- when the user removed it from the settings; NULL while it is in them
);

CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    service_id INTEGER NOT NULL,
    type TEXT NOT NULL,
    target TEXT NOT NULL,
    ordinal INTEGER NOT NULL,               -- tells checks of the same type and target apart
    rolled_until INTEGER NOT NULL,          -- looks before this moment are in the roll-ups
    UNIQUE (service_id, type, target, ordinal)
);

-- One row for each look, and most of the file: the columns are as few and as small as possible.
CREATE TABLE samples (
    check_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    reason INTEGER,                         -- word; NULL for a good look, negative for an excused failure
    total INTEGER,
    phases BLOB,                            -- four packed numbers, each a duration + 1, or 0 for a phase not reached
    PRIMARY KEY (check_id, at)
) WITHOUT ROWID;

CREATE TABLE rollups (
    check_id INTEGER NOT NULL,
    unit INTEGER NOT NULL,                  -- seconds: 60, 3600 or 86400
    begin INTEGER NOT NULL,                 -- in units
    looks INTEGER NOT NULL,
    failures BLOB,                          -- packed numbers: word of the layer and count, one pair after the other
    p50 INTEGER, p90 INTEGER, p99 INTEGER,  -- of the bins, ready for a chart
    longest INTEGER NOT NULL,
    bins BLOB NOT NULL,
    phases BLOB NOT NULL,                   -- packed sums: sum and count of the four phases
    PRIMARY KEY (check_id, unit, begin)
) WITHOUT ROWID;

-- The spans of one service never overlap.
CREATE TABLE spans (
    service_id INTEGER NOT NULL,
    begin INTEGER NOT NULL,
    until INTEGER NOT NULL,
    after INTEGER,                          -- the last look that showed what was before
    verdict INTEGER NOT NULL,
    cause INTEGER,
    PRIMARY KEY (service_id, begin)
) WITHOUT ROWID;

-- What holds now. All open spans end with the last watch, so that one row is written and not one for each service.
CREATE TABLE open_spans (
    service_id INTEGER PRIMARY KEY,
    begin INTEGER NOT NULL,
    after INTEGER,
    verdict INTEGER NOT NULL,
    cause INTEGER,
    since_after INTEGER, since_by INTEGER   -- when the verdict began; the cause may have changed later
);

-- From when until when somebody was looking at all.
CREATE TABLE watches (
    id INTEGER PRIMARY KEY,                 -- in the order of writing: a clock that was set back turns their beginnings
    begin INTEGER NOT NULL UNIQUE,
    until INTEGER NOT NULL,
    ended INTEGER                           -- word; NULL while it goes on, and after a crash
);

CREATE TABLE transitions (
    service_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    after INTEGER,
    before INTEGER NOT NULL,
    verdict INTEGER NOT NULL,
    cause INTEGER,
    PRIMARY KEY (service_id, at, verdict)
) WITHOUT ROWID;

CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    started_after INTEGER,
    started_by INTEGER NOT NULL,
    ended INTEGER,
    cause_layer INTEGER,
    cause_kind TEXT NOT NULL DEFAULT '',
    cause_value TEXT NOT NULL DEFAULT '',
    timeline TEXT NOT NULL DEFAULT '[]'     -- JSON
);

CREATE TABLE incident_services (
    incident_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    PRIMARY KEY (incident_id, service_id)
) WITHOUT ROWID;

-- What good looks saw, for comparison on bad days.
CREATE TABLE facts (
    check_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    PRIMARY KEY (check_id, kind, value)
) WITHOUT ROWID;

CREATE TABLE labels (
    id INTEGER PRIMARY KEY,
    service_id INTEGER NOT NULL,
    begin INTEGER NOT NULL,
    until INTEGER NOT NULL,
    verdict INTEGER NOT NULL,
    note TEXT NOT NULL
);

CREATE TABLE lines (
    at INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,
    witnesses TEXT NOT NULL                 -- JSON
);

-- The last look at each check, in words: rows of `samples` have no room for them.
CREATE TABLE latest (
    check_id INTEGER PRIMARY KEY,
    document TEXT NOT NULL                  -- JSON
)
"""

_TABLES_OF_DIAGNOSIS = """
DROP TABLE incident_services;

DROP TABLE incidents;

CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    incident TEXT NOT NULL UNIQUE,          -- its word
    began INTEGER NOT NULL,
    ended INTEGER,                          -- NULL while it goes on
    document TEXT NOT NULL                  -- JSON: everything that is known of it
);

CREATE INDEX incidents_by_beginning ON incidents (began);

CREATE TABLE incident_services (
    service_id INTEGER NOT NULL,
    incident_id INTEGER NOT NULL,
    PRIMARY KEY (service_id, incident_id)
) WITHOUT ROWID;

-- What the user wrote about an incident.
CREATE TABLE incident_notes (
    id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL
);

-- Who answered for a name on a healthy day.
CREATE TABLE zones (
    host TEXT PRIMARY KEY,
    learned INTEGER NOT NULL,
    document TEXT NOT NULL                  -- JSON
) WITHOUT ROWID;

-- What official pages said, each statement once.
CREATE TABLE official_posts (
    page TEXT NOT NULL,                     -- its address for people
    incident TEXT NOT NULL,                 -- the page's own id of it
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    post TEXT NOT NULL,
    PRIMARY KEY (page, incident, at, state)
) WITHOUT ROWID;

-- What was last found out about a service, and what its operator last said; JSON, NULL where nothing holds.
CREATE TABLE found_out (
    service_id INTEGER PRIMARY KEY,
    diagnosis TEXT,
    official TEXT
)
"""
