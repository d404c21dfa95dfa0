"""Contexts are shared where they are alike, and files that cannot be used are named."""

import ssl
from pathlib import Path
from random import Random

import pytest

from manara.model import Reason
from manara.probes.border import LookFailed
from manara.probes.trust import Trust
from servers.tls import Authority, make_authority

NOISE = Random(1).randbytes(64)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


def subjects(context: ssl.SSLContext) -> set[str]:
    """Return the organisations of the authorities that a context trusts."""
    return {
        value
        for certificate in context.get_ca_certs()
        for part in certificate["subject"]
        for key, value in part
        if key == "organizationName"
    }


def test_alike_wishes_share_a_context() -> None:
    trust = Trust()

    assert trust.context() is trust.context(verify=True)
    assert trust.context() is not trust.context(verify=False)
    assert trust.context() is not trust.context(alpn="http/1.1")


def test_certificates_are_verified_unless_wished_otherwise() -> None:
    trust = Trust()

    assert trust.context().verify_mode is ssl.CERT_REQUIRED
    assert trust.context().check_hostname
    assert trust.context(verify=False).verify_mode is ssl.CERT_NONE
    assert not trust.context(verify=False).check_hostname


def test_own_authorities_are_trusted_besides_those_of_the_system(authority: Authority, tmp_path: Path) -> None:
    other = make_authority(tmp_path, "other")
    trust = Trust(authority.ca_file)

    assert "authority" in subjects(trust.context())
    assert {"authority", "other"} <= subjects(trust.context(ca_file=other.ca_file))
    assert "other" not in subjects(trust.context())


def test_a_client_certificate_is_loaded(authority: Authority, tmp_path: Path) -> None:
    certificate, key = authority.client(tmp_path)
    both = tmp_path / "both.pem"
    both.write_text(Path(key).read_text() + Path(certificate).read_text())
    trust = Trust()

    separate = trust.context(client_certificate=certificate, client_key=key)
    together = trust.context(client_certificate=str(both))

    assert separate is not together


def test_missing_authorities_are_named(tmp_path: Path) -> None:
    path = str(tmp_path / "nothing.pem")

    with pytest.raises(LookFailed) as failed:
        Trust(path).context()

    assert failed.value.failure.reason is Reason.FILE_UNREADABLE
    assert failed.value.failure.detail == f"{path}: No such file or directory"


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n", NOISE])
def test_a_file_without_authorities_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.pem"
    path.write_bytes(content)

    with pytest.raises(LookFailed) as failed:
        Trust().context(ca_file=str(path))

    assert failed.value.failure.reason is Reason.FILE_UNREADABLE
    assert str(path) in failed.value.failure.detail


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LookFailed) as failed:
        Trust().context(ca_file=str(tmp_path))

    assert failed.value.failure.reason is Reason.FILE_UNREADABLE


def test_a_client_certificate_without_its_key_is_named(authority: Authority, tmp_path: Path) -> None:
    certificate, _ = authority.client(tmp_path)

    with pytest.raises(LookFailed) as failed:
        Trust().context(client_certificate=certificate)

    assert failed.value.failure.reason is Reason.FILE_UNREADABLE
    assert failed.value.failure.detail.startswith(certificate)


def test_a_missing_client_key_is_named(authority: Authority, tmp_path: Path) -> None:
    certificate, _ = authority.client(tmp_path)

    with pytest.raises(LookFailed) as failed:
        Trust().context(client_certificate=certificate, client_key=str(tmp_path / "none.key"))

    assert "none.key" in failed.value.failure.detail


def test_a_failed_wish_is_tried_anew(authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "later.pem"
    trust = Trust(str(path))
    with pytest.raises(LookFailed):
        trust.context()

    path.write_bytes(Path(authority.ca_file).read_bytes())

    assert "authority" in subjects(trust.context())
