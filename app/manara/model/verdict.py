"""What Manara believes of a service, since when, and the change from one belief to another."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from manara.model.diagnosis import Diagnosis
from manara.model.failure import Reason
from manara.model.official_word import OfficialWord
from manara.model.result import CheckResult


class Verdict(StrEnum):
    """What Manara says of a service."""

    UP = "up"
    DEGRADED = "degraded"
    DOWN = "down"
    MAINTENANCE = "maintenance"
    UNKNOWN = "unknown"
    PAUSED = "paused"


class Circumstance(StrEnum):
    """Why a verdict holds when it is not the failure of a look."""

    NOT_LOOKED_YET = "not-looked-yet"
    NOT_OBSERVED = "not-observed"
    """The computer slept, Manara stood still, or the clock jumped."""
    NOT_RUNNING = "not-running"
    """Manara was not running."""
    NOT_WATCHED = "not-watched"
    """Manara was running, but the service was not among those it watched."""
    OWN_LINE = "own-line"
    """Our own connection is down or could not be proven good."""
    SIGN_IN_WANTED = "sign-in-wanted"
    """The network that we are in wants a sign-in first, and answers for everybody."""
    OWN_RESOLVER = "own-resolver"
    """Our own name servers fail where others answer."""
    OWN_CLOCK = "own-clock"
    """Our own clock is so far off that a certificate cannot be judged."""
    FILTERED = "filtered"
    """Our own network hides or replaces the name."""
    OWN_TRUST = "own-trust"
    """The list of authorities that this computer trusts is out of date."""
    OFFICIAL_WORD = "official-word"
    """The operator says so, and the user wants that to count."""
    PAUSED_BY_USER = "paused-by-user"
    NOTHING_TO_CHECK = "nothing-to-check"


Cause: TypeAlias = Reason | Circumstance | None


@dataclass(frozen=True, slots=True)
class Interval:
    """When something happened: after one moment, by another; both aware UTC."""

    after: datetime | None
    """The last look that still showed the old state; None if there was none."""
    by: datetime
    """The first look that showed the new one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one look claims about a check, after our own line was taken into account."""

    at: datetime
    verdict: Verdict
    cause: Cause


@dataclass(frozen=True, slots=True)
class CheckState:
    """What is believed of one check, and the memory needed to judge the next look."""

    verdict: Verdict = Verdict.UNKNOWN
    cause: Cause = Circumstance.NOT_LOOKED_YET
    since: Interval | None = None
    last: CheckResult | None = None
    last_of_verdict: datetime | None = None
    """The newest look that agreed with the verdict."""
    against: tuple[Claim, ...] = ()
    """Claims in a row, oldest first, that contradict the verdict but do not yet suffice to change it."""


@dataclass(frozen=True, slots=True)
class ServiceState:
    """What is believed of one service now."""

    service_id: str
    verdict: Verdict = Verdict.UNKNOWN
    cause: Cause = Circumstance.NOT_LOOKED_YET
    since: Interval | None = None
    checks: tuple[CheckState, ...] = ()
    diagnosis: Diagnosis | None = None
    """Why it is not well; None while it is, or while nothing was found out yet."""
    official: OfficialWord | None = None
    """What its operator says of it; None where there is no page, or it was not read yet."""

    @property
    def looked_at(self) -> datetime | None:
        """The beginning of the newest look at any of its checks."""
        return max((state.last.at for state in self.checks if state.last), default=None)

    @property
    def in_doubt(self) -> bool:
        """Whether looks speak against the verdict that are not yet confirmed."""
        return any(state.against for state in self.checks)


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of a service's verdict, with the interval in which it happened."""

    service_id: str
    before: Verdict
    after: Verdict
    cause: Cause
    when: Interval
