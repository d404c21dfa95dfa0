"""Reading what is remembered of a service: how its verdict changed, and what good looks saw."""

import json

from manara.history.facts import certificate_of
from manara.history.last_look import cause_of, verdict_of
from manara.history.moments import moment_of, moment_or_none
from manara.history.reader import Reader
from manara.model import Certificate, Fact, Interval, Transition


def transitions(reader: Reader, service_id: str, most: int) -> tuple[Transition, ...]:
    """Return the newest changes of a service's verdict, at most so many, the newest first."""
    rows = reader.connection.execute(
        "SELECT at, after, before, verdict, cause FROM transitions WHERE service_id = ? ORDER BY at DESC LIMIT ?",
        (reader.number(service_id), most),
    )
    word = reader.words.word
    return tuple(
        Transition(
            service_id,
            verdict_of(word(before)),
            verdict_of(word(verdict)),
            cause_of(word(cause)),
            Interval(moment_or_none(after), moment_of(at)),
        )
        for at, after, before, verdict, cause in rows
    )


def facts(reader: Reader, service_id: str) -> tuple[Fact, ...]:
    """Return what is remembered of each check, that which was seen last first; without what cannot be read."""
    # Checks of the same type and target see the same.
    rows = reader.connection.execute(
        "SELECT type, target, kind, value, min(first_seen), max(last_seen) AS last FROM facts "
        "JOIN checks ON checks.id = check_id WHERE service_id = ? GROUP BY type, target, kind, value "
        "ORDER BY min(checks.id), kind, last DESC, min(first_seen) DESC, value",
        (reader.number(service_id),),
    )
    return tuple(
        Fact(check_type, target, kind, value, moment_of(first), moment_of(last))
        for check_type, target, kind, text, first, last in rows
        if (value := _value(kind, text)) is not None
    )


def _value(kind: str, text: str) -> str | Certificate | None:
    if kind != "certificate":
        return text
    try:
        return certificate_of(json.loads(text))
    except (ValueError, LookupError, TypeError):
        # One with thousands of names was too long to be kept whole.
        return None
