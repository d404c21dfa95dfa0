"""Diagnoses, official words and zones as the JSON for scripts has them."""

from manara.model import Diagnosis, OfficialWord, Zone
from manara.monitor.json_values import Document, milliseconds, reason_word, rfc3339
from manara.wording import one_line


def diagnosis_document(diagnosis: Diagnosis | None) -> Document | None:
    """Return why a service is not well, with the evidence."""
    if diagnosis is None:
        return None
    steps = [
        {
            "kind": step.kind.value,
            "layer": step.layer.value,
            "subject": one_line(step.subject),
            "ok": step.ok,
            "reason": reason_word(step.reason),
            "detail": one_line(step.detail),
            "ms": milliseconds(step.ms),
        }
        for step in diagnosis.steps
    ]
    return {
        "conclusion": diagnosis.conclusion.value,
        "layer": diagnosis.conclusion.layer.value if diagnosis.conclusion.layer else None,
        "blame": diagnosis.conclusion.blame.value,
        "confidence": diagnosis.confidence.value,
        "check": diagnosis.check,
        "at": rfc3339(diagnosis.at),
        "zone": one_line(diagnosis.zone),
        "named": [one_line(name) for name in diagnosis.named],
        "steps": steps,
        "ms": milliseconds(diagnosis.ms),
    }


def official_document(word: OfficialWord | None) -> Document | None:
    """Return what an official page says, and how old that is."""
    if word is None:
        return None
    posts = [
        {
            "at": rfc3339(post.at),
            "state": one_line(post.state),
            "title": one_line(told.title),
            "text": one_line(post.text),
        }
        for told in word.incidents
        for post in told.posts
    ]
    return {
        "kind": word.page.kind.value,
        "url": one_line(word.page.url),
        "state": word.state.value,
        "title": one_line(word.title),
        "posts": posts,
        "fetched_at": rfc3339(word.read_at),
        "tried_at": rfc3339(word.tried_at),
        "unreadable": word.unreadable.value if word.unreadable else None,
        "missing": [one_line(name) for name in word.missing],
    }


def zone_document(zone: Zone) -> Document:
    """Return who answers for a part of the tree of names."""
    return {
        "name": one_line(zone.name),
        "servers": [{"name": one_line(each.name), "addresses": list(each.addresses)} for each in zone.servers],
    }
