"""What is to be written: collected by the recorder, kept until the disk has taken it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeAlias

from manara.history.timeline import Piece, Watch
from manara.model import (
    CheckResult,
    CheckState,
    Diagnosis,
    Failure,
    Incident,
    Line,
    OfficialWord,
    Service,
    Transition,
    Verdict,
    Zone,
)
from manara.model.verdict import Cause

MOST_SAMPLES = 100_000
"""So many looks are kept in memory (about 30 MB) while the disk takes nothing; then the oldest are dropped."""


class CheckKey(NamedTuple):
    """What tells a check from all others, also after its place in the settings has changed."""

    service_id: str
    type: str
    target: str
    ordinal: int


def check_keys(service: Service) -> tuple[CheckKey, ...]:
    """Return the keys of a service's checks, in their order."""
    keys: list[CheckKey] = []
    for check in service.checks:
        key = CheckKey(service.id, check.type, check.target, 0)
        while key in keys:
            key = key._replace(ordinal=key.ordinal + 1)
        keys.append(key)
    return tuple(keys)


class OpenSpan(NamedTuple):
    """The span that goes on. `since_*`: when its verdict began, which may be before its cause did."""

    begin: int
    after: int | None
    verdict: Verdict
    cause: Cause
    since_after: int | None
    since_by: int | None


class Sample(NamedTuple):
    """One look, as small as it is kept. Durations are tenths of a millisecond; `phases` are packed."""

    check: CheckKey
    at: int
    failure: Failure | None
    total: int | None
    phases: bytes | None


class Removal(NamedTuple):
    """Services that the user has removed from the settings."""

    at: datetime
    service_ids: tuple[str, ...]


Fact: TypeAlias = tuple[CheckKey, str, str]


@dataclass(slots=True)
class Batch:
    """Changes since the last write. All of it is written at once or not at all."""

    names: dict[str, str] = field(default_factory=dict)
    """Name of a service by its id, where it is new or was changed. Whatever is watched is not removed any more."""
    removed: dict[str, int] = field(default_factory=dict)
    """When the user removed a service that is not watched any more, by its id."""
    samples: list[Sample] = field(default_factory=list)
    closed: list[tuple[str, Piece]] = field(default_factory=list)
    opened: dict[str, OpenSpan | None] = field(default_factory=dict)
    """The open span by the service's id; None where the service is not watched any more."""
    watches: dict[int, Watch] = field(default_factory=dict)
    """By their beginning, which stays while their end moves."""
    transitions: list[Transition] = field(default_factory=list)
    facts: dict[Fact, int] = field(default_factory=dict)
    """When each was seen last."""
    latest: dict[CheckKey, tuple[CheckState, CheckResult]] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)
    """What was known of our own line, by the moment from which on it was."""
    incidents: dict[str, Incident] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)
    """Incidents that turned out to be others."""
    zones: dict[str, Zone] = field(default_factory=dict)
    """By host."""
    posts: dict[tuple[str, str, datetime, str], tuple[str, str]] = field(default_factory=dict)
    """Title and text by page, incident, moment and state."""
    diagnoses: dict[str, Diagnosis | None] = field(default_factory=dict)
    """By service; None where none holds any more."""
    official: dict[str, OfficialWord] = field(default_factory=dict)
    """By service."""
    dropped: int = 0
    """Looks that had no room left in memory."""

    @property
    def has_found_out(self) -> bool:
        """Whether anything is to be written of what was found out, besides looks."""
        return bool(self.incidents or self.merged or self.zones or self.posts or self.diagnoses or self.official)

    def keep_bounded(self) -> None:
        """Drop the oldest looks when nothing could be written for a very long time; what they led to is kept."""
        surplus = len(self.samples) - MOST_SAMPLES
        if surplus > 0:
            del self.samples[:surplus]
            self.dropped += surplus
