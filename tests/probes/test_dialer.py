"""From a name to an open connection: which address, how long, what is noted, and that nothing is left open."""

import asyncio
import gc
from contextlib import AsyncExitStack

import pytest

from fakes.fair_loop import LoopClock
from fakes.resolver import FakeResolver, make_network
from manara.model import Failure, Reason
from manara.probes.border import LookFailed
from manara.probes.dialer import Tls, connect
from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.sighting import Phase, Sighting
from manara.probes.trust import Trust
from servers.tcp_server import black_hole, echo, refusing_port, say, tcp_server
from servers.tls import Authority, make_authority

NAME = "shop.example"


@pytest.fixture
async def sighting() -> Sighting:
    return Sighting(LoopClock(), timeout_s=5)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


async def test_the_address_that_was_connected_to_is_named(sighting: Sighting) -> None:
    async with tcp_server(say(b"hello")) as port:
        connection = await connect(make_network(), NAME, port, sighting)
        greeting = await connection.reader.readexactly(5)
        connection.close()

    assert greeting == b"hello"
    assert connection.address == sighting.address == "127.0.0.1"


async def test_what_the_resolver_found_is_noted(sighting: Sighting) -> None:
    resolver = FakeResolver("127.0.0.1")
    async with tcp_server(echo) as port:
        connection = await connect(Network(resolver, Trust()), NAME, port, sighting, family=Family.IPV4)
        connection.close()

    assert resolver.asked == [(NAME, Family.IPV4)]
    assert sighting.facts.addresses == ("127.0.0.1",)
    assert sighting.facts.cname_chain == ("alias.example",)
    assert sighting.facts.resolver == "192.0.2.53"


async def test_each_phase_is_timed(sighting: Sighting, authority: Authority) -> None:
    network = make_network(ca_file=authority.ca_file)
    async with tcp_server(echo, tls=authority.server(NAME)) as port:
        connection = await connect(network, NAME, port, sighting, tls=Tls(network.trust.context(), NAME))
        connection.close()

    timings = sighting.result(None).timings
    assert timings.dns_ms is not None
    assert timings.connect_ms is not None
    assert timings.tls_ms is not None
    assert timings.first_byte_ms is None


async def test_a_name_that_leads_nowhere_fails_in_the_dns_phase(sighting: Sighting) -> None:
    network = Network(FakeResolver(error=LookFailed(Reason.NXDOMAIN)), Trust())

    with pytest.raises(LookFailed) as failed:
        await connect(network, NAME, 1, sighting)

    assert failed.value.failure == Failure(Reason.NXDOMAIN)
    assert sighting.phase is Phase.DNS
    assert sighting.address is None


async def test_a_refused_connection_names_its_address(sighting: Sighting) -> None:
    with refusing_port() as port, pytest.raises(LookFailed) as failed:
        await connect(make_network(), NAME, port, sighting)

    assert failed.value.failure.reason is Reason.CONNECTION_REFUSED
    assert sighting.address == "127.0.0.1"


async def test_the_next_address_is_a_fallback_and_the_vain_one_is_recorded(sighting: Sighting) -> None:
    async with tcp_server(echo) as port:
        with refusing_port("127.0.0.2", port):
            connection = await connect(make_network("127.0.0.2", "127.0.0.1"), NAME, port, sighting)
            connection.close()

    assert connection.address == sighting.address == "127.0.0.1"
    assert [(tried.address, tried.failure.reason) for tried in sighting.facts.attempts] == [
        ("127.0.0.2", Reason.CONNECTION_REFUSED)
    ]


async def test_one_silent_address_does_not_eat_the_deadline() -> None:
    sighting = Sighting(LoopClock(), timeout_s=0.6)
    async with tcp_server(echo) as port:
        with black_hole("127.0.0.2", port):
            connection = await connect(make_network("127.0.0.2", "127.0.0.1"), NAME, port, sighting)
            connection.close()

    assert connection.address == "127.0.0.1"
    assert sighting.facts.attempts[0].failure.reason is Reason.CONNECT_TIMEOUT


async def test_when_all_addresses_fail_the_preferred_one_says_why() -> None:
    sighting = Sighting(LoopClock(), timeout_s=0.4)
    with refusing_port("127.0.0.3") as port, black_hole("127.0.0.2", port), pytest.raises(LookFailed) as failed:
        await connect(make_network("127.0.0.2", "127.0.0.3"), NAME, port, sighting)

    assert failed.value.failure.reason is Reason.CONNECT_TIMEOUT
    assert sighting.address == "127.0.0.2"
    assert [tried.address for tried in sighting.facts.attempts] == ["127.0.0.2", "127.0.0.3"]


async def test_an_address_without_a_way_to_it_says_nothing_of_the_service(sighting: Sighting) -> None:
    # TCP to a multicast address is "network unreachable" on every Linux machine.
    with refusing_port() as port, pytest.raises(LookFailed) as failed:
        await connect(make_network("224.0.0.1", "127.0.0.1"), NAME, port, sighting)

    assert failed.value.failure.reason is Reason.CONNECTION_REFUSED
    assert sighting.address == "127.0.0.1"


async def test_without_a_way_to_any_address_the_network_is_unreachable(sighting: Sighting) -> None:
    with pytest.raises(LookFailed) as failed:
        await connect(make_network("224.0.0.1", "224.0.0.2"), NAME, 9, sighting)

    assert failed.value.failure.reason is Reason.NETWORK_UNREACHABLE
    assert sighting.address == "224.0.0.1"


async def test_a_crowd_of_addresses_is_not_tried_for_ever(sighting: Sighting) -> None:
    with refusing_port() as port, pytest.raises(LookFailed):
        await connect(make_network(*["127.0.0.1"] * 1000), NAME, port, sighting)

    assert len(sighting.facts.attempts) == 8


async def test_something_that_is_no_address_is_unusable(sighting: Sighting) -> None:
    with pytest.raises(LookFailed) as failed:
        await connect(make_network("localhost"), NAME, 9, sighting)

    assert failed.value.failure.reason is Reason.UNUSABLE_NAME


async def test_ipv6_is_spoken(sighting: Sighting) -> None:
    async with tcp_server(say(b"six"), host="::1") as port:
        connection = await connect(make_network("::1"), NAME, port, sighting)
        greeting = await connection.reader.readexactly(3)
        connection.close()

    assert greeting == b"six"


@pytest.mark.parametrize("stage", ["connect", "tls"])
async def test_a_deadline_names_the_phase_and_leaves_nothing_open(stage: str, sighting: Sighting) -> None:
    network = make_network()
    async with AsyncExitStack() as stack:
        if stage == "connect":
            port = stack.enter_context(black_hole())
        else:
            port = await stack.enter_async_context(tcp_server(say()))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await connect(network, NAME, port, sighting, tls=Tls(network.trust.context(), NAME))

    gc.collect()
    assert sighting.phase == stage
    assert sighting.address == "127.0.0.1"


async def test_a_look_cancelled_at_any_step_leaves_nothing_open(authority: Authority) -> None:
    network = make_network(ca_file=authority.ca_file)
    tls = Tls(network.trust.context(), NAME)
    async with tcp_server(echo, tls=authority.server(NAME)) as port:
        finished = False
        for steps in range(200):
            looking = asyncio.ensure_future(connect(network, NAME, port, Sighting(LoopClock()), tls=tls))
            for _ in range(steps):
                await asyncio.sleep(0)
            finished = looking.done()
            if finished:
                looking.result().close()
                break
            looking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await looking
        gc.collect()

    assert steps > 5


async def test_a_deadline_shared_by_many_addresses_is_shared_fairly() -> None:
    sighting = Sighting(LoopClock(), timeout_s=0.8)
    started = asyncio.get_running_loop().time()
    with black_hole("127.0.0.2") as port, black_hole("127.0.0.3", port), pytest.raises(LookFailed):
        await connect(make_network("127.0.0.2", "127.0.0.3"), NAME, port, sighting)

    assert asyncio.get_running_loop().time() - started < 0.8
    assert len(sighting.facts.attempts) == 2
