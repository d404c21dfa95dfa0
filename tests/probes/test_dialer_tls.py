"""The handshake: good and bad certificates, peers that do not shake hands, tunnels."""

import asyncio
import ssl
from pathlib import Path

import pytest

from fakes.fair_loop import LoopClock
from fakes.resolver import make_network
from manara.model import Failure, Reason
from manara.probes.border import LookFailed, failure_of
from manara.probes.dialer import Connection, Tls, connect
from manara.probes.sighting import Phase, Sighting
from servers.tcp_server import Talk, alert, echo, reset, say, say_and_close, tcp_server
from servers.tls import Authority, make_authority, self_signed, start_tls

NAME = "shop.example"


@pytest.fixture
async def sighting() -> Sighting:
    return Sighting(LoopClock(), timeout_s=5)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


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
    sighting = Sighting(LoopClock(), timeout_s=0)
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
