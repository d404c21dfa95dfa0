"""What fails together, as it is written below the services. Pure: from incidents to text."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.text import Text

from manara.cli.terminal import STYLES
from manara.model import Incident, Verdict
from manara.monitor import Snapshot
from manara.wording import SIGNS, Translator
from manara.wording.incidents import incident_text, incident_title


def of_several(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Return the incidents that say more than the line of a service does: those of several services."""
    return tuple(incident for incident in incidents if len(incident.members) > 1)


def incident_lines(tr: Translator, snapshot: Snapshot, now: datetime) -> Iterator[Text]:
    """Return a line for each incident of several services: all that is to be said of it."""
    for incident in of_several(snapshot.incidents):
        yield incident_line(incident, incident_text(tr, incident, snapshot, now))


def title_lines(tr: Translator, incidents: Sequence[Incident]) -> list[Text]:
    """Return the titles of the incidents of several services, for where there is little room."""
    return [incident_line(incident, incident_title(tr, incident)) for incident in of_several(incidents)]


def incident_line(incident: Incident, text: str) -> Text:
    """Return what is said of an incident behind the mark of how it is."""
    down = any(member.worst is Verdict.DOWN for member in incident.failing)
    sign = SIGNS[Verdict.UP if incident.ended else Verdict.DOWN if down else Verdict.DEGRADED]
    return Text.assemble((sign.mark, STYLES[sign.tone]), f" {text}")
