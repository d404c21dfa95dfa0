"""The tls check against certificates of every kind."""

import ssl
from datetime import timedelta
from pathlib import Path

import pytest

from fakes.fair_loop import LoopClock
from fakes.resolver import make_network
from manara.model import CheckResult, Outcome, Reason
from manara.probes.look import look
from manara.probes.tls import TlsCheck
from servers.tcp_server import echo, refusing_port, say, say_and_close, tcp_server
from servers.tls import Authority, make_authority

NAME = "shop.example"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


async def look_at(context: ssl.SSLContext | None, **options: object) -> CheckResult:
    """Look once at a server with that context; one without does not speak TLS."""
    talk = echo if context else say(b"hello\r\n")
    async with tcp_server(talk, tls=context) as port:
        check = TlsCheck(host=NAME, port=port, **options)
        return await look(check, make_network(), LoopClock())


async def test_a_good_certificate_is_good(authority: Authority) -> None:
    result = await look_at(authority.server(NAME), ca_file=authority.ca_file)

    assert result.failure is None
    assert result.facts.certificate is not None
    assert result.facts.tls_version == "TLSv1.3"
    assert result.timings.tls_ms is not None


async def test_a_certificate_that_ends_soon_is_a_warning(authority: Authority) -> None:
    context = authority.server(NAME, ends=timedelta(days=5, hours=1))

    result = await look_at(context, ca_file=authority.ca_file, days_left_warning=14)

    assert result.failure is not None
    assert result.failure.reason is Reason.CERTIFICATE_EXPIRES_SOON
    assert result.failure.detail == "The certificate ends in 5 days"
    assert result.outcome is Outcome.DEGRADED


async def test_the_warning_can_be_switched_off(authority: Authority) -> None:
    context = authority.server(NAME, ends=timedelta(hours=1))

    result = await look_at(context, ca_file=authority.ca_file, days_left_warning=0)

    assert result.failure is None


async def test_another_name_may_be_asked_for(authority: Authority) -> None:
    result = await look_at(authority.server("other.example"), ca_file=authority.ca_file, server_name="other.example")

    assert result.failure is None


async def test_the_certificate_is_reported_though_it_is_refused(authority: Authority) -> None:
    result = await look_at(authority.expired(NAME), ca_file=authority.ca_file)

    assert result.failure is not None
    assert result.failure.reason is Reason.CERTIFICATE_EXPIRED
    assert result.facts.certificate is not None
    assert result.facts.certificate.names == (NAME,)


async def test_a_server_that_does_not_speak_tls_is_named_so() -> None:
    result = await look_at(None)

    assert result.failure is not None
    assert result.failure.reason is Reason.TLS_PROTOCOL


async def test_a_peer_that_says_nothing_ends_at_the_deadline() -> None:
    async with tcp_server(say()) as port:
        check = TlsCheck(host=NAME, port=port, timeout=timedelta(seconds=0.2))
        result = await look(check, make_network(), LoopClock())

    assert result.failure is not None
    assert result.failure.reason is Reason.TLS_TIMEOUT


async def test_a_peer_that_closes_is_named_so() -> None:
    async with tcp_server(say_and_close()) as port:
        result = await look(TlsCheck(host=NAME, port=port), make_network(), LoopClock())

    assert result.failure is not None
    assert result.failure.reason is Reason.TLS_CLOSED


async def test_a_refused_connection_has_no_tls() -> None:
    with refusing_port() as port:
        result = await look(TlsCheck(host=NAME, port=port), make_network(), LoopClock())

    assert result.failure is not None
    assert result.failure.reason is Reason.CONNECTION_REFUSED
    assert result.timings.tls_ms is None


async def test_files_that_cannot_be_read_say_nothing_of_the_service(tmp_path: Path) -> None:
    result = await look(TlsCheck(host=NAME, ca_file=str(tmp_path / "none")), make_network(), LoopClock())

    assert result.failure is not None
    assert result.failure.reason is Reason.FILE_UNREADABLE
    assert result.outcome is Outcome.UNKNOWN


async def test_a_client_certificate_is_shown_to_the_server(authority: Authority, tmp_path: Path) -> None:
    certificate, key = authority.client(tmp_path)
    context = authority.server(NAME)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.ca_file)
    # In TLS 1.3 a server complains only after the handshake.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    options = {"ca_file": authority.ca_file}

    with_one = await look_at(context, client_certificate=certificate, client_key=key, **options)
    without = await look_at(context, **options)

    assert with_one.failure is None
    assert without.failure is not None
    assert without.failure.layer.value == "tls"


def test_the_target_is_what_people_write() -> None:
    assert TlsCheck(host=NAME).target == "shop.example:443"
    assert TlsCheck(host="::1", port=8443).target == "[::1]:8443"
