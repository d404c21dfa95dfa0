"""What runs on the engine's loop: the engine itself, kept in step with the settings file and the system's network."""

import asyncio
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime

from manara.alerts import Alerts
from manara.engine import Engine, Incidents, Limits
from manara.model import (
    Check,
    CheckDefaults,
    CheckResult,
    Clock,
    Event,
    Incident,
    NotObserved,
    Service,
    SettingsInvalid,
    SettingsRefused,
    Silence,
    SilenceChanged,
    Zone,
)
from manara.monitor.instruments import Instruments
from manara.monitor.line_watch import LineWatch
from manara.monitor.refusals import Refusals
from manara.monitor.roles import Keeper, Remembered, SettingsSource
from manara.monitor.usual_speeds import Knows, UsualSpeeds
from manara.official import OfficialWatch
from manara.settings import Change, Settings, Stored, Undo, with_defaults

SETTINGS_EVERY_S = 1.0
"""How often the settings file is looked at for an edit."""
NETWORK_EVERY_S = 5.0
"""How often the system's network is looked at for a change."""
HEARD_EVERY_S = 1.0
"""How often the history is told that somebody is watching."""
ALERTS_EVERY_S = 0.5
"""How often it is seen whether there is something to tell the user."""
SILENCE_EVERY_S = 1.0
"""How often what the user does not want to be told is saved, where it changed."""


class Session:
    """One run of the engine, from start to stop."""

    def __init__(
        self,
        settings: Settings,
        source: SettingsSource,
        instruments: Instruments,
        *,
        starter: tuple[Service, ...],
        refusals: Refusals | None = None,
        read_surroundings: Callable[[], Hashable],
        clock: Clock,
        emit: Callable[[Sequence[Event]], None],
        keeper: Keeper | None = None,
        remembered: Remembered | None = None,
        going_on: tuple[Incident, ...] = (),
        zones: Mapping[str, Zone] | None = None,
        history: Knows | None = None,
    ) -> None:
        self._settings = settings
        self._source = source
        self._instruments = instruments
        self._starter = starter
        self._refusals = refusals or Refusals()
        self._read_surroundings = read_surroundings
        self._clock = clock
        self._emit = emit
        self._keeper = keeper
        self._remembered = remembered
        self._saved = Silence() if remembered is None else remembered.load()
        self.alerts = Alerts(self._saved, going_on)
        self.incidents = Incidents(going_on, zones)
        self._usual = None if history is None else UsualSpeeds(history, clock, self._wants_usual)
        self._slept = asyncio.Event()
        self._settings_lock = asyncio.Lock()
        """Held from the reading or writing of the settings until they are followed, so that the newest stay."""
        self.engine = Engine(
            look=instruments.look,
            prove_line=instruments.prove_line,
            clock=clock,
            emit=self._pass_on,
            limits=limits_of(settings.checks),
            diagnose=instruments.diagnose,
            official_counts=settings.diagnosis.heeds_officials,
            usual_of=None if self._usual is None else self._usual.of,
        )
        self._officials = OfficialWatch(
            self.engine,
            instruments.read_official,
            self.engine.hear_official,
            clock,
            wanted=lambda: self._settings.diagnosis.official_pages,
        )

    def begin(self) -> None:
        """Tell what will be watched; on the loop."""
        self.engine.watch(self._services())
        self._tell_refusals()
        if self.alerts.silence != Silence():
            self._emit([SilenceChanged(self._clock.now(), self.alerts.silence)])

    async def run(self) -> None:
        """Watch until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.engine.run())
            tasks.create_task(self._follow_alerts())
            tasks.create_task(self._follow_settings())
            tasks.create_task(self._follow_network())
            tasks.create_task(self._line_watch().run())
            tasks.create_task(self._officials.run())
            tasks.create_task(self._instruments.learn_zones(lambda learned: self._pass_on([learned])))
            tasks.create_task(self._instruments.learn_networks(lambda learned: self._pass_on([learned])))
            if self._usual is not None:
                tasks.create_task(self._usual.run())
            if self._keeper is not None:
                tasks.create_task(self._be_heard(self._keeper))
            if self._remembered is not None:
                tasks.create_task(self._remember(self._remembered))

    def acknowledge(self, service_ids: Iterable[str]) -> None:
        """Tell nothing of these services until they are well again."""
        self._emit_some(self.alerts.acknowledge(service_ids, self._clock.now()))

    def unacknowledge(self, service_ids: Iterable[str]) -> None:
        """Tell of these services again."""
        self._emit_some(self.alerts.unacknowledge(service_ids, self._clock.now()))

    def pause_notifications(self, until: datetime | None) -> None:
        """Tell nothing until a moment, or until `resume_notifications`."""
        self._emit_some(self.alerts.pause(until, self._clock.now()))

    def resume_notifications(self) -> None:
        """Tell again what happens."""
        self._emit_some(self.alerts.resume(self._clock.now()))

    @property
    def settings(self) -> Settings:
        """What the user chose, as it was taken over last."""
        return self._settings

    async def stored(self) -> Stored:
        """Return what the settings say, with nothing filled in; raise `SettingsInvalid`."""
        async with self._settings_lock:
            return await asyncio.to_thread(self._source.stored)

    async def change(self, change: Change) -> Undo:
        """Write a change into the settings and follow it at once; return what takes it back.

        Raise `SettingsInvalid`, `SettingsNotWritten` or `UnknownService`.
        """
        async with self._settings_lock:
            undo = await asyncio.to_thread(self._source.apply, change)
            await self._take_over_settings()
        return undo

    async def undo(self, undo: Undo) -> None:
        """Take a change of the settings back and follow that at once; raise what `change` raises."""
        async with self._settings_lock:
            await asyncio.to_thread(self._source.undo, undo)
            await self._take_over_settings()

    async def try_check(self, check: Check) -> CheckResult:
        """Look once at a check that need not be one of those watched; nobody else is told what was seen."""
        return await self._instruments.look(check)

    def _wants_usual(self) -> bool:
        return self._settings.diagnosis.usual_speed

    def _line_watch(self) -> LineWatch:
        instruments = self._instruments
        return LineWatch(self.engine, instruments.ask_one_witness, instruments.prove_line, self._clock)

    def _services(self) -> tuple[Service, ...]:
        starter = tuple(with_defaults(service, self._settings.checks) for service in self._starter)
        return self._settings.services if self._settings.chosen else starter

    def _pass_on(self, events: Sequence[Event]) -> None:
        if any(isinstance(event, NotObserved) for event in events):
            self._slept.set()
        self._emit(events)
        self._find_out(events)

    def _find_out(self, events: Sequence[Event]) -> None:
        """Tell what follows from what happened, also a moment ago: what fails together, what the user is to know."""
        now = self._clock.now()
        incidents = self.incidents.take(events, now)
        self._emit_some(incidents)
        self._emit_some(self.alerts.take([*events, *incidents], now))

    def _emit_some(self, events: Sequence[Event]) -> None:
        if events:
            self._emit(events)

    async def _follow_alerts(self) -> None:
        try:
            while True:
                await self._clock.sleep(ALERTS_EVERY_S)
                self._find_out(())
                self._emit_some(self.alerts.due(self._clock.now()))
        finally:
            # What ended in the last moment must not look as if it went on until the next start.
            self._emit_some(self.incidents.settle(self._clock.now()))

    async def _remember(self, remembered: Remembered) -> None:
        """Save what the user does not want to be told, also at the end; where that fails, it is tried again."""
        try:
            while True:
                await self._clock.sleep(SILENCE_EVERY_S)
                await self._save(remembered)
        finally:
            await self._save(remembered)

    async def _save(self, remembered: Remembered) -> None:
        silence = self.alerts.silence
        # Off the loop: a slow disk must not delay a look.
        if silence != self._saved and await asyncio.to_thread(remembered.save, silence):
            self._saved = silence

    async def _be_heard(self, keeper: Keeper) -> None:
        """Tell until when the engine has watched: a loop that hangs, or a computer that sleeps, tells nothing."""
        try:
            while True:
                keeper.keep_looks(self._settings.history.keep_looks)
                self._hear(keeper)
                await self._clock.sleep(HEARD_EVERY_S)
        finally:
            self._hear(keeper)

    def _hear(self, keeper: Keeper) -> None:
        if self.engine.watched_until is not None:
            keeper.hear(self.engine.watched_until)

    async def _follow_settings(self) -> None:
        while True:
            await self._clock.sleep(SETTINGS_EVERY_S)
            # Files are read off the loop: a slow disk must not delay a look.
            async with self._settings_lock:
                if await asyncio.to_thread(self._source.changed):
                    await self._take_over_settings()
                if await asyncio.to_thread(self._refusals.other_changed):
                    # That all is watched as before is what takes back what was told to be wrong.
                    self.engine.watch(self._services())
                    self._tell_refusals()

    async def _take_over_settings(self) -> None:
        try:
            settings = await asyncio.to_thread(self._source.load)
        except SettingsInvalid as invalid:
            self._refusals.settings = invalid
            self._tell_refusals()
            return
        self._refusals.settings = None
        before, self._settings = self._settings, settings
        if (settings.network, settings.diagnosis) != (before.network, before.diagnosis):
            await self._instruments.rebuild(settings.network, settings.diagnosis)
            self.engine.doubt_line()
        if settings.checks != before.checks:
            self.engine.limits = limits_of(settings.checks)
        self.engine.count_official(counts=settings.diagnosis.heeds_officials)
        watched = {service.id for service in self.engine.services}
        self.engine.watch(self._services())
        self._instruments.watch(self.engine.services)
        self._tell_refusals()
        # Where a file is gone, or says nothing of services any more, nobody has removed one.
        removed = watched - {service.id for service in self.engine.services} if settings.chosen else set()
        if removed and self._keeper is not None:
            self._keeper.forget_later(removed, self._clock.now())

    def _tell_refusals(self) -> None:
        """Tell everything that is wrong with the files at this moment, if there is anything."""
        if problems := self._refusals.problems:
            self._emit([SettingsRefused(self._clock.now(), problems)])

    async def _follow_network(self) -> None:
        known = await asyncio.to_thread(self._read_surroundings)
        while True:
            await self._clock.sleep(NETWORK_EVERY_S)
            found = await asyncio.to_thread(self._read_surroundings)
            if found != known or self._slept.is_set():
                known = found
                self._slept.clear()
                await self._instruments.rebuild()
                self.engine.doubt_line()
                self._officials.hurry()


def limits_of(checks: CheckDefaults) -> Limits:
    """Return the limits that the settings ask for."""
    return Limits(max_at_once=checks.max_at_once, max_per_host=checks.max_per_host)
