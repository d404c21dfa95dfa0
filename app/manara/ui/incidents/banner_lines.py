"""What the lines above the services say. Pure."""

from collections.abc import Sequence
from datetime import datetime

from manara.model import Incident, Verdict
from manara.ui.incidents.banner import MORE, MOST_TOLD
from manara.ui.incidents.strip import Told
from manara.ui.marks import Mark
from manara.wording import Translator, duration
from manara.wording.incidents import end_title, incident_title, short_cause


def banner_lines(tr: Translator, incidents: Sequence[Incident], now: datetime) -> dict[str, Told]:
    """Return the lines of the first incidents by their ids, then how many more there are."""
    lines = {incident.id: _line(tr, incident, now) for incident in incidents[:MOST_TOLD]}
    more = len(incidents) - MOST_TOLD
    if more > 0:
        text = tr.plural("and {n} more incident", "and {n} more incidents", more).format(n=more)
        lines[MORE] = Told(max(map(mark_of, incidents[MOST_TOLD:]), key=_is_bad), "", text)
    return lines


def mark_of(incident: Incident) -> Mark:
    """Return the mark of an incident: the worst that holds, and up where it is over."""
    if not incident.open:
        return Verdict.UP
    failing = [member.worst for member in incident.members if member.ended is None]
    return Verdict.DOWN if Verdict.DOWN in failing else Verdict.DEGRADED


def _line(tr: Translator, incident: Incident, now: datetime) -> Told:
    if not incident.open:
        return Told(Verdict.UP, end_title(tr, incident))
    age = duration(tr, now - incident.began.by)
    return Told(mark_of(incident), incident_title(tr, incident), short_cause(tr, incident), age)


def _is_bad(mark: Mark) -> bool:
    return mark is Verdict.DOWN
