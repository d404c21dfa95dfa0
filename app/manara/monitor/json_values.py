"""Plain values as the JSON for scripts has them."""

from datetime import UTC, datetime
from typing import Any, TypeAlias

from manara.model.verdict import Cause

Document: TypeAlias = dict[str, Any]


def reason_word(cause: Cause) -> str | None:
    """Return the stable word of a cause."""
    return None if cause is None else cause.value


def milliseconds(ms: float | None) -> float | None:
    """Return a duration in milliseconds, to the microsecond."""
    return None if ms is None else round(ms, 3)


def rfc3339(at: datetime | None) -> str | None:
    """Return a moment in UTC, to the millisecond."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
