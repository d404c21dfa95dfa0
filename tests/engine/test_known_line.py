import pytest

from fakes.checks import FakeCheck, make_result
from fakes.clock import START
from manara.engine.known_line import KnownLine
from manara.model import Limit, Line, LineState, Reason, Witness, WitnessKind

CHECK = FakeCheck(name="far")
TLS = "TLSv1.3"
DISTANT_6 = "2001:db8::7"
OF_OUR_SERVER = Witness("192.168.1.1", answered=False, detail="", kind=WitnessKind.OWN_RESOLVER)
LIMITED = Line(LineState.LIMITED, START, (OF_OUR_SERVER,), (Limit.OWN_RESOLVER, Limit.IPV6))


class Known:
    """What is known of the line, and how often the witnesses were asked."""

    def __init__(self, clock, line):
        self.clock = clock
        self.line = line
        self.asked = 0
        self.known = KnownLine(self.prove, clock)
        self.known.line = line

    async def prove(self, since_s):
        self.asked += 1
        self.since_s = since_s
        return self.line

    async def look(self, result, began_s=None, **how):
        began_s = self.clock.monotonic() if began_s is None else began_s
        self.known.line = await self.known.at_look(CHECK, result, began_s, **how)
        return self.known.line


@pytest.fixture
def known(clock):
    return Known(clock, Line())


async def test_a_service_that_proves_its_identity_shows_that_the_line_works(known):
    line = await known.look(make_result(tls_version=TLS))

    assert (line.state, known.asked) == (LineState.ONLINE, 0)
    assert line.witnesses == (Witness("far.example", True, "203.0.113.7", 12.0, WitnessKind.SERVICE),)


async def test_what_is_broken_of_the_line_stays_so_while_services_are_well(clock):
    known = Known(clock, LIMITED)

    line = await known.look(make_result(tls_version=TLS))

    assert (line.state, line.limits) == (LineState.LIMITED, LIMITED.limits)
    assert line.witnesses == LIMITED.witnesses


async def test_a_look_that_needed_it_shows_that_it_is_whole_again(clock):
    known = Known(clock, LIMITED)

    await known.look(make_result(tls_version=TLS, address=DISTANT_6))
    line = await known.look(make_result(tls_version=TLS, address=DISTANT_6, resolver="192.168.1.1"))

    assert (line.state, line.limits) == (LineState.ONLINE, ())


async def test_silence_asks_unless_the_same_family_was_proven_since_the_look_began(known, clock):
    began_s = clock.monotonic()
    await known.look(make_result(tls_version=TLS))

    await known.look(make_result(Reason.CONNECT_TIMEOUT), began_s)
    asked_of_the_same = known.asked
    await known.look(make_result(Reason.CONNECT_TIMEOUT, address=DISTANT_6), began_s)

    assert (asked_of_the_same, known.asked) == (0, 1)


async def test_silence_of_both_families_needs_a_proof_by_any(known, clock):
    both = make_result(Reason.CONNECT_TIMEOUT, addresses=("203.0.113.7", DISTANT_6))
    began_s = clock.monotonic()

    await known.look(both, began_s)
    without = known.asked
    await known.look(make_result(tls_version=TLS, address=None), began_s)
    await known.look(both, began_s)

    assert (without, known.asked) == (1, 1)


async def test_a_failing_name_asks_even_if_the_line_was_proven_a_moment_ago(known, clock):
    began_s = clock.monotonic()
    await known.look(make_result(tls_version=TLS))

    await known.look(make_result(Reason.SERVFAIL, address=None), began_s)

    assert known.asked == 1


async def test_after_a_doubt_nothing_from_before_proves_the_line(known, clock):
    began_s = clock.monotonic()
    await known.look(make_result(tls_version=TLS))

    known.known.doubt()
    await known.look(make_result(Reason.CONNECT_TIMEOUT), began_s)

    assert known.asked == 1


async def test_it_is_known_when_the_line_was_asked_last(known, clock):
    await known.look(make_result(tls_version=TLS))
    clock.pass_by(5)
    await known.look(make_result())
    heard_s = known.known.asked_s
    await known.look(make_result(Reason.NXDOMAIN, address=None))

    assert (heard_s, known.known.asked_s) == (clock.monotonic() - 5, clock.monotonic())


async def test_that_an_outage_goes_on_may_rest_on_a_proof_of_some_seconds_before(known, clock):
    await known.look(make_result(tls_version=TLS))
    clock.pass_by(9)

    await known.look(make_result(Reason.CONNECT_TIMEOUT), lasting=True)
    spared = known.asked
    await known.look(make_result(Reason.NXDOMAIN, address=None), lasting=True)
    since_s = known.since_s
    await known.look(make_result(Reason.CONNECT_TIMEOUT))

    assert (spared, since_s, known.asked) == (0, clock.monotonic() - 10, 2)
