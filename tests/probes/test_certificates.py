"""What certificates say, good, odd and broken ones."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from manara.model import Certificate, Reason
from manara.probes.certificates import certificate_of, complaint

BEGINS = datetime(2021, 10, 1, tzinfo=UTC)
ENDS = datetime(2021, 12, 30, 12, 0, tzinfo=UTC)
KEY = ec.generate_private_key(ec.SECP256R1())


def name(**parts: str) -> x509.Name:
    oids = {"cn": NameOID.COMMON_NAME, "o": NameOID.ORGANIZATION_NAME, "c": NameOID.COUNTRY_NAME}
    return x509.Name([x509.NameAttribute(oids[key], value) for key, value in parts.items()])


def der(
    subject: x509.Name, issuer: x509.Name | None = None, names: tuple[x509.GeneralName, ...] | None = None
) -> bytes:
    """Return the bytes of a certificate."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or name(o="Authority", c="DE"))
        .public_key(KEY.public_key())
        .serial_number(7)
        .not_valid_before(BEGINS)
        .not_valid_after(ENDS)
    )
    if names is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


GOOD = der(name(cn="shop.example"), names=(x509.DNSName("shop.example"), x509.IPAddress(ip_address("192.0.2.1"))))


def test_a_certificate_is_read() -> None:
    assert certificate_of(GOOD) == Certificate(
        subject="shop.example",
        issuer="Authority",
        names=("shop.example", "192.0.2.1"),
        not_before=BEGINS,
        not_after=ENDS,
        sha256=sha256(GOOD).hexdigest(),
    )


def test_days_are_counted_whole_and_negative_once_it_has_ended() -> None:
    certificate = certificate_of(GOOD)
    assert certificate

    assert certificate.days_left(ENDS - timedelta(days=2, hours=1)) == 2
    assert certificate.days_left(ENDS - timedelta(hours=1)) == 0
    assert certificate.days_left(ENDS + timedelta(hours=1)) == -1


def test_a_subject_without_common_name_or_organisation_is_written_out() -> None:
    certificate = certificate_of(der(name(c="DE")))

    assert certificate
    assert certificate.subject == "C=DE"
    assert certificate.names == ()


def test_names_are_bounded() -> None:
    certificate = certificate_of(der(name(cn="x"), names=tuple(x509.DNSName(f"n{i}.example") for i in range(1000))))

    assert certificate
    assert len(certificate.names) == 100


@given(st.binary(max_size=200))
def test_bytes_that_make_no_sense_are_no_certificate(data: bytes) -> None:
    assert certificate_of(data) is None


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_damaged_certificate_never_raises(position: int, byte: int) -> None:
    damaged = GOOD[:position] + bytes([byte]) + GOOD[position + 1 :]

    assert certificate_of(damaged) is None or isinstance(certificate_of(damaged), Certificate)


NOW = datetime(2021, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "now", "sentence"),
    [
        (
            Reason.CERTIFICATE_EXPIRED,
            datetime(2022, 1, 1, tzinfo=UTC),
            "The certificate of shop.example ended on 2021-12-30 12:00 UTC",
        ),
        (
            Reason.CERTIFICATE_NOT_YET_VALID,
            datetime(2021, 9, 1, tzinfo=UTC),
            "The certificate of shop.example begins on 2021-10-01 00:00 UTC",
        ),
        # The one that ended is further up in the chain.
        (Reason.CERTIFICATE_EXPIRED, NOW, ""),
        (Reason.CERTIFICATE_NOT_YET_VALID, NOW, ""),
        (Reason.CERTIFICATE_INVALID, NOW, ""),
        (
            Reason.CERTIFICATE_NAME_MISMATCH,
            NOW,
            "The certificate is for shop.example, 192.0.2.1, not for other.example",
        ),
        (
            Reason.CERTIFICATE_UNKNOWN_ISSUER,
            NOW,
            "The certificate of shop.example is issued by Authority, unknown here",
        ),
        (Reason.CERTIFICATE_SELF_SIGNED, NOW, "The certificate of shop.example vouches for itself"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(reason: Reason, now: datetime, sentence: str) -> None:
    certificate = certificate_of(GOOD)
    assert certificate

    assert complaint(reason, certificate, "other.example", now) == sentence


def test_a_long_list_of_names_is_cut() -> None:
    certificate = certificate_of(der(name(cn="x"), names=tuple(x509.DNSName(f"n{i}") for i in range(8))))
    assert certificate

    sentence = complaint(Reason.CERTIFICATE_NAME_MISMATCH, certificate, "shop.example", NOW)

    assert sentence == "The certificate is for n0, n1, n2, n3, n4 and 3 more, not for shop.example"


def test_without_names_the_subject_is_what_it_is_for() -> None:
    certificate = certificate_of(der(name(cn="old.example")))
    assert certificate

    sentence = complaint(Reason.CERTIFICATE_NAME_MISMATCH, certificate, "shop.example", NOW)

    assert sentence == "The certificate is for old.example, not for shop.example"
