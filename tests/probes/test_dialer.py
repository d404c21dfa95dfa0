"""From a name to an open connection: which address, how long, what is noted, and that nothing is left open."""

import asyncio
import gc
import ssl
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from fakes.resolver import FakeResolver, make_network
from manara.model import Failure, Reason, SystemClock
from manara.probes.border import LookFailed, failure_of
from manara.probes.dialer import Connection, Tls, connect
from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.sighting import Phase, Sighting
from manara.probes.trust import Trust
from servers.tcp_server import Talk, alert, black_hole, echo, refusing_port, reset, say, say_and_close, tcp_server
from servers.tls import Authority, make_authority, self_signed, start_tls

NAME = "shop.example"


@pytest.fixture
def sighting() -> Sighting:
    return Sighting(SystemClock(), timeout_s=5)


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
    sighting = Sighting(SystemClock(), timeout_s=0.6)
    async with tcp_server(echo) as port:
        with black_hole("127.0.0.2", port):
            connection = await connect(make_network("127.0.0.2", "127.0.0.1"), NAME, port, sighting)
            connection.close()

    assert connection.address == "127.0.0.1"
    assert sighting.facts.attempts[0].failure.reason is Reason.CONNECT_TIMEOUT


async def test_when_all_addresses_fail_the_preferred_one_says_why() -> None:
    sighting = Sighting(SystemClock(), timeout_s=0.4)
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


@pytest.mark.parametrize(
    ("server_name", "certificate_name"),
    [
        ("shop.example", "shop.example"),
        ("Shop.Example.", "shop.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("fe80::1%lo", "fe80::1"),
    ],
)
async def test_a_good_certificate_is_noted(
    server_name: str, certificate_name: str, sighting: Sighting, authority: Authority
) -> None:
    network = make_network(ca_file=authority.ca_file)
    async with tcp_server(echo, tls=authority.server(certificate_name)) as port:
        connection = await connect(network, NAME, port, sighting, tls=Tls(network.trust.context(), server_name))
        connection.writer.write(b"ping")
        reply = await connection.reader.readexactly(4)
        connection.close()

    assert reply == b"ping"
    assert sighting.facts.tls_version == "TLSv1.3"
    assert sighting.facts.certificate is not None
    assert sighting.facts.certificate.names == (certificate_name,)
    assert sighting.facts.certificate.days_left(sighting.at) == 89


async def failed_handshake(
    context: ssl.SSLContext, sighting: Sighting, authority: Authority, server_name: str = NAME
) -> Failure:
    """Return how a handshake fails with a server of that context."""
    network = make_network(ca_file=authority.ca_file)
    async with tcp_server(echo, tls=context) as port:
        with pytest.raises(LookFailed) as failed:
            await connect(network, NAME, port, sighting, tls=Tls(network.trust.context(), server_name))
    return failed.value.failure


async def test_an_expired_certificate_is_described(sighting: Sighting, authority: Authority) -> None:
    failure = await failed_handshake(authority.expired(NAME), sighting, authority)

    certificate = sighting.facts.certificate
    assert failure.reason is Reason.CERTIFICATE_EXPIRED
    assert certificate is not None
    assert certificate.names == (NAME,)
    assert certificate.days_left(sighting.at) < 0
    assert f"{certificate.not_after:%Y-%m-%d %H:%M}" in failure.detail


async def test_a_certificate_of_tomorrow_is_described(sighting: Sighting, authority: Authority) -> None:
    failure = await failed_handshake(authority.not_yet_valid(NAME), sighting, authority)

    assert failure.reason is Reason.CERTIFICATE_NOT_YET_VALID
    assert sighting.facts.certificate is not None
    assert f"{sighting.facts.certificate.not_before:%Y-%m-%d %H:%M}" in failure.detail


async def test_a_certificate_for_another_name_is_described(sighting: Sighting, authority: Authority) -> None:
    failure = await failed_handshake(authority.server("other.example", "third.example"), sighting, authority)

    assert failure.reason is Reason.CERTIFICATE_NAME_MISMATCH
    assert failure.detail == "The certificate is for other.example, third.example, not for shop.example"


async def test_a_certificate_for_another_address_is_a_mismatch(sighting: Sighting, authority: Authority) -> None:
    failure = await failed_handshake(authority.server("127.0.0.2"), sighting, authority, server_name="127.0.0.1")

    assert failure.reason is Reason.CERTIFICATE_NAME_MISMATCH


async def test_a_self_signed_certificate_is_described(sighting: Sighting, authority: Authority, tmp_path: Path) -> None:
    failure = await failed_handshake(self_signed(tmp_path, NAME), sighting, authority)

    assert failure.reason is Reason.CERTIFICATE_SELF_SIGNED
    assert sighting.facts.certificate is not None
    assert sighting.facts.certificate.subject == NAME


async def test_an_unknown_issuer_is_named(sighting: Sighting, authority: Authority, tmp_path: Path) -> None:
    stranger = make_authority(tmp_path, "stranger")

    failure = await failed_handshake(stranger.server(NAME), sighting, authority)

    assert failure.reason is Reason.CERTIFICATE_UNKNOWN_ISSUER
    assert sighting.facts.certificate is not None
    assert sighting.facts.certificate.issuer in failure.detail


async def test_without_a_second_handshake_the_reason_still_stands(authority: Authority) -> None:
    network = make_network(ca_file=authority.ca_file)
    sighting = Sighting(SystemClock(), timeout_s=0)
    async with tcp_server(echo, tls=authority.expired(NAME)) as port:
        with pytest.raises(LookFailed) as failed:
            await connect(network, NAME, port, sighting, tls=Tls(network.trust.context(), NAME))

    assert failed.value.failure.reason is Reason.CERTIFICATE_EXPIRED
    assert failed.value.failure.detail == "certificate has expired"
    assert sighting.facts.certificate is None


@pytest.mark.parametrize(
    ("talk", "reason"),
    [
        (say(b"SSH-2.0-OpenSSH_9.2\r\n"), Reason.TLS_PROTOCOL),
        (say_and_close(), Reason.TLS_CLOSED),
        (reset, Reason.TLS_CLOSED),
        (alert, Reason.TLS_ALERT),
    ],
)
async def test_a_peer_that_does_not_shake_hands_fails_in_the_tls_phase(
    talk: Talk, reason: Reason, sighting: Sighting
) -> None:
    network = make_network()
    async with tcp_server(talk) as port:
        with pytest.raises(OSError) as failed:  # noqa: PT011 - the border tells which
            await connect(network, NAME, port, sighting, tls=Tls(network.trust.context(), NAME))

    assert sighting.phase is Phase.TLS
    assert failure_of(failed.value, sighting.phase).reason is reason


async def test_a_name_that_tls_cannot_carry_is_unusable(sighting: Sighting) -> None:
    network = make_network()
    async with tcp_server(echo) as port:
        with pytest.raises(LookFailed) as failed:
            await connect(network, NAME, port, sighting, tls=Tls(network.trust.context(), ".shop..example"))

    assert failed.value.failure.reason is Reason.UNUSABLE_NAME


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
            looking = asyncio.ensure_future(connect(network, NAME, port, Sighting(SystemClock()), tls=tls))
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


async def test_tls_starts_on_an_open_connection_and_forgets_what_came_before(
    sighting: Sighting, authority: Authority
) -> None:
    context = authority.server(NAME)

    async def tunnel(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()
        writer.write(b"ready\ninjected")
        await writer.drain()
        async with start_tls(writer, context) as (secured_reader, secured_writer):
            secured_writer.write(b"secret")
            await secured_reader.read()

    network = make_network(ca_file=authority.ca_file)
    async with tcp_server(tunnel) as port:
        connection = await connect(network, NAME, port, sighting)
        greeting = await connection.reader.readline()
        await connection.start_tls(Tls(network.trust.context(), NAME), sighting)
        first = await connection.reader.readexactly(6)
        connection.close()

    assert greeting == b"ready\n"
    assert first == b"secret"
    assert sighting.facts.certificate is not None


async def test_tls_that_does_not_start_drops_the_connection(sighting: Sighting) -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"ready\n")
        await reader.readexactly(1)
        writer.write(b"not tls at all")
        await reader.read()

    network = make_network()
    async with tcp_server(deaf) as port:
        connection = await connect(network, NAME, port, sighting)
        await connection.reader.readline()
        with pytest.raises(ssl.SSLError):
            await connection.start_tls(Tls(network.trust.context(), NAME), sighting)

    assert is_dropped(connection)


def is_dropped(connection: Connection) -> bool:
    """Tell whether the connection is closed."""
    return connection.writer.transport.is_closing()


async def test_a_deadline_shared_by_many_addresses_is_shared_fairly() -> None:
    sighting = Sighting(SystemClock(), timeout_s=0.8)
    started = asyncio.get_running_loop().time()
    with black_hole("127.0.0.2") as port, black_hole("127.0.0.3", port), pytest.raises(LookFailed):
        await connect(make_network("127.0.0.2", "127.0.0.3"), NAME, port, sighting)

    assert asyncio.get_running_loop().time() - started < timedelta(seconds=0.8).total_seconds()
    assert len(sighting.facts.attempts) == 2
