"""All services at a glance: one mark, one number, three short lines. Pure; what the tray and the window's head show."""

from dataclasses import dataclass
from datetime import datetime

from manara.model import Circumstance, Keeping, LineState, Service, ServiceState, Verdict
from manara.monitor import Snapshot
from manara.ui.marks import Look, Mark
from manara.wording import WORST_FIRST, Translator, age, counted, keeping_sentence, line_sentence, one_line

WORST_NAMED = 2
_LONGEST_NAME = 40
_LOST = frozenset({LineState.OFFLINE, LineState.CAPTIVE})


@dataclass(frozen=True, slots=True)
class Overview:
    """What to show of everything together."""

    mark: Mark
    count: int
    """How many services, of those that nobody has acknowledged, are as bad as the mark says; 0 where a number says
    nothing."""
    summary: str
    """`3 down, 1 degraded, 41 up`."""
    worst: str
    """The names of the worst; empty when all is well."""
    freshness: str
    """How old the newest look is, or why there is none."""
    own_line: str = ""
    """What is wrong with our own connection, where something is."""

    @property
    def lines(self) -> tuple[str, ...]:
        """At most three lines of plain text."""
        return tuple(line for line in (self.summary, self.worst, self.own_line or self.freshness) if line)


def overview(tr: Translator, snapshot: Snapshot, now: datetime, *, running: bool) -> Overview:
    """Return what to show of everything together at `now`; `running` tells whether anything is still measured."""
    mark = _mark(snapshot, running=running)
    bad = mark in (Verdict.DOWN, Verdict.DEGRADED)
    return Overview(
        mark,
        sum(state.verdict is mark and not _acknowledged(snapshot, state) for state in snapshot.states) if bad else 0,
        _summary(tr, snapshot),
        _worst(tr, snapshot),
        _freshness(tr, snapshot, now, running=running),
        _own_line(tr, snapshot) if running else "",
    )


def worst_first(snapshot: Snapshot) -> list[tuple[Service, ServiceState]]:
    """Return the services that are not well: worst first, acknowledged ones last, else in the user's order."""
    pairs = zip(snapshot.services, snapshot.states, strict=True)
    impaired = (pair for pair in pairs if pair[1].verdict in (Verdict.DOWN, Verdict.DEGRADED))
    return sorted(impaired, key=lambda pair: (_acknowledged(snapshot, pair[1]), WORST_FIRST.index(pair[1].verdict)))


def _mark(snapshot: Snapshot, *, running: bool) -> Mark:
    if not running:
        return Look.STOPPED
    if snapshot.line.state in _LOST:
        return Look.OFFLINE
    looked_at = [state for state in snapshot.states if state.cause is not Circumstance.NOT_LOOKED_YET]
    if not looked_at:
        return Look.STARTING
    found = {_as_marked(snapshot, state) for state in looked_at}
    return next(verdict for verdict in WORST_FIRST if verdict in found)


def _as_marked(snapshot: Snapshot, state: ServiceState) -> Verdict:
    """Return the verdict for the mark: calmer where the user knows of an outage, but never as if all were well."""
    calmer = state.verdict is Verdict.DOWN and _acknowledged(snapshot, state)
    return Verdict.DEGRADED if calmer else state.verdict


def _acknowledged(snapshot: Snapshot, state: ServiceState) -> bool:
    return state.service_id in snapshot.acknowledged


def _summary(tr: Translator, snapshot: Snapshot) -> str:
    numbers = counted(tr, [state.verdict for state in snapshot.states])
    known = sum(_acknowledged(snapshot, state) for state in snapshot.states)
    if not known:
        return numbers
    return f"{numbers} ({tr.plural('{n} acknowledged', '{n} acknowledged', known).format(n=known)})"


def _worst(tr: Translator, snapshot: Snapshot) -> str:
    names = [
        one_line(service.name, _LONGEST_NAME)
        for service, state in worst_first(snapshot)
        if not _acknowledged(snapshot, state)
    ]
    shown = ", ".join(names[:WORST_NAMED])
    more = len(names) - WORST_NAMED
    return shown if more <= 0 else tr("{shown} and {n} more").format(shown=shown, n=more)


def _freshness(tr: Translator, snapshot: Snapshot, now: datetime, *, running: bool) -> str:
    looked_at = max((at for state in snapshot.states if (at := state.looked_at)), default=None)
    when = tr("not looked at yet") if looked_at is None else tr("last look {age}").format(age=age(tr, looked_at, now))
    if not running:
        return tr("Manara has stopped measuring; {when}").format(when=when)
    if snapshot.kept is not None and snapshot.kept.keeping is not Keeping.WELL:
        return keeping_sentence(tr, snapshot.kept.keeping, snapshot.kept.detail)
    return when


def _own_line(tr: Translator, snapshot: Snapshot) -> str:
    return line_sentence(tr, snapshot.line) if snapshot.line.state in _LOST or snapshot.line.limits else ""
