"""What is done between two flushes, in steps of a few milliseconds: summing looks up, and dropping what is too old.

A step that is interrupted is repeated, since each is one transaction; the next run goes on where the last one ended.
"""

import time
from collections.abc import Iterator

from manara.history.rollup import DAY_S, HOUR_S, MINUTE_S, add_to_rollups
from manara.history.store import Store

STEP_S = 0.01
"""Longest time for the work of one step; a flush that comes in between waits no longer than that and one commit."""
EVERY_MS = 300_000
"""How often there is something to do."""
LATE_MS = 60_000
"""Looks are summed up so long after they began, so that few come late."""
SETTLED_MS = 600_000
"""Nothing is dropped before the clock has gone on for so long without a jump; a computer may start with a wrong one."""

_DAY_MS = DAY_S * 1000
KEEP_MS = {MINUTE_S: 2 * _DAY_MS, HOUR_S: 90 * _DAY_MS, DAY_S: 5 * 365 * _DAY_MS}
"""How long roll-ups are kept, by their unit in seconds."""
KEEP_REMOVED_MS = 7 * _DAY_MS
"""How long the past of a service stays after the user has removed it, in case that he thinks better of it."""
KEEP_POSTS_MS = 365 * _DAY_MS
"""How long the statements of official pages are kept."""
KEEP_ZONES_MS = 90 * _DAY_MS
"""How long it is remembered who answered for a name that nobody looks up any more."""
KEEP_FACTS = 50
"""Values of one kind that are remembered for a check: a name may lead to new addresses every day."""
_ROWS = 500
"""Rows for one small piece of work: a few milliseconds."""
_LOOKS = 100
"""Looks for one: each brings a row of its own into the roll-ups."""


class Housekeeping:
    """Keeps one store small and summed up."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection = store.connection
        self._work: Iterator[None] | None = None
        self._next_ms = 0

    def step(self, now_ms: int, keep_looks_ms: int) -> bool:
        """Do a little; return whether there is more to do now. Raise `sqlite3.Error` with nothing of it done."""
        if self._work is None:
            if self._next_ms - EVERY_MS <= now_ms < self._next_ms:
                return False
            self._next_ms = now_ms + EVERY_MS
            self._work = self._pieces(now_ms, keep_looks_ms)
        until_s = time.monotonic() + STEP_S
        try:
            with self._store.transaction():
                while time.monotonic() < until_s:
                    if next(self._work, _DONE) is _DONE:
                        self._work = None
                        break
        except BaseException:
            self._work = None
            raise
        finally:
            self._store.rolled()
        return self._work is not None

    def _pieces(self, now_ms: int, keep_looks_ms: int) -> Iterator[None]:
        checks = self._connection.execute("SELECT id FROM checks ORDER BY id").fetchall()
        for (check_id,) in checks:
            yield from self._roll_up(check_id, now_ms - LATE_MS)
        if self._is_settled():
            for (check_id,) in checks:
                yield from self._drop_old(check_id, now_ms, keep_looks_ms)
            yield from self._drop_old_spans(now_ms - KEEP_MS[DAY_S])
            yield from self._drop_old_words(now_ms)
            yield from self._purge_removed(now_ms - KEEP_REMOVED_MS)

    def _is_settled(self) -> bool:
        """Return whether the clock has not jumped for a while: one that is years ahead must not make everything old."""
        (watched_ms,) = self._connection.execute(
            "SELECT max(until - begin) FROM watches WHERE ended IS NULL"
        ).fetchone()
        return watched_ms is not None and watched_ms >= SETTLED_MS

    def _roll_up(self, check_id: int, until_ms: int) -> Iterator[None]:
        while True:
            (rolled_until,) = self._connection.execute(
                "SELECT rolled_until FROM checks WHERE id = ?", (check_id,)
            ).fetchone()
            looks = self._connection.execute(
                "SELECT at, reason, total, phases FROM samples WHERE check_id = ? AND at >= ? AND at < ? "
                "ORDER BY at LIMIT ?",
                (check_id, rolled_until, until_ms, _LOOKS),
            ).fetchall()
            if not looks:
                return
            add_to_rollups(self._connection, self._store.words, check_id, looks)
            self._connection.execute("UPDATE checks SET rolled_until = ? WHERE id = ?", (looks[-1][0] + 1, check_id))
            yield

    def _drop_old(self, check_id: int, now_ms: int, keep_looks_ms: int) -> Iterator[None]:
        # What is not summed up yet must not go.
        yield from self._drop(
            "DELETE FROM samples WHERE check_id = :owner AND at IN (SELECT at FROM samples "
            "WHERE check_id = :owner AND at < min(:before, (SELECT rolled_until FROM checks WHERE id = :owner)) "
            "ORDER BY at LIMIT :rows)",
            {"owner": check_id, "before": now_ms - keep_looks_ms},
        )
        for unit_s, keep_ms in KEEP_MS.items():
            yield from self._drop(
                "DELETE FROM rollups WHERE check_id = :owner AND unit = :unit AND begin IN (SELECT begin FROM rollups "
                "WHERE check_id = :owner AND unit = :unit AND begin < :before ORDER BY begin LIMIT :rows)",
                {"owner": check_id, "unit": unit_s, "before": (now_ms - keep_ms) // (unit_s * 1000)},
            )
        yield from self._drop(
            "DELETE FROM facts WHERE check_id = :owner AND (kind, value) IN (SELECT kind, value FROM (SELECT kind, "
            "value, row_number() OVER (PARTITION BY kind ORDER BY last_seen DESC) AS place FROM facts "
            "WHERE check_id = :owner) WHERE place > :keep LIMIT :rows)",
            {"owner": check_id, "keep": KEEP_FACTS},
        )

    def _drop_old_spans(self, before_ms: int) -> Iterator[None]:
        for (service_id,) in self._connection.execute("SELECT id FROM services ORDER BY id").fetchall():
            for statement in (_OLD_SPANS, _OLD_TRANSITIONS):
                yield from self._drop(statement, {"owner": service_id, "before": before_ms})
        for statement in (_OLD_WATCHES, _OLD_LINES, _OLD_NOTES, _OLD_MEMBERS, _OLD_INCIDENTS):
            yield from self._drop(statement, {"before": before_ms})

    def _drop_old_words(self, now_ms: int) -> Iterator[None]:
        yield from self._drop(_OLD_POSTS, {"before": now_ms - KEEP_POSTS_MS})
        yield from self._drop(_OLD_ZONES, {"before": now_ms - KEEP_ZONES_MS})

    def _purge_removed(self, before_ms: int) -> Iterator[None]:
        removed = self._connection.execute("SELECT id FROM services WHERE removed_at < ?", (before_ms,)).fetchall()
        for (service_id,) in removed:
            # It may have come back since the last step: then what is left of it stays.
            for _ in self._purge(service_id):
                if not self._is_removed(service_id, before_ms):
                    break
                yield

    def _is_removed(self, service_id: int, before_ms: int) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM services WHERE id = ? AND removed_at < ?", (service_id, before_ms)
        ).fetchone()
        return found is not None

    def _purge(self, service_id: int) -> Iterator[None]:
        """Drop all that is known of a service, itself last: who is interrupted finds it again."""
        checks = self._connection.execute("SELECT id FROM checks WHERE service_id = ?", (service_id,)).fetchall()
        for (check_id,) in checks:
            for statement in _OF_A_CHECK:
                yield from self._drop(statement, {"owner": check_id})
        for statement in _OF_A_SERVICE:
            yield from self._drop(statement, {"owner": service_id})
        self._connection.execute("DELETE FROM services WHERE id = ?", (service_id,))
        self._store.purged()

    def _drop(self, statement: str, parameters: dict[str, int]) -> Iterator[None]:
        while self._connection.execute(statement, {**parameters, "rows": _ROWS}).rowcount >= _ROWS:
            yield
        yield


_DONE = object()

_OLD_SPANS = """
    DELETE FROM spans WHERE service_id = :owner AND begin IN (SELECT begin FROM spans
    WHERE service_id = :owner AND begin < :before AND until < :before ORDER BY begin LIMIT :rows)
"""
_OLD_TRANSITIONS = """
    DELETE FROM transitions WHERE service_id = :owner AND at IN
    (SELECT at FROM transitions WHERE service_id = :owner AND at < :before ORDER BY at LIMIT :rows)
"""
_OLD_WATCHES = """
    DELETE FROM watches WHERE begin IN
    (SELECT begin FROM watches WHERE begin < :before AND until < :before ORDER BY begin LIMIT :rows)
"""
_OLD_LINES = "DELETE FROM lines WHERE at IN (SELECT at FROM lines WHERE at < :before ORDER BY at LIMIT :rows)"

_OLD_NOTES = (
    "DELETE FROM incident_notes WHERE id IN (SELECT incident_notes.id FROM incident_notes JOIN incidents "
    "ON incidents.id = incident_id WHERE began < :before AND ended < :before LIMIT :rows)"
)
_OLD_MEMBERS = (
    "DELETE FROM incident_services WHERE (service_id, incident_id) IN (SELECT service_id, incident_id "
    "FROM incident_services JOIN incidents ON incidents.id = incident_id "
    "WHERE began < :before AND ended < :before LIMIT :rows)"
)
_OLD_INCIDENTS = (
    "DELETE FROM incidents WHERE id IN "
    "(SELECT id FROM incidents WHERE began < :before AND ended < :before ORDER BY began LIMIT :rows)"
)
_OLD_POSTS = (
    "DELETE FROM official_posts WHERE (page, incident, at, state) IN "
    "(SELECT page, incident, at, state FROM official_posts WHERE at < :before LIMIT :rows)"
)
_OLD_ZONES = "DELETE FROM zones WHERE host IN (SELECT host FROM zones WHERE learned < :before LIMIT :rows)"


def _some_of(table: str, owner: str, key: str) -> str:
    return (
        f"DELETE FROM {table} WHERE {owner} = :owner AND ({key}) IN "  # noqa: S608 - names of our schema
        f"(SELECT {key} FROM {table} WHERE {owner} = :owner LIMIT :rows)"
    )


_OF_A_CHECK = (
    _some_of("samples", "check_id", "at"),
    _some_of("rollups", "check_id", "unit, begin"),
    _some_of("facts", "check_id", "kind, value"),
    _some_of("latest", "check_id", "check_id"),
)
_OF_A_SERVICE = (
    _some_of("spans", "service_id", "begin"),
    _some_of("open_spans", "service_id", "service_id"),
    _some_of("transitions", "service_id", "at, verdict"),
    _some_of("incident_services", "service_id", "incident_id"),
    _some_of("labels", "service_id", "id"),
    _some_of("found_out", "service_id", "service_id"),
    _some_of("checks", "service_id", "id"),
)
