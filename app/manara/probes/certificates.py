"""What a certificate says of itself, read whether or not anybody trusts it."""

import warnings
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from cryptography import x509
from cryptography.x509.oid import NameOID

from manara.model import Certificate, Reason

_MAX_NAMES = 100
_MAX_TEXT = 253
_MAX_SHOWN_NAMES = 5
# All that the library raises for bytes that were changed at one place; found by changing each to every value.
_NONSENSE = (TypeError, ValueError, x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)


# Cached because every look at a service meets the same certificate again; the function is pure.
@lru_cache(maxsize=512)
def certificate_of(der: bytes) -> Certificate | None:
    """Return what the certificate says; None when its bytes make no sense."""
    try:
        # What breaks a rule is the server's fault: no reason to complain on our terminal.
        with warnings.catch_warnings(action="ignore"):
            return _read(der)
    except _NONSENSE:
        return None


def complaint(reason: Reason, certificate: Certificate, server_name: str, now: datetime) -> str:
    """Say what is wrong with a certificate in a sentence; empty when the certificate itself does not show it."""
    match reason:
        case Reason.CERTIFICATE_EXPIRED if certificate.not_after <= now:
            return f"The certificate of {certificate.subject} ended on {_moment(certificate.not_after)}"
        case Reason.CERTIFICATE_NOT_YET_VALID if certificate.not_before > now:
            return f"The certificate of {certificate.subject} begins on {_moment(certificate.not_before)}"
        case Reason.CERTIFICATE_NAME_MISMATCH:
            return f"The certificate is for {_listed(certificate)}, not for {server_name}"
        case Reason.CERTIFICATE_UNKNOWN_ISSUER:
            return f"The certificate of {certificate.subject} is issued by {certificate.issuer}, unknown here"
        case Reason.CERTIFICATE_SELF_SIGNED:
            return f"The certificate of {certificate.subject} vouches for itself"
        case _:
            return ""


def _read(der: bytes) -> Certificate:
    parsed = x509.load_der_x509_certificate(der)
    return Certificate(
        subject=_short_name(parsed.subject),
        issuer=_short_name(parsed.issuer),
        names=tuple(name[:_MAX_TEXT] for name in islice(_names(parsed), _MAX_NAMES)),
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        sha256=sha256(der).hexdigest(),
    )


def _names(parsed: x509.Certificate) -> Iterable[str]:
    try:
        names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    addresses = (str(address) for address in names.get_values_for_type(x509.IPAddress))
    return (*names.get_values_for_type(x509.DNSName), *addresses)


def _short_name(name: x509.Name) -> str:
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(oid):
            return str(attribute.value)[:_MAX_TEXT]
    return name.rfc4514_string()[:_MAX_TEXT]


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M UTC")


def _listed(certificate: Certificate) -> str:
    names = certificate.names or (certificate.subject,)
    shown = ", ".join(names[:_MAX_SHOWN_NAMES])
    more = len(names) - _MAX_SHOWN_NAMES
    return f"{shown} and {more} more" if more > 0 else shown
