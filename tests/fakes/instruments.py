"""Instruments without a network: what a session looks, proves, explains and reads with, as the test says."""

from dataclasses import replace

from fakes.checks import make_result
from manara.model import Conclusion, Confidence, Diagnosis, Line, LineState, Unreadable, Witness
from manara.official import Reading


class FakeInstruments:
    """Everything ends at once."""

    def __init__(self, clock):
        self._clock = clock
        self.reason = None
        """Why looks fail; None where they are good."""
        self.line = LineState.ONLINE
        self.told = None
        """What official pages say; None where they do not answer."""
        self.asked = 0
        """How often an official page was asked."""

    async def look(self, check):
        return replace(make_result(self.reason), at=self._clock.now())

    async def prove_line(self, since_s):
        witness = Witness("http://good.example/", self.line is LineState.ONLINE, "")
        return Line(self.line, self._clock.now(), (witness,), sign_in_url="http://portal.example/")

    async def ask_one_witness(self):
        return None if self.line is LineState.OFFLINE else await self.prove_line(0)

    async def rebuild(self, options=None, diagnosis=None):
        pass

    async def diagnose(self, service, position, result):
        return Diagnosis(service.id, position, self._clock.now(), Conclusion.CANNOT_TELL, Confidence.POSSIBLE)

    async def learn_zones(self, emit):
        pass

    async def learn_networks(self, emit):
        pass

    async def read_official(self, page, known):
        self.asked += 1
        why = None if self.told else Unreadable.NO_ANSWER
        return Reading(self._clock.now(), self.told, why)

    def watch(self, services):
        pass
