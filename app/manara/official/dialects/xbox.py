"""Xbox: `https://xnotify.xboxlive.com/servicestatusv6/…`, in XML."""

from xml.etree.ElementTree import Element

from manara.model import OfficialComponent, OfficialState
from manara.official.answer import Answer
from manara.official.building import component
from manara.official.told import NotItsFormat, Told, whole
from manara.official.values import state_of
from manara.official.xml_tree import text_of, xml_tree

_STATES = {
    "none": OfficialState.OPERATIONAL,
    "limited": OfficialState.DEGRADED,
    "impacted": OfficialState.DEGRADED,
    "unavailable": OfficialState.MAJOR_OUTAGE,
}


def read_xbox(answer: Answer) -> Told:
    """Return how the services are; raise `NotItsFormat`."""
    root = xml_tree(answer.content)
    overall = root.find("Status/Overall")
    if root.tag != "ServiceStatus" or overall is None:
        raise NotItsFormat("The overall status is missing")
    parts = tuple(
        _component(each) for group in ("CoreServices", "Titles") for each in root.findall(f"{group}/Category")
    )
    return Told(whole(state_of(text_of(overall, "State"), _STATES), parts), "", (), parts)


def _component(told: Element) -> OfficialComponent:
    status = told.find("Status")
    said = "" if status is None else text_of(status, "Name")
    return component(text_of(told, "Id").strip(), text_of(told, "Name"), state_of(said, _STATES))
