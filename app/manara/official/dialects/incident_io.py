"""incident.io: `/api/v2/summary.json` in the shape of Statuspage, or `/api/v1/summary`, made for widgets.

The latter lists what goes on; nothing going on is its way to say that all is well.
"""

from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import incident, post
from manara.official.dialects.statuspage import COMPONENTS, read_statuspage
from manara.official.told import NotItsFormat, Told, of_open
from manara.official.values import Entry, demanded_entries, demanded_entry, entries, line, names, state_of


def read_incident_io(answer: Answer) -> Told:
    """Return what either of the two documents says; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    if "ongoing_incidents" not in root:
        return read_statuspage(answer)
    if not line(root.get("page_title")):
        raise NotItsFormat("The page has no name")
    told = [_incident(each, answer.at) for each in demanded_entries(root.get("ongoing_incidents"))]
    told += [_maintenance(each, answer.at) for each in entries(root.get("in_progress_maintenances"))]
    return Told(of_open(told), line(root.get("page_title")), tuple(told))


def _incident(told: Entry, at: datetime) -> OfficialIncident:
    last = post(at, told.get("last_update_at"), told.get("last_update_message"), told.get("status"))
    return incident(
        at,
        key=told.get("id"),
        title=told.get("name"),
        state=state_of(told.get("current_worst_impact"), COMPONENTS),
        began=told.get("started_at") or told.get("created_at"),
        posts=[last],
        components=names(told.get("affected_components")),
        url=told.get("url"),
    )


def _maintenance(told: Entry, at: datetime) -> OfficialIncident:
    last = post(at, told.get("last_update_at"), told.get("last_update_message"), told.get("status"))
    return incident(
        at,
        key=told.get("id"),
        title=told.get("name"),
        state=OfficialState.MAINTENANCE,
        began=told.get("started_at"),
        posts=[last],
        components=names(told.get("affected_components")),
        url=told.get("url"),
    )
