"""Amazon Web Services: `https://health.aws.amazon.com/public/currentevents`, in UTF-16; an empty list is all well."""

from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import incident, post
from manara.official.told import Told, of_open
from manara.official.values import Entry, demanded_entries, entries, line, state_of, word

_CLOSED = "0"
_STATES = {
    "1": OfficialState.DEGRADED,
    "2": OfficialState.DEGRADED,
    "3": OfficialState.MAJOR_OUTAGE,
}


def read_aws(answer: Answer) -> Told:
    """Return what the events of now say; raise `NotItsFormat`."""
    told = tuple(_incident(each, answer.at) for each in demanded_entries(answer.json()))
    return Told(of_open(told), "", told)


def _incident(told: Entry, at: datetime) -> OfficialIncident:
    status = told.get("status")
    log = [post(at, each.get("timestamp"), each.get("message")) for each in entries(told.get("event_log"))]
    where = " ".join(filter(None, (line(told.get("service_name")), line(told.get("region_name")))))
    return incident(
        at,
        key=told.get("arn"),
        title=told.get("summary"),
        state=state_of(status, _STATES),
        began=told.get("date"),
        ended=told.get("end_time"),
        over=word(status) == _CLOSED,
        posts=log,
        components=(where,) if where else (),
    )
