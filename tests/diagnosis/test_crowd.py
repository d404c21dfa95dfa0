"""Hundreds of services that fail at the same moment."""

import asyncio
from collections import Counter
from dataclasses import dataclass, replace

import dns.message
import dns.rcode

from fakes.checks import make_result
from fakes.clock import settle
from fakes.ladder import OWN, PARENTS, SERVERS, WITNESSES, ZONE, Ladder
from manara.diagnosis.explainer import AT_ONCE
from manara.diagnosis.name_questions import SERVER_TRIES_S
from manara.diagnosis.sharing import MOST_AT_ONCE
from manara.model import Conclusion, Reason, Service
from manara.probes import HttpCheck
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import Answer
from manara.probes.dns_wire import read_gist

MANY = 500
ZONES = 5
LONG_S = 60.0
"""However slow the machine is, no diagnosis is cut short."""


@dataclass
class Crowd(Ladder):
    """Counts what is under way; nobody answers but the public resolvers, which find nobody either."""

    open: int = 0
    most_open: int = 0

    async def ask(self, question, server, *, timeout_s):
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            # All that are to be asked at the same time are.
            await settle()
            return self._answer(question, server)
        finally:
            self.open -= 1

    def _answer(self, question, server):
        self.asked.append((server.address, question))
        if server.address not in WITNESSES:
            raise LookFailed(Reason.DNS_TIMEOUT, "silence")
        response = dns.message.make_response(dns.message.make_query(question.name, question.rdtype))
        response.set_rcode(dns.rcode.SERVFAIL)
        wire = response.to_wire()
        return Answer(question, server, read_gist(wire), wire, 1.0, over_tcp=False)


def crowd_of(many):
    """Services in a few zones of one owner."""
    checks = [HttpCheck(url=f"https://www{number}.shop{number % ZONES}.example/") for number in range(many)]
    return [Service(f"s{number}", f"Service {number}", (check,)) for number, check in enumerate(checks)]


async def explain_all(world, services):
    """Explain failures of all of them at once."""

    async def zone_of(host):
        return replace(ZONE, name=host.partition(".")[2])

    explainer = world.explainer(zone_of=zone_of, limit_s=LONG_S)
    failed = make_result(Reason.DNS_TIMEOUT, address=None)
    return await asyncio.gather(*(explainer.explain(service, 0, failed) for service in services))


async def test_five_hundred_that_fail_at_once_are_all_explained():
    async with Crowd() as world:
        found = await explain_all(world, crowd_of(MANY))

    assert [diagnosis.service_id for diagnosis in found] == [f"s{number}" for number in range(MANY)]
    assert {diagnosis.conclusion for diagnosis in found} == {Conclusion.NAME_SERVERS_SILENT}
    assert {len(diagnosis.named) for diagnosis in found} == {len(SERVERS)}


async def test_what_they_have_in_common_is_asked_once():
    async with Crowd(witnesses=()) as world:
        await explain_all(world, crowd_of(MANY))

    of_zones = Counter((address, question) for address, question in world.asked if address != OWN)
    assert {question.name.to_text() for _, question in of_zones} == {
        f"shop{number}.example." for number in range(ZONES)
    }
    assert len(of_zones) == ZONES * len({*SERVERS.values(), *PARENTS})
    # Silence is asked again, in case that a packet was lost.
    assert set(of_zones.values()) == {len(SERVER_TRIES_S)}


async def test_only_so_many_questions_are_open_at_once():
    async with Crowd() as world:
        await explain_all(world, crowd_of(MANY))

    assert world.open == 0
    assert AT_ONCE < world.most_open <= MOST_AT_ONCE
