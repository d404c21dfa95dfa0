"""Look at services until each has a verdict, then stop: the same engine as the lasting watch."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from manara.engine.engine import Engine, Look
from manara.engine.inquiries import Diagnose
from manara.engine.known_line import ProveLine
from manara.engine.limits import Limits
from manara.model import (
    Circumstance,
    Clock,
    Event,
    Line,
    LineState,
    OfficialWord,
    ResultArrived,
    Service,
    ServiceState,
    Verdict,
)

AskOfficial: TypeAlias = Callable[[Sequence[Service]], Awaitable[Mapping[str, OfficialWord]]]
"""Reads the official pages of services and returns what they say, by the service's id; bounded, and raises nothing."""


async def look_once(
    services: Sequence[Service],
    *,
    look: Look,
    prove_line: ProveLine,
    clock: Clock,
    limits: Limits,
    diagnose: Diagnose | None = None,
    ask_official: AskOfficial | None = None,
    official_counts: bool = False,
    on_event: Callable[[Event], None] = lambda _event: None,
) -> tuple[Line, tuple[ServiceState, ...]]:
    """Return what is believed of each service once no verdict is in doubt and all was looked into; and our own line.

    The operators of services that are not well are heard, those of all where their word counts.
    """
    settled = asyncio.Event()
    unsettled = {service.id for service in services if service.checks and not service.paused}

    def take(events: Sequence[Event]) -> None:
        for event in events:
            on_event(event)
            if isinstance(event, ResultArrived) and _is_settled(event.state):
                unsettled.discard(event.service_id)
        if not unsettled:
            settled.set()

    engine = Engine(
        look=look,
        prove_line=prove_line,
        clock=clock,
        emit=take,
        limits=limits,
        diagnose=diagnose,
        official_counts=official_counts,
    )
    engine.watch(services)
    running = asyncio.create_task(engine.run())
    waiting = asyncio.create_task(settled.wait())
    try:
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        if ask_official is not None:
            await _hear(engine, ask_official, everybody=official_counts)
        if engine.inquiries.under_way:
            await asyncio.wait(engine.inquiries.under_way)
    finally:
        running.cancel()
        waiting.cancel()
        await asyncio.gather(running, waiting, return_exceptions=True)
    return engine.line, engine.states


async def _hear(engine: Engine, ask_official: AskOfficial, *, everybody: bool) -> None:
    """Let the engine hear the operators, unless there is no way to them."""
    if engine.line.state in (LineState.OFFLINE, LineState.CAPTIVE):
        return
    pairs = zip(engine.services, engine.states, strict=True)
    wanted = [service for service, state in pairs if everybody or state.verdict is not Verdict.UP]
    for service_id, word in (await ask_official(wanted)).items():
        engine.hear_official(service_id, word)


def _is_settled(state: ServiceState) -> bool:
    return not state.in_doubt and all(check.cause is not Circumstance.NOT_LOOKED_YET for check in state.checks)
