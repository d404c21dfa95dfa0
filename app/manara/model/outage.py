"""An outage: the time in which a service was down, from the first look that showed it to the first that did not."""

from dataclasses import dataclass
from datetime import timedelta

from manara.model.verdict import Cause, Interval


@dataclass(frozen=True, slots=True)
class Outage:
    """One time of being down. Nobody saw it recover within the parts that were not observed."""

    service_id: str
    began: Interval
    ended: Interval | None
    """None while it lasts, or where nobody has looked since."""
    down: timedelta
    """How long it was measured to be down."""
    not_observed: timedelta
    """How long nobody was looking in between."""
    causes: tuple[Cause, ...]
    """Why, in the order in which the reasons came; each once."""
