"""What good looks at a check saw, remembered for bad days."""

from dataclasses import dataclass
from datetime import datetime

from manara.model.result import Certificate


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that good looks at one check saw, from the first time to the last; both aware UTC.

    A fact that goes on is noted once an hour, so `last_seen` may be so much older than the newest look.
    """

    check_type: str
    target: str
    kind: str
    """A word of the history, such as `address`; a later version may know more of them."""
    value: str | Certificate
    first_seen: datetime
    last_seen: datetime
