"""The border: every exception a look can meet becomes a `Failure` here, by its class and the phase, never by its text."""

import errno
import ssl

import h11
import httpx

from manara.model import Failure, Reason
from manara.probes.sighting import Phase


class LookFailed(Exception):  # noqa: N818 - not an error of the program: it is what the look found
    """Raised inside a probe when a step of the look fails for a known reason."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.value, detail)
        self.failure = Failure(reason, detail)


_TIMEOUTS = {
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

_ERRNOS = {
    errno.ECONNREFUSED: Reason.CONNECTION_REFUSED,
    errno.ECONNRESET: Reason.CONNECTION_RESET,
    errno.ECONNABORTED: Reason.CONNECTION_RESET,
    errno.EPIPE: Reason.CONNECTION_RESET,
    errno.ETIMEDOUT: Reason.CONNECT_TIMEOUT,
    errno.EHOSTUNREACH: Reason.HOST_UNREACHABLE,
    errno.EHOSTDOWN: Reason.HOST_UNREACHABLE,
    errno.ENETUNREACH: Reason.NETWORK_UNREACHABLE,
    errno.ENETDOWN: Reason.NETWORK_UNREACHABLE,
    errno.EADDRNOTAVAIL: Reason.NETWORK_UNREACHABLE,
    errno.EACCES: Reason.NO_PERMISSION,
    errno.EPERM: Reason.NO_PERMISSION,
    errno.EMFILE: Reason.OUT_OF_RESOURCES,
    errno.ENFILE: Reason.OUT_OF_RESOURCES,
    errno.ENOBUFS: Reason.OUT_OF_RESOURCES,
    errno.ENOMEM: Reason.OUT_OF_RESOURCES,
}
