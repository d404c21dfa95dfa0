"""What operators say, from their pages to the events of a session."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

from fakes.checks import make_service
from fakes.clock import FakeClock
from fakes.instruments import FakeInstruments
from manara.model import (
    DiagnosisOptions,
    OfficialHeard,
    OfficialPage,
    OfficialState,
    PageKind,
    Verdict,
)
from manara.monitor.session import NETWORK_EVERY_S, SETTINGS_EVERY_S, Session
from manara.official.told import Told
from manara.settings import Settings

PAGE = OfficialPage(PageKind.STATUSPAGE, "https://status.example/")


class Source:
    """Settings that the test edits."""

    def __init__(self, settings):
        self._settings = settings
        self._edited = False

    def edit(self, settings):
        self._settings, self._edited = settings, True

    def load(self):
        self._edited = False
        return self._settings

    def changed(self):
        return self._edited


class Watch:
    """A session whose time the test moves."""

    def __init__(self):
        self.clock = FakeClock()
        self.instruments = FakeInstruments(self.clock)
        self.instruments.told = Told(OfficialState.OPERATIONAL)
        self.events = []
        self.place = "home"
        self.settings = Settings(services=(replace(make_service("shop"), official=PAGE),))
        self.source = Source(self.settings)
        self.session = Session(
            self.settings,
            self.source,
            self.instruments,
            starter=(),
            read_surroundings=lambda: self.place,
            clock=self.clock,
            emit=self.events.extend,
        )

    async def choose(self, **options):
        """Let the user edit the section, and wait until that is followed."""
        self.settings = replace(self.settings, diagnosis=DiagnosisOptions(**options))
        self.source.edit(self.settings)
        await self.until(lambda: self.session.settings == self.settings)

    async def until(self, condition):
        """Let time pass until it is so: files are read beside the loop."""
        for _ in range(200):
            if condition():
                return
            await self.clock.advance(SETTINGS_EVERY_S)
            await asyncio.sleep(0.01)
        raise AssertionError("the condition did not come true in time")

    def heard(self):
        return [event.state.official.state for event in self.events if isinstance(event, OfficialHeard)]


@asynccontextmanager
async def watching():
    watch = Watch()
    watch.session.begin()
    running = asyncio.create_task(watch.session.run())
    try:
        await watch.clock.advance(10)
        yield watch
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_what_an_operator_says_is_told():
    async with watching() as watch:
        assert watch.heard() == [OfficialState.OPERATIONAL]


async def test_it_counts_from_the_moment_that_the_user_wants_it():
    async with watching() as watch:
        watch.instruments.told = Told(OfficialState.MAJOR_OUTAGE)
        await watch.clock.advance(340)
        assert watch.session.engine.states[0].verdict is Verdict.UP

        await watch.choose(official_counts=True)
        assert watch.session.engine.states[0].verdict is Verdict.DEGRADED

        await watch.choose(official_counts=True, official_pages=False)
        assert watch.session.engine.states[0].verdict is Verdict.UP


async def test_nothing_is_asked_any_more_when_the_user_does_not_want_it():
    async with watching() as watch:
        await watch.choose(official_pages=False)
        asked = watch.instruments.asked
        await watch.clock.advance(1_000)

        assert watch.instruments.asked == asked


async def test_in_another_network_the_pages_are_read_soon():
    async with watching() as watch:
        watch.place = "elsewhere"
        await watch.clock.advance(NETWORK_EVERY_S)
        await watch.until(lambda: watch.instruments.asked == 2)
