"""How a service comes back: names resolve, it connects, it answers, it is as fast as usual. Each is told once.

A single bad look in between is no relapse; two in a row are.
"""

from dataclasses import dataclass, field

from manara.model import CheckResult, Layer, Outcome, Stage

NORMAL = 1.5
"""A look that takes no more than so many times the usual is as fast as usual."""
LOOKS_OF_A_RELAPSE = 2

_STAGES = (None, Stage.NAMES_RESOLVE, Stage.CONNECTS, Stage.ANSWERS, Stage.NORMAL_SPEED)
"""What is told of each rung that was reached; the lowest is worth no word."""
_NOTHING, _NAMES_RESOLVE, _CONNECTS, _ANSWERS, _NORMAL_SPEED = range(5)


def rung_of(result: CheckResult, usual_ms: float | None) -> int | None:
    """Return how far a look came, from 0 (no name) to 4 (as fast as usual); None where it tells nothing of that.

    An answer is an answer, also when it is 503. Where nothing is known of the usual speed, a good look has answered.
    """
    if result.outcome is Outcome.OK or result.failure is None:
        took_ms = result.timings.total_ms
        is_normal = usual_ms is not None and took_ms is not None and took_ms <= NORMAL * usual_ms
        return _NORMAL_SPEED if is_normal else _ANSWERS
    return _rung_of_failure(result, result.failure.layer)


def _rung_of_failure(result: CheckResult, layer: Layer) -> int | None:
    failed = result.outcome is Outcome.FAILED
    match layer:
        case Layer.LOCAL | Layer.LINK:
            return None
        case Layer.DNS:
            return _NOTHING
        case Layer.TCP | Layer.ICMP if failed and result.timings.connect_ms is None:
            return _NAMES_RESOLVE
        case Layer.TCP | Layer.ICMP | Layer.TLS if failed:
            return _CONNECTS
        case Layer.HTTP if result.facts.http_status is None:
            return _CONNECTS
        case _:
            return _ANSWERS


@dataclass(slots=True, eq=False)
class Recovery:
    """How far one service comes; it is fed with every look, also while all is well."""

    _reached: dict[int, int] = field(default_factory=dict)
    """The rung that the last look at each check reached."""
    _known: int | None = None
    """The rung of which it is known that all checks reach it; None before the first look."""
    _worse: int = 0
    """So many looks in a row did not reach it."""
    _told: bool = False
    """Whether anything was told since it failed."""

    def fails(self) -> None:
        """It is confirmed that the service fails: whatever is better than the last looks is worth telling."""
        self._known, self._worse, self._told = min(self._reached.values(), default=None), 0, False

    def take(self, check: int, rung: int) -> Stage | None:
        """Take over how far a look at a check came; return what is to be told of it."""
        self._reached[check] = rung
        reached = min(self._reached.values())
        if self._known is None or reached > self._known:
            better = self._known is not None
            self._known, self._worse, self._told = reached, 0, self._told or better
            return _STAGES[reached] if better else None
        self._worse = self._worse + 1 if reached < self._known else 0
        if self._worse < LOOKS_OF_A_RELAPSE:
            return None
        was_told = self._told
        self.fails()
        return Stage.RELAPSED if was_told else None
