"""Writing and reading what was found out: incidents, zones, diagnoses, and what official pages said."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from manara.history.batch import Batch
from manara.history.documents import text_of, thing_of
from manara.history.moments import FOREVER, moment_of, ms_of, ms_or_none
from manara.history.reader import Reader
from manara.history.store import Store
from manara.model import Diagnosis, Happening, Incident, OfficialWord, Stage, Window, Zone

LONGEST_POST = 4_000

Thing = TypeVar("Thing")


def write_found_out(store: Store, batch: Batch) -> None:
    """Write that part of a batch; within the transaction of the whole."""
    connection = store.connection
    for incident in batch.incidents.values():
        _write_incident(store, incident)
    for merged in batch.merged:
        _remove_incident(store, merged)
    connection.executemany(
        "INSERT OR REPLACE INTO zones VALUES (?, ?, ?)",
        [(host, ms_of(zone.learned_at), text_of(zone)) for host, zone in batch.zones.items()],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO official_posts VALUES (?, ?, ?, ?, ?, ?)",
        [
            (_clean(page), _clean(incident), ms_of(at), _clean(state), _clean(title), _clean(post))
            for (page, incident, at, state), (title, post) in batch.posts.items()
        ],
    )
    for service_id, diagnosis in batch.diagnoses.items():
        _found(store, service_id, "diagnosis", None if diagnosis is None else text_of(diagnosis))
    for service_id, word in batch.official.items():
        _found(store, service_id, "official", text_of(word))


def incidents(reader: Reader, window: Window | None, service_id: str | None, most: int) -> tuple[Incident, ...]:
    """Return the incidents that reach into a window (None: all), of one service or of all, the newest first."""
    begin, until = (0, FOREVER) if window is None else (ms_of(window.begin), ms_of(window.end))
    number = None if service_id is None else reader.number(service_id)
    rows = reader.connection.execute(
        "SELECT id, document FROM incidents WHERE began < :until AND ifnull(ended, :until) > :begin "
        "AND (:service IS NULL OR id IN (SELECT incident_id FROM incident_services WHERE service_id = :service)) "
        "ORDER BY began DESC, id DESC LIMIT :most",
        {"until": until, "begin": begin, "service": number, "most": most},
    ).fetchall()
    found = (_incident(reader, number, document) for number, document in rows)
    return tuple(incident for incident in found if incident is not None)


def open_incidents(reader: Reader) -> tuple[Incident, ...]:
    """Return the incidents that go on, or went on when somebody last looked, the oldest first."""
    rows = reader.connection.execute("SELECT id, document FROM incidents WHERE ended IS NULL ORDER BY began, id")
    found = (_incident(reader, number, document, notes=False) for number, document in rows.fetchall())
    return tuple(incident for incident in found if incident is not None)


def zones(reader: Reader) -> Mapping[str, Zone]:
    """Return who answered for each name on the last healthy day."""
    rows = reader.connection.execute("SELECT host, document FROM zones")
    return {host: zone for host, document in rows if (zone := _known(Zone, document)) is not None}


def found_out(reader: Reader, service_id: str) -> tuple[Diagnosis | None, OfficialWord | None]:
    """Return what was last found out about a service that still holds, and what its operator last said."""
    row = reader.connection.execute(
        "SELECT diagnosis, official FROM found_out JOIN services ON services.id = service_id WHERE service = ?",
        (service_id,),
    ).fetchone()
    return (None, None) if row is None else (_known(Diagnosis, row[0]), _known(OfficialWord, row[1]))


def posts(reader: Reader, page: str, window: Window) -> tuple[tuple[datetime, str, str, str], ...]:
    """Return what an official page said in a window: moment, title, state and text, the newest first."""
    rows = reader.connection.execute(
        "SELECT at, title, state, post FROM official_posts WHERE page = ? AND at >= ? AND at < ? ORDER BY at DESC",
        (page, ms_of(window.begin), ms_of(window.end)),
    )
    return tuple((moment_of(at), title, state, post) for at, title, state, post in rows)


def _write_incident(store: Store, incident: Incident) -> None:
    ended = incident.ended
    row = (incident.id, ms_of(incident.began.by), ms_or_none(ended.by if ended else None), text_of(incident))
    store.connection.execute(
        "INSERT INTO incidents (incident, began, ended, document) VALUES (?, ?, ?, ?) ON CONFLICT (incident) "
        "DO UPDATE SET began = excluded.began, ended = excluded.ended, document = excluded.document",
        row,
    )
    (number,) = store.connection.execute("SELECT id FROM incidents WHERE incident = ?", (incident.id,)).fetchone()
    store.connection.execute("DELETE FROM incident_services WHERE incident_id = ?", (number,))
    store.connection.executemany(
        "INSERT OR IGNORE INTO incident_services VALUES (?, ?)",
        [(store.service(service_id), number) for service_id in incident.service_ids],
    )


def _remove_incident(store: Store, incident: str) -> None:
    for statement in (
        "DELETE FROM incident_services WHERE incident_id = (SELECT id FROM incidents WHERE incident = ?)",
        "DELETE FROM incident_notes WHERE incident_id = (SELECT id FROM incidents WHERE incident = ?)",
        "DELETE FROM incidents WHERE incident = ?",
    ):
        store.connection.execute(statement, (incident,))


def _found(store: Store, service_id: str, column: str, text: str | None) -> None:
    store.connection.execute(
        f"INSERT INTO found_out (service_id, {column}) VALUES (?, ?) "  # noqa: S608 - a column of our schema
        f"ON CONFLICT (service_id) DO UPDATE SET {column} = excluded.{column}",
        (store.service(service_id), text),
    )


def _incident(reader: Reader, number: int, document: str, *, notes: bool = True) -> Incident | None:
    """Return an incident with the user's notes in its timeline; None for one that only a later version can read."""
    incident = _known(Incident, document)
    if incident is None or not notes:
        return incident
    rows = reader.connection.execute("SELECT at, note FROM incident_notes WHERE incident_id = ? ORDER BY id", (number,))
    told = [Happening(moment_of(at), Stage.NOTE, text=note) for at, note in rows]
    timeline = sorted((*incident.timeline, *told), key=lambda happening: happening.at)
    return replace(incident, timeline=tuple(timeline)) if told else incident


def _known(kind: type[Thing], text: str | None) -> Thing | None:
    if text is None:
        return None
    try:
        return thing_of(kind, text)
    except ValueError:
        return None


def _clean(text: str) -> str:
    """Return a remote text as a file can hold it: without the halves of characters that servers may send."""
    return text[:LONGEST_POST].encode(errors="replace").decode()
