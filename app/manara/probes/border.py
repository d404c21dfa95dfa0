"""The border: every exception a look can meet becomes a `Failure` here, by its class and the phase, never its text."""

import asyncio
import errno
import os
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import Any

import h11
import httpx

from manara.model import Failure, Layer, Reason
from manara.probes.sighting import Phase

_MAX_DETAIL = 200


class LookFailed(Exception):  # noqa: N818 - not an error of the program: it is what the look found
    """Raised inside a probe when a step of the look fails for a known reason."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.value, detail)
        self.failure = Failure(reason, detail)


def failure_of(error: BaseException, phase: Phase) -> Failure:
    """Return what an exception says of a look that was in `phase` when it was raised."""
    failure = _failure_of_class(error, phase)
    if phase is Phase.PROXY and failure.layer is not Layer.LOCAL:
        return Failure(Reason.PROXY_FAILED, failure.detail)
    return failure


def verification_reason(error: ssl.SSLCertVerificationError) -> Reason:
    """Return what is wrong with a certificate that did not pass."""
    return VERIFY_CODES.get(error.verify_code, Reason.CERTIFICATE_INVALID)


TIMEOUTS: Mapping[Phase, Reason] = {
    Phase.PREPARE: Reason.INTERNAL_ERROR,
    Phase.DNS: Reason.DNS_TIMEOUT,
    Phase.CONNECT: Reason.CONNECT_TIMEOUT,
    Phase.PROXY: Reason.PROXY_FAILED,
    Phase.TLS: Reason.TLS_TIMEOUT,
    Phase.FIRST_BYTE: Reason.RESPONSE_TIMEOUT,
    Phase.BODY: Reason.BODY_TIMEOUT,
    Phase.REPLY: Reason.REPLY_TIMEOUT,
    Phase.ECHO: Reason.NO_ECHO,
}
"""What it means that time ran out, whoever measured it."""

CLOSINGS: Mapping[Phase, Reason] = {
    Phase.PREPARE: Reason.CONNECTION_CLOSED,
    Phase.DNS: Reason.DNS_ERROR,
    Phase.CONNECT: Reason.CONNECTION_CLOSED,
    Phase.PROXY: Reason.PROXY_FAILED,
    Phase.TLS: Reason.TLS_CLOSED,
    Phase.FIRST_BYTE: Reason.HTTP_CLOSED,
    Phase.BODY: Reason.INCOMPLETE_BODY,
    Phase.REPLY: Reason.CONNECTION_CLOSED,
    Phase.ECHO: Reason.CONNECTION_CLOSED,
}
"""What it means that the peer ended the connection while more was due."""

ERRNOS: Mapping[int, Reason] = {
    errno.ECONNREFUSED: Reason.CONNECTION_REFUSED,
    errno.ECONNRESET: Reason.CONNECTION_RESET,
    errno.ECONNABORTED: Reason.CONNECTION_RESET,
    errno.EPIPE: Reason.CONNECTION_RESET,
    errno.EHOSTUNREACH: Reason.HOST_UNREACHABLE,
    errno.EHOSTDOWN: Reason.HOST_UNREACHABLE,
    errno.ENOPROTOOPT: Reason.HOST_UNREACHABLE,  # how Linux reports the ICMP message "protocol unreachable"
    errno.ENETUNREACH: Reason.NETWORK_UNREACHABLE,
    errno.ENETDOWN: Reason.NETWORK_UNREACHABLE,
    errno.EADDRNOTAVAIL: Reason.NETWORK_UNREACHABLE,
    errno.EAFNOSUPPORT: Reason.NETWORK_UNREACHABLE,  # a kernel without IPv6
    errno.EINVAL: Reason.NETWORK_UNREACHABLE,  # a link-local address that does not say which interface
    errno.EACCES: Reason.NO_PERMISSION,
    errno.EPERM: Reason.NO_PERMISSION,
    errno.EMFILE: Reason.OUT_OF_RESOURCES,
    errno.ENFILE: Reason.OUT_OF_RESOURCES,
    errno.ENOBUFS: Reason.OUT_OF_RESOURCES,
    errno.ENOMEM: Reason.OUT_OF_RESOURCES,
}
"""System errors. ETIMEDOUT is not among them: Python raises it as `TimeoutError`, and the phase names it."""

VERIFY_CODES: Mapping[int, Reason] = {
    2: Reason.CERTIFICATE_UNKNOWN_ISSUER,
    9: Reason.CERTIFICATE_NOT_YET_VALID,
    10: Reason.CERTIFICATE_EXPIRED,
    18: Reason.CERTIFICATE_SELF_SIGNED,
    19: Reason.CERTIFICATE_SELF_SIGNED,
    20: Reason.CERTIFICATE_UNKNOWN_ISSUER,
    21: Reason.CERTIFICATE_UNKNOWN_ISSUER,
    62: Reason.CERTIFICATE_NAME_MISMATCH,
    64: Reason.CERTIFICATE_NAME_MISMATCH,
}
"""Verification results of OpenSSL, as numbered in its x509_vfy.h."""


def _failure_of_class(error: BaseException, phase: Phase) -> Failure:
    for cls, failure in _CLASSES:
        if isinstance(error, cls):
            return failure(error, phase)
    return _internal(error)


def _internal(error: BaseException) -> Failure:
    return Failure(Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}"[:_MAX_DETAIL])


def _of_verification(error: ssl.SSLCertVerificationError, _phase: Phase) -> Failure:
    return Failure(verification_reason(error), error.verify_message[:_MAX_DETAIL])


def _of_tls(error: ssl.SSLError, _phase: Phase) -> Failure:
    # The reason is OpenSSL's symbol, like SSLV3_ALERT_HANDSHAKE_FAILURE: an alert is what the peer says to us.
    # One that Python makes by itself has none.
    symbol = getattr(error, "reason", None) or ""
    return Failure(Reason.TLS_ALERT if "_ALERT_" in symbol else Reason.TLS_PROTOCOL, symbol)


def _of_system(error: OSError, phase: Phase) -> Failure:
    number = error.errno if error.errno is not None else _errno_of_class(error)
    if number is None or number not in ERRNOS:
        return _internal(error)
    reason = ERRNOS[number]
    if reason is Reason.CONNECTION_RESET and phase is Phase.TLS:
        reason = Reason.TLS_CLOSED
    return Failure(reason, os.strerror(number))


def _errno_of_class(error: OSError) -> int | None:
    # asyncio raises some of them without a number, `ConnectionResetError("Connection lost")` for one.
    numbers = {
        ConnectionRefusedError: errno.ECONNREFUSED,
        ConnectionResetError: errno.ECONNRESET,
        ConnectionAbortedError: errno.ECONNABORTED,
        BrokenPipeError: errno.EPIPE,
        PermissionError: errno.EACCES,
    }
    return next((number for cls, number in numbers.items() if isinstance(error, cls)), None)


def _of_wrapped(error: httpx.TransportError, phase: Phase) -> Failure:
    return _internal(error) if error.__cause__ is None else _failure_of_class(error.__cause__, phase)


def _always(reason: Reason) -> Callable[[BaseException, Phase], Failure]:
    return lambda error, _phase: Failure(reason, str(error)[:_MAX_DETAIL])


_CLASSES: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Callable[[Any, Phase], Failure]], ...] = (
    # The first line that fits counts, so the special stand before the general.
    (LookFailed, lambda error, _phase: error.failure),
    ((TimeoutError, httpx.TimeoutException), lambda _error, phase: Failure(TIMEOUTS[phase])),
    (ssl.SSLCertVerificationError, _of_verification),
    (
        (ssl.SSLEOFError, ssl.SSLZeroReturnError, EOFError, asyncio.IncompleteReadError),
        lambda _error, phase: Failure(CLOSINGS[phase]),
    ),
    (ssl.SSLError, _of_tls),
    (socket.gaierror, _always(Reason.UNUSABLE_NAME)),
    (OSError, _of_system),
    ((h11.RemoteProtocolError, httpx.RemoteProtocolError), _always(Reason.HTTP_PROTOCOL)),
    (httpx.DecodingError, _always(Reason.UNREADABLE_BODY)),
    (httpx.TooManyRedirects, _always(Reason.TOO_MANY_REDIRECTS)),
    ((httpx.UnsupportedProtocol, httpx.InvalidURL), _always(Reason.UNUSABLE_REDIRECT)),
    (httpx.TransportError, _of_wrapped),
)
