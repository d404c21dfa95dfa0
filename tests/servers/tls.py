"""Certificates of every kind, good and bad, made on the spot."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Authority:
    """An authority of the tests; `ca_file` makes it trusted."""

    ca: trustme.CA
    ca_file: str

    def server(
        self, *names: str, begins: timedelta = timedelta(days=-1), ends: timedelta = timedelta(days=90)
    ) -> ssl.SSLContext:
        """Return a server's context with a certificate for the names that holds from and to the times from now."""
        now = datetime.now(UTC)
        certificate = self.ca.issue_cert(*names, not_before=now + begins, not_after=now + ends)
        context = _server_context()
        certificate.configure_cert(context)
        return context

    def expired(self, *names: str) -> ssl.SSLContext:
        """Return a context whose certificate ended yesterday."""
        return self.server(*names, begins=timedelta(days=-30), ends=timedelta(days=-1))

    def not_yet_valid(self, *names: str) -> ssl.SSLContext:
        """Return a context whose certificate begins tomorrow."""
        return self.server(*names, begins=timedelta(days=1), ends=timedelta(days=30))

    def client(self, folder: Path) -> tuple[str, str]:
        """Write a client's certificate and its key and return both paths."""
        certificate = self.ca.issue_cert("client@manara.example")
        chain, key = folder / "client.pem", folder / "client.key"
        for part in certificate.cert_chain_pems:
            part.write_to_path(chain, append=True)
        certificate.private_key_pem.write_to_path(key)
        return str(chain), str(key)


def make_authority(folder: Path, name: str = "authority") -> Authority:
    """Make an authority whose certificate lies in the folder."""
    ca = trustme.CA(organization_name=name)
    path = folder / f"{name}.pem"
    ca.cert_pem.write_to_path(path)
    return Authority(ca, str(path))


def self_signed(folder: Path, name: str) -> ssl.SSLContext:
    """Return a server's context with a certificate that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=90))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "self-signed.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = _server_context()
    context.load_cert_chain(path)
    return context


@asynccontextmanager
async def start_tls(
    writer: asyncio.StreamWriter, context: ssl.SSLContext
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Speak TLS as a server on an open connection whose reading was paused before the client could begin."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport = await loop.start_tls(writer.transport, protocol, context, server_side=True)
    assert transport
    protocol.connection_made(transport)
    try:
        yield reader, asyncio.StreamWriter(transport, protocol, reader, loop)
    finally:
        transport.abort()


def _server_context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
