"""Incidents as the JSON for scripts has them."""

from manara.model import Incident
from manara.monitor.json_values import Document, rfc3339
from manara.wording import one_line


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
