"""The history of a service as a row of spans: from–to with one verdict. What nobody observed is a span too."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from manara.model.verdict import Cause, Verdict

OBSERVED = frozenset({Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.MAINTENANCE})
"""The verdicts that say something of the service; the others say that nothing is known."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time from `begin` up to `end`, both aware."""

    begin: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end <= self.begin:
            raise ValueError("The end of the period must come after its beginning.")

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Label:
    """What the user said afterwards about a stretch of a service's history; it covers what was measured."""

    id: int
    service_id: str
    window: Window
    verdict: Verdict
    note: str


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` up to `end` (aware UTC), one verdict and its cause."""

    begin: datetime
    end: datetime
    verdict: Verdict
    cause: Cause = None
    after: datetime | None = None
    """The last look that still showed what was before; the span began after it and by `begin`. None if unknown."""
    label: Label | None = None
    """The user's word that gave the verdict; None where it was measured."""

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.begin

    @property
    def observed(self) -> bool:
        """Whether anything is known of the service in this time."""
        return self.verdict in OBSERVED
