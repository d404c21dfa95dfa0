"""One service as the alerts see it: what was seen of it since somebody began to look, and what was told of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

from manara.alerts.steadiness import Steadiness
from manara.model import Affected, Interval, NoticeKind, Service, ServiceState, Verdict

_SEEN = (Verdict.UP, Verdict.DEGRADED, Verdict.DOWN)


@dataclass(slots=True, eq=False)
class Track:
    """One service."""

    service: Service
    state: ServiceState
    told: NoticeKind | None = None
    """The trouble that the user knows of; None while he believes it well."""
    bubble: int | None = None
    """The notice that told it."""
    steadiness: Steadiness = field(default_factory=Steadiness)
    _seen: Verdict | None = None
    """The last verdict that a look showed; None when nobody has looked since."""
    _trouble_seen: bool = False
    """Whether its trouble was seen since somebody began to look, so that its end is news."""
    _began: Interval | None = None
    _ended: Interval | None = None
    _unseen: timedelta = timedelta(0)
    _unseen_from: datetime | None = None

    @property
    def end_is_news(self) -> bool:
        """Whether its trouble and now its end were seen, with nobody asleep in between."""
        return self._trouble_seen and self.state.verdict is Verdict.UP

    @property
    def standing(self) -> NoticeKind | None:
        """The trouble it has; None if it is well or does not count, and what was told while nobody can tell."""
        match self.state.verdict:
            case Verdict.UNKNOWN:
                return self.told
            case Verdict.PAUSED | Verdict.MAINTENANCE:
                return None
            case _ if self.steadiness.unsteady:
                return NoticeKind.UNSTABLE
            case Verdict.DOWN:
                return NoticeKind.DOWN
            case Verdict.DEGRADED:
                return NoticeKind.DEGRADED
            case Verdict.UP:
                return None
            case never:
                assert_never(never)

    @property
    def seen_in_trouble(self) -> bool:
        """Whether it has trouble now, and not only had when somebody could last tell."""
        return self.state.verdict is not Verdict.UNKNOWN and self.standing is not None

    def take(self, state: ServiceState, now: datetime) -> None:
        """Take over what is believed now."""
        self.state = state
        if state.verdict in _SEEN:
            self._see(state.verdict, state.since or Interval(None, now), now)
        elif state.verdict is not Verdict.UNKNOWN:
            self.nobody_looked()
            self._began = self._unseen_from = None
        elif self._began is not None and self._ended is None and self._unseen_from is None:
            since = state.since or Interval(None, now)
            self._unseen_from = since.after or since.by

    def nobody_looked(self) -> None:
        """Forget what was seen: what is seen next is no change of anything."""
        self._seen = None
        self._trouble_seen = False
        self.steadiness = Steadiness()

    def affected(self, kind: NoticeKind, *, news: bool) -> Affected:
        """Return the service as a notice shows it."""
        return Affected(self.service, kind, self.state, self._began, self._ended, self._unseen, news)

    def _see(self, verdict: Verdict, since: Interval, now: datetime) -> None:
        if self._unseen_from is not None:
            self._unseen += max(since.by - self._unseen_from, timedelta(0))
            self._unseen_from = None
            self.steadiness.wait_again(now)
        if self._seen is not None and verdict is not self._seen:
            self.steadiness.note(self._seen, verdict, now)
        self._seen = verdict
        if verdict is Verdict.UP:
            self._ended = self._ended or since
        else:
            if self._began is None or self._ended is not None:
                self._began, self._ended, self._unseen = since, None, timedelta(0)
            self._trouble_seen = True
