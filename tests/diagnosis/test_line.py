import asyncio
from dataclasses import replace

import pytest

from fakes.checks import make_result
from fakes.clock import START, settle
from manara.diagnosis import LineProver
from manara.diagnosis.line import line_state
from manara.model import LineState, NetworkOptions, Reason, Witness

GOOD_PAGE = "http://good.example/generate_204"
OTHER_PAGE = "http://other.example/hello"
SERVER = "192.0.2.53"


class Places:
    """Answers for pages and name servers by their address."""

    def __init__(self, **failures):
        self.failures = failures
        self.asked = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def look(self, check):
        self.asked.append(check)
        await self.gate.wait()
        kind = {GOOD_PAGE: "page", OTHER_PAGE: "other", f". NS at {SERVER}": "server"}.get(check.target, "server")
        return make_result(self.failures.get(kind))


def prover(places, clock, anchors=(GOOD_PAGE, OTHER_PAGE), servers=(SERVER,)):
    return LineProver(NetworkOptions(anchors=anchors, witness_resolvers=servers), places.look, clock)


async def test_one_page_that_answers_proves_the_line(clock):
    line = await prover(Places(other=Reason.CONNECT_TIMEOUT, server=Reason.DNS_TIMEOUT), clock).prove(clock.monotonic())

    assert (line.state, line.at) == (LineState.ONLINE, START)


async def test_every_witness_is_kept_as_evidence(clock):
    line = await prover(Places(other=Reason.CONNECT_TIMEOUT), clock).prove(clock.monotonic())

    assert line.witnesses == (
        Witness(GOOD_PAGE, answered=True, detail="203.0.113.7", ms=12.0),
        Witness(OTHER_PAGE, answered=False, detail="connect-timeout", ms=12.0),
        Witness(SERVER, answered=True, detail="203.0.113.7", ms=12.0),
    )


async def test_name_servers_alone_do_not_prove_the_line_since_a_hotspot_answers_for_them(clock):
    line = await prover(Places(page=Reason.UNEXPECTED_STATUS, other=Reason.UNEXPECTED_STATUS), clock).prove(
        clock.monotonic()
    )

    assert line.state is LineState.UNKNOWN


async def test_without_pages_a_name_server_proves_the_line(clock):
    line = await prover(Places(), clock, anchors=()).prove(clock.monotonic())

    assert line.state is LineState.ONLINE


async def test_when_no_witness_answers_it_is_our_own_line(clock):
    silent = Places(page=Reason.DNS_TIMEOUT, other=Reason.DNS_TIMEOUT, server=Reason.DNS_TIMEOUT)

    line = await prover(silent, clock).prove(clock.monotonic())

    assert line.state is LineState.OFFLINE


async def test_without_witnesses_nothing_is_known_and_nobody_is_asked(clock):
    places = Places()

    line = await prover(places, clock, anchors=(), servers=()).prove(clock.monotonic())

    assert (line.state, places.asked) == (LineState.UNKNOWN, [])


async def test_services_that_fail_together_ask_once(clock):
    places = Places()
    places.gate.clear()
    proof = prover(places, clock)
    asking = [asyncio.create_task(proof.prove(clock.monotonic())) for _ in range(50)]
    await settle()

    places.gate.set()
    lines = await asyncio.gather(*asking)

    assert len(places.asked) == 3
    assert {line.state for line in lines} == {LineState.ONLINE}


async def test_an_answer_from_before_the_failing_look_began_does_not_prove_the_line(clock):
    places = Places()
    proof = prover(places, clock)
    await proof.prove(clock.monotonic())
    places.failures = {"page": Reason.DNS_TIMEOUT, "other": Reason.DNS_TIMEOUT, "server": Reason.DNS_TIMEOUT}

    clock.pass_by(0.01)
    asking = asyncio.create_task(proof.prove(clock.monotonic()))
    await clock.advance(1)

    assert (await asking).state is LineState.OFFLINE


async def test_the_witnesses_are_not_asked_again_within_a_second(clock):
    places = Places()
    proof = prover(places, clock)
    await proof.prove(clock.monotonic())
    clock.pass_by(0.1)
    asking = asyncio.create_task(proof.prove(clock.monotonic()))

    await clock.advance(0.8)
    early = len(places.asked)
    await clock.advance(0.2)
    await asking

    assert (early, len(places.asked)) == (3, 6)


async def test_a_page_that_answers_204_by_agreement_must_do_so_without_a_redirect(clock):
    places = Places()

    await prover(places, clock).prove(clock.monotonic())

    asked = {check.target: check for check in places.asked}
    assert (asked[GOOD_PAGE].accept, asked[GOOD_PAGE].follow_redirects) == (("204",), False)
    assert asked[OTHER_PAGE].accept == ("200-299",)


@pytest.mark.parametrize(
    ("pages", "servers", "expected"),
    [
        ("+", "", LineState.ONLINE),
        ("-+", "-", LineState.ONLINE),
        ("--", "-", LineState.OFFLINE),
        ("-", "+", LineState.UNKNOWN),
        ("", "-+", LineState.ONLINE),
        ("", "--", LineState.OFFLINE),
        ("", "", LineState.UNKNOWN),
    ],
)
def test_the_witnesses_together_tell_the_state_of_the_line(pages, servers, expected):
    witness = Witness("place", answered=True, detail="")

    def spoken(signs):
        return [replace(witness, answered=sign == "+") for sign in signs]

    assert line_state(spoken(pages), spoken(servers)) is expected
