"""Whom TLS trusts: shared contexts, since building one costs more than a whole check."""

import ssl
from dataclasses import dataclass

from manara.loading import load
from manara.model import Reason
from manara.probes.border import LookFailed

READS_CERTIFICATES = "manara.probes.certificates:certificate_of"
"""What reads certificates, by name: the library behind it is for those who look at something that speaks TLS."""


@dataclass(frozen=True, slots=True)
class _Wish:
    verify: bool
    ca_file: str
    client_certificate: str
    client_key: str
    alpn: str


class Trust:
    """The authorities of the system, and those of `ca_file` besides. Each kind of context is built once."""

    def __init__(self, ca_file: str = "") -> None:
        self._ca_file = ca_file
        self._contexts: dict[_Wish, ssl.SSLContext] = {}

    def context(
        self,
        *,
        verify: bool = True,
        ca_file: str = "",
        client_certificate: str = "",
        client_key: str = "",
        alpn: str = "",
    ) -> ssl.SSLContext:
        """Return a context to share; raise `LookFailed` when a file cannot be used. `alpn` is like `http/1.1`."""
        wish = _Wish(verify, ca_file, client_certificate, client_key, alpn)
        if wish not in self._contexts:
            self._contexts[wish] = self._build(wish)
        return self._contexts[wish]

    def _build(self, wish: _Wish) -> ssl.SSLContext:
        # Now, since it would otherwise be loaded while others shake hands, whose time is taken.
        load(READS_CERTIFICATES)
        context = ssl.create_default_context()
        if not wish.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        for path in (self._ca_file, wish.ca_file):
            if path:
                _load_authorities(context, path)
        if wish.client_certificate:
            _load_client_certificate(context, wish.client_certificate, wish.client_key)
        if wish.alpn:
            context.set_alpn_protocols([wish.alpn])
        return context


def _load_authorities(context: ssl.SSLContext, path: str) -> None:
    try:
        context.load_verify_locations(cafile=path)
    except OSError as error:
        raise LookFailed(Reason.FILE_UNREADABLE, _complaint(path, error, "certificates of authorities")) from error


def _load_client_certificate(context: ssl.SSLContext, path: str, key_path: str) -> None:
    try:
        # The empty password keeps OpenSSL from asking for one on the terminal when the key is encrypted.
        context.load_cert_chain(path, key_path or None, password="")
    except OSError as error:
        paths = f"{path} and {key_path}" if key_path else path
        raise LookFailed(Reason.FILE_UNREADABLE, _complaint(paths, error, "a certificate with its key")) from error


def _complaint(path: str, error: OSError, wanted: str) -> str:
    if isinstance(error, ssl.SSLError):
        return f"{path}: does not hold {wanted} that can be used"
    return f"{path}: {error.strerror}"
