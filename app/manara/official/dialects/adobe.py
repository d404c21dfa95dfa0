"""Adobe: `https://data.status.adobe.com/adobestatus/StatusEvents`, the events of the last weeks.

Each is told for each product. Weeks without any prove nothing: there never were such.
"""

from collections.abc import Iterator
from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import incident, post
from manara.official.told import NotItsFormat, Told, latest, of_open
from manara.official.values import Entry, demanded_entry, entry, line, state_of, word

_SEVERITIES = {
    "trivial": OfficialState.DEGRADED,
    "minor": OfficialState.DEGRADED,
    "potential": OfficialState.DEGRADED,
    "major": OfficialState.PARTIAL_OUTAGE,
    "critical": OfficialState.MAJOR_OUTAGE,
}
_OVER = frozenset({"closed", "dismissed", "resolved", "completed", "cancelled", "canceled"})


def read_adobe(answer: Answer) -> Told:
    """Return what goes on; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    events = demanded_entry(root.get("incidentEvent"))
    messages = entry(entry(events.get("messages")).get("en"))
    told = [
        each
        for key, found in demanded_entry(events.get("incidents")).items()
        for each in _incidents(key, entry(found), messages, answer.at)
    ]
    if not told:
        raise NotItsFormat("There are no incidents in it")
    return Told(of_open(told), "", latest(told))


def _incidents(key: str, told: Entry, messages: Entry, at: datetime) -> Iterator[OfficialIncident]:
    products = entry(told.get("products"))
    for found in products.values() or [{}]:
        product = entry(found)
        history = [entry(each) for _, each in sorted(entry(product.get("history")).items(), reverse=True)]
        newest = history[0] if history else {}
        name = line(product.get("name"))
        yield incident(
            at,
            key=f"{line(key)} {name}",
            title=_message(newest.get("titleToken"), messages) or name,
            state=state_of(newest.get("severity"), _SEVERITIES),
            began=product.get("startedOn"),
            ended=product.get("endedOn"),
            over=_is_positive(product.get("endedOn")) or word(newest.get("status")) in _OVER,
            posts=[
                post(at, each.get("messageTime"), _message(each.get("messageToken"), messages), each.get("status"))
                for each in history
            ],
            components=(name,) if name else (),
        )


def _message(token: object, messages: Entry) -> str:
    found = messages.get(token) if isinstance(token, str) else None
    return found if isinstance(found, str) else ""


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
