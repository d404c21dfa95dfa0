"""What is known of our own line as one text for a column, and back. What a later version wrote is left out."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from manara.model import Limit, Line, LineState, Reason, Witness, WitnessKind

_KINDS = {kind.value: kind for kind in WitnessKind}
_LIMITS = {limit.value: limit for limit in Limit}
_REASONS = {reason.value: reason for reason in Reason}


def line_text(line: Line) -> str:
    """Return all of a line but its state and its moment."""
    ahead = line.clock_ahead
    return json.dumps(
        {
            "witnesses": [
                [each.place, each.answered, each.detail, each.ms, each.kind.value, each.reason and each.reason.value]
                for each in line.witnesses
            ],
            "limits": [limit.value for limit in line.limits],
            "sign_in_url": line.sign_in_url,
            "clock_ahead_s": None if ahead is None else ahead.total_seconds(),
        }
    )


def line_from_text(state: LineState, at: datetime, text: str) -> Line:
    """Return the line that was written so, at first as a bare list of witnesses without their kind."""
    read: Any = json.loads(text)
    if isinstance(read, list):
        read = {"witnesses": read}
    ahead_s = read.get("clock_ahead_s")
    return Line(
        state,
        at,
        tuple(map(_witness, read["witnesses"])),
        tuple(_LIMITS[word] for word in read.get("limits", ()) if word in _LIMITS),
        read.get("sign_in_url", ""),
        None if ahead_s is None else timedelta(seconds=ahead_s),
    )


def _witness(row: Sequence[Any]) -> Witness:
    place, answered, detail, ms, kind, reason = (*row, None, None)[:6]
    return Witness(place, answered, detail, ms, _KINDS.get(kind, WitnessKind.PAGE), _REASONS.get(reason))
