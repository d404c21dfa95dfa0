"""An incident as text for other programs. Pure."""

from collections.abc import Sequence
from datetime import datetime

from manara.model import Incident
from manara.wording import Translator
from manara.wording.believed import Believed
from manara.wording.incident_answers import incident_answers
from manara.wording.incident_timeline import timeline_lines
from manara.wording.incidents import incident_title


def page_text(tr: Translator, incident: Incident, believed: Believed, known: Sequence[Incident], now: datetime) -> str:
    """Return the title, the answers and the timeline."""
    names = {service.id: service.name for service in believed.services}
    answers = [f"{question}: {answer}" for question, answer in incident_answers(tr, incident, believed, known, now)]
    return "\n".join((incident_title(tr, incident), "", *answers, "", *timeline_lines(tr, incident, names, now)))
