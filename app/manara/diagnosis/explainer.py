"""Why did it fail? Climbs the ladder for one failure, bounded in time, and judges what was found.

Only the rungs that can tell something are climbed: an HTTP 503 asks no name server. What several services have in
common is asked once. Nothing is asked of resolvers that the settings do not name.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from manara.diagnosis.climbing import Climb, Means, Notes, ZoneOf
from manara.diagnosis.conclude import conclude
from manara.diagnosis.delivery import delivery_of
from manara.diagnosis.evidence import Evidence, in_question
from manara.diagnosis.knocking import Knocks
from manara.diagnosis.name_questions import NameQuestions
from manara.diagnosis.refusals import Refusals
from manara.diagnosis.remembered import Memory
from manara.diagnosis.steps import steps_of
from manara.diagnosis.subject import is_private, subject_of
from manara.model import CheckResult, Clock, Diagnosis, Line, NameServer, Service, StepKind
from manara.probes import Network

LIMIT_S = 3.0
"""For all of a diagnosis, once it is its turn."""
AT_ONCE = 120
"""Diagnoses under way; with hundreds of failures at once, the others wait for their turn: 500 for 15 s at most."""

_log = logging.getLogger(__name__)


class Explainer:
    """Finds out why looks fail, with the network of the current settings."""

    def __init__(
        self,
        network: Network,
        prove_line: Callable[[float], Awaitable[Line]],
        clock: Clock,
        *,
        witnesses: tuple[NameServer, ...],
        memory: Memory,
        questions: NameQuestions,
        knocks: Knocks,
        zone_of: ZoneOf | None = None,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._network = network
        self._prove_line = prove_line
        self._clock = clock
        self._witnesses = witnesses
        self._memory = memory
        self._questions = questions
        self._knocks = knocks
        self._zone_of = zone_of
        self._limit_s = limit_s
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._refusals = Refusals(clock)

    async def explain(self, service: Service, position: int, result: CheckResult) -> Diagnosis:
        """Return why a look at the check at this position came out so; raises nothing but cancellation."""
        climb = self._climb(service, position, result)
        self._refusals.take(climb.subject.host, result)
        async with self._slots:
            at, started = self._clock.now(), time.perf_counter()
            try:
                async with asyncio.timeout(self._limit_s):
                    await climb.run()
            except TimeoutError:
                _log.debug("The diagnosis of %s was judged before every answer was there", service.id)
            except Exception:  # noqa: BLE001 - last-resort guard of one diagnosis: it must not end the watch
                _log.exception("The diagnosis of %s ended in an error of the program", service.id)
            ms = (time.perf_counter() - started) * 1000
        evidence = self._evidence(climb)
        asked = in_question(evidence)
        found = conclude(asked, chosen_servers=bool(climb.subject.servers))
        zone = "" if asked.zone is None else asked.zone.name
        steps = steps_of(evidence)
        return Diagnosis(service.id, position, at, found.conclusion, found.confidence, steps, found.named, zone, ms)

    def _climb(self, service: Service, position: int, result: CheckResult) -> Climb:
        check = service.checks[position]
        subject = subject_of(check, result, self._network.proxy)
        good = self._memory.of(check)
        before = () if good is None else good.facts.addresses
        local = subject.local or (bool(before) and all(map(is_private, before)))
        # What was heard of our line before the look began proves nothing for it.
        began_s = self._clock.monotonic() - (result.timings.total_ms or 0.0) / 1000
        own = self._network.resolver.servers
        means = Means(
            self._questions,
            self._knocks,
            own,
            self._witnesses,
            self._zone_of,
            lambda: self._prove_line(began_s),
        )
        return Climb(subject, result, good, local, means, Notes())

    def _evidence(self, climb: Climb) -> Evidence:
        notes = climb.notes
        return Evidence(
            climb.result,
            climb.subject.host,
            climb.local,
            notes.line,
            notes.of(StepKind.OWN_RESOLVER),
            notes.of(StepKind.WITNESS_RESOLVER),
            notes.of(StepKind.UNCHECKED),
            notes.of(StepKind.PARENT),
            notes.of(StepKind.NAME_SERVER),
            tuple(notes.knocks),
            tuple(notes.zones),
            climb.good,
            delivery_of(climb.result.facts),
            self._refusals.alike(climb.subject.host, climb.result),
        )
