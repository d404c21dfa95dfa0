"""Incidents as the JSON for scripts has them."""

from datetime import datetime

from manara.model import Incident
from manara.monitor.json_values import Document, rfc3339
from manara.wording import Translator, one_line
from manara.wording.believed import Believed
from manara.wording.incidents import end_title, incident_text, incident_title
from manara.wording.plain import unjoined

LONGEST_SENTENCE = 4_000


def worded_incident(tr: Translator, incident: Incident, believed: Believed, now: datetime) -> Document:
    """Return all that is known of an incident, with the words that the window and notices have for it."""
    words = {
        "title": one_line(incident_title(tr, incident) if incident.open else end_title(tr, incident)),
        "sentence": unjoined(one_line(incident_text(tr, incident, believed, now), LONGEST_SENTENCE)),
    }
    return {**incident_document(incident), **words}


def incident_document(incident: Incident) -> Document:
    """Return all that is known of an incident."""
    cause = incident.cause
    return {
        "id": incident.id,
        "services": list(incident.service_ids),
        "members": [
            {
                "id": member.service_id,
                "name": one_line(member.name),
                "started_after": rfc3339(member.began.after),
                "started_by": rfc3339(member.began.by),
                "ended": rfc3339(member.ended.by if member.ended else None),
                "worst": member.worst.value,
                "conclusion": member.conclusion.value if member.conclusion else None,
                "confidence": member.confidence.value if member.confidence else None,
                "named": [one_line(name) for name in member.named],
            }
            for member in incident.members
        ],
        "cause": None
        if cause is None
        else {
            "layer": cause.layer.value if cause.layer else None,
            "kind": cause.shared.kind.value,
            "value": one_line(cause.shared.value),
            "well": list(cause.well),
        },
        "started_after": rfc3339(incident.began.after),
        "started_by": rfc3339(incident.began.by),
        "ended": rfc3339(incident.ended.by if incident.ended else None),
        "official_after_s": incident.official_after.total_seconds() if incident.official_after else None,
        "knock_on": list(incident.knock_on),
        "timeline": [
            {
                "at": rfc3339(each.at),
                "stage": each.stage.value,
                "service": each.service_id or None,
                "conclusion": each.conclusion.value if each.conclusion else None,
                "text": one_line(each.text),
            }
            for each in incident.timeline
        ],
    }
