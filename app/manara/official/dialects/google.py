"""Google's dashboards (Cloud, Workspace, Play, Maps, Ads, …): `incidents.json`, an archive of all incidents.

What has no end goes on. An archive that is empty proves nothing: it never was.
"""

from collections.abc import Iterable
from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import NotItsFormat, Told, latest, of_open, worst
from manara.official.values import Entry, demanded_entries, entries, entry, line, moment, names, not_before, state_of

_IMPACTS = {
    "service_information": OfficialState.OPERATIONAL,
    "service_disruption": OfficialState.PARTIAL_OUTAGE,
    "service_outage": OfficialState.MAJOR_OUTAGE,
}
_MANY = "Multiple Products"


def read_google(answer: Answer) -> Told:
    """Return what an archive says; raise `NotItsFormat`."""
    listed = demanded_entries(answer.json())
    if not any(line(each.get("id")) and moment(each.get("begin"), answer.at) for each in listed):
        raise NotItsFormat("There are no incidents in it")
    told = [_incident(each, answer.at) for each in listed]
    return Told(of_open(told), "", latest(told), _components(told))


def _incident(told: Entry, at: datetime) -> OfficialIncident:
    posts = [
        post(at, each.get("when") or each.get("created"), each.get("text"), each.get("status"))
        for each in (*entries(told.get("updates")), entry(told.get("most_recent_update")))
    ]
    products = names(told.get("affected_products"), "title")
    service = line(told.get("service_name"))
    return incident(
        at,
        key=told.get("id"),
        title=told.get("external_desc"),
        state=state_of(told.get("status_impact"), _IMPACTS),
        began=told.get("begin"),
        ended=told.get("end"),
        over=moment(told.get("end"), at) is not None and not not_before(told.get("end"), at),
        posts=dict.fromkeys(posts),
        components=products or tuple(filter(None, [service if service != _MANY else ""])),
    )


def _components(told: Iterable[OfficialIncident]) -> tuple[OfficialComponent, ...]:
    """Return every product that the archive has ever named; those of no open incident are well."""
    states: dict[str, list[OfficialState]] = {}
    for each in told:
        for name in each.components:
            states.setdefault(name, [OfficialState.OPERATIONAL])
            if each.open:
                states[name].append(each.state)
    return tuple(component(name, name, worst(found)) for name, found in states.items())
