"""Nintendo: `https://www.nintendo.co.jp/netinfo/…/status.json`; what is not listed is well."""

from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer, json_of
from manara.official.building import incident, post
from manara.official.dialects.apple import between_braces
from manara.official.told import Told, of_open
from manara.official.values import Entry, demanded_entries, demanded_entry, line, names, word

_NOT_YET, _OVER = "0", "2"


def read_nintendo(answer: Answer) -> Told:
    """Return what goes on; raise `NotItsFormat`."""
    root = demanded_entry(json_of(between_braces(answer)))
    told = [
        _incident(each, state, answer.at)
        for key, state in (
            ("operational_statuses", OfficialState.DEGRADED),
            ("temporary_maintenances", OfficialState.MAINTENANCE),
        )
        for each in demanded_entries(root.get(key))
        if word(each.get("event_status")) != _NOT_YET
    ]
    return Told(of_open(told), "", tuple(told))


def _incident(told: Entry, state: OfficialState, at: datetime) -> OfficialIncident:
    title = line(told.get("software_title"))
    # Its times are prose in the language of the page.
    said = " – ".join(filter(None, (line(told.get("begin")), line(told.get("end")))))
    return incident(
        at,
        key=f"{title} {said}",
        title=title,
        state=state,
        began=None,
        over=word(told.get("event_status")) == _OVER,
        posts=[post(at, None, " ".join(filter(None, (line(told.get("message")), said))))],
        components=names(told.get("services")),
    )
