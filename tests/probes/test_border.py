"""Every exception that a look can meet, real or made, becomes the failure it stands for."""

import asyncio
import errno
import os
import socket
import ssl
from pathlib import Path

import h11
import httpx
import pytest

from manara.model import Failure, Layer, Reason
from manara.probes.border import CLOSINGS, ERRNOS, TIMEOUTS, VERIFY_CODES, LookFailed, failure_of
from manara.probes.sighting import Phase


def tls_error(symbol: str) -> ssl.SSLError:
    """Make the error that OpenSSL raises under that symbol."""
    error = ssl.SSLError(1, f"[SSL: {symbol}]")
    error.reason = symbol
    return error


def verification_error(code: int) -> ssl.SSLCertVerificationError:
    """Make the error for a certificate that was refused with that code."""
    error = ssl.SSLCertVerificationError(1, "refused")
    error.verify_code = code
    error.verify_message = "what OpenSSL says"
    return error


def wrapped(cause: BaseException) -> httpx.ConnectError:
    """Make the error in which httpx wraps another one."""
    error = httpx.ConnectError("wrapped")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_says_what_a_timeout_means(phase: Phase) -> None:
    assert failure_of(TimeoutError(), phase).reason is TIMEOUTS[phase]
    assert failure_of(httpx.ReadTimeout("slow"), phase).reason is TIMEOUTS[phase]
    assert failure_of(OSError(errno.ETIMEDOUT, "system"), phase).reason is TIMEOUTS[phase]


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_says_what_an_early_end_means(phase: Phase) -> None:
    for error in (EOFError(), asyncio.IncompleteReadError(b"", 1), ssl.SSLEOFError(), ssl.SSLZeroReturnError()):
        assert failure_of(error, phase).reason is CLOSINGS[phase]


@pytest.mark.parametrize(("number", "reason"), ERRNOS.items())
def test_every_system_error_has_its_reason_and_says_so(number: int, reason: Reason) -> None:
    failure = failure_of(OSError(number, "words that nobody reads"), Phase.CONNECT)

    assert failure == Failure(reason, os.strerror(number))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ConnectionRefusedError(), Reason.CONNECTION_REFUSED),
        (ConnectionResetError("Connection lost"), Reason.CONNECTION_RESET),
        (ConnectionAbortedError(), Reason.CONNECTION_RESET),
        (BrokenPipeError(), Reason.CONNECTION_RESET),
        (PermissionError(), Reason.NO_PERMISSION),
    ],
)
def test_a_system_error_without_a_number_is_known_by_its_class(error: OSError, reason: Reason) -> None:
    assert failure_of(error, Phase.FIRST_BYTE).reason is reason


@pytest.mark.parametrize("error", [ConnectionResetError(), ConnectionAbortedError(), BrokenPipeError()])
def test_a_reset_during_the_handshake_belongs_to_tls(error: OSError) -> None:
    assert failure_of(error, Phase.TLS).reason is Reason.TLS_CLOSED


@pytest.mark.parametrize(("code", "reason"), VERIFY_CODES.items())
def test_every_verification_code_has_its_reason(code: int, reason: Reason) -> None:
    assert failure_of(verification_error(code), Phase.TLS) == Failure(reason, "what OpenSSL says")


def test_other_verification_codes_are_an_invalid_certificate() -> None:
    assert failure_of(verification_error(23), Phase.TLS).reason is Reason.CERTIFICATE_INVALID


def test_an_alert_is_told_from_a_protocol_error_by_its_symbol() -> None:
    alert = failure_of(tls_error("SSLV3_ALERT_HANDSHAKE_FAILURE"), Phase.TLS)
    protocol = failure_of(tls_error("WRONG_VERSION_NUMBER"), Phase.TLS)

    assert alert == Failure(Reason.TLS_ALERT, "SSLV3_ALERT_HANDSHAKE_FAILURE")
    assert protocol == Failure(Reason.TLS_PROTOCOL, "WRONG_VERSION_NUMBER")


def test_a_tls_error_without_a_symbol_is_a_protocol_error() -> None:
    assert failure_of(ssl.SSLError(1, "something"), Phase.TLS).reason is Reason.TLS_PROTOCOL


def test_a_real_certificate_file_error_is_a_tls_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.pem"
    path.write_bytes(b"")
    with pytest.raises(ssl.SSLError) as raised:
        ssl.create_default_context(cafile=str(path))

    assert failure_of(raised.value, Phase.PREPARE).reason is Reason.TLS_PROTOCOL


def test_a_real_refusal_is_connection_refused() -> None:
    with socket.socket() as held, socket.socket() as client:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(OSError) as raised:  # noqa: PT011 - the border tells which
            client.connect(held.getsockname())

    assert failure_of(raised.value, Phase.CONNECT).reason is Reason.CONNECTION_REFUSED


def test_an_address_that_is_none_is_unusable() -> None:
    with pytest.raises(socket.gaierror) as raised:
        socket.getaddrinfo("nowhere", 80, flags=socket.AI_NUMERICHOST)

    assert failure_of(raised.value, Phase.CONNECT).reason is Reason.UNUSABLE_NAME


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (h11.RemoteProtocolError("garbage"), Reason.HTTP_PROTOCOL),
        (httpx.RemoteProtocolError("garbage"), Reason.HTTP_PROTOCOL),
        (httpx.DecodingError("bad gzip"), Reason.UNREADABLE_BODY),
        (httpx.TooManyRedirects("21"), Reason.TOO_MANY_REDIRECTS),
        (httpx.UnsupportedProtocol("file"), Reason.UNUSABLE_REDIRECT),
        (httpx.InvalidURL("no host"), Reason.UNUSABLE_REDIRECT),
        (wrapped(ConnectionRefusedError(errno.ECONNREFUSED, "")), Reason.CONNECTION_REFUSED),
        (wrapped(LookFailed(Reason.NXDOMAIN)), Reason.NXDOMAIN),
        (httpx.ConnectError("nobody knows why"), Reason.INTERNAL_ERROR),
    ],
)
def test_errors_of_the_http_libraries_have_their_reason(error: Exception, reason: Reason) -> None:
    assert failure_of(error, Phase.FIRST_BYTE).reason is reason


def test_a_step_that_knows_its_reason_is_believed() -> None:
    assert failure_of(LookFailed(Reason.CNAME_LOOP, "round"), Phase.DNS) == Failure(Reason.CNAME_LOOP, "round")


@pytest.mark.parametrize(
    "error", [OSError(errno.ECONNREFUSED, ""), TimeoutError(), EOFError(), LookFailed(Reason.NXDOMAIN)]
)
def test_whatever_happens_on_the_way_to_the_proxy_is_the_proxys_failure(error: Exception) -> None:
    assert failure_of(error, Phase.PROXY).reason is Reason.PROXY_FAILED


def test_a_local_trouble_on_the_way_to_the_proxy_stays_local() -> None:
    assert failure_of(OSError(errno.EMFILE, ""), Phase.PROXY).reason is Reason.OUT_OF_RESOURCES


@pytest.mark.parametrize("error", [ValueError("ours"), OSError(errno.ENOTDIR, "odd"), OSError("without a number")])
def test_the_unknown_is_an_internal_error_that_names_its_class(error: Exception) -> None:
    failure = failure_of(error, Phase.CONNECT)

    assert failure.reason is Reason.INTERNAL_ERROR
    assert failure.detail.startswith(type(error).__name__)


def test_a_detail_is_bounded() -> None:
    assert len(failure_of(ValueError("x" * 100_000), Phase.BODY).detail) <= 200


def test_every_reason_of_connecting_is_given_by_some_exception() -> None:
    layers = {Layer.TCP, Layer.TLS}
    # A judgement on a good connection.
    judged = {Reason.CERTIFICATE_EXPIRES_SOON}
    given = {*TIMEOUTS.values(), *CLOSINGS.values(), *ERRNOS.values(), *VERIFY_CODES.values()}
    given |= {Reason.TLS_ALERT, Reason.TLS_PROTOCOL, Reason.CERTIFICATE_INVALID}

    missing = {reason for reason in Reason if reason.layer in layers} - judged - given

    assert missing == set()
