"""The `tls` check: is the certificate good, and for how long still?"""

from dataclasses import dataclass
from typing import ClassVar

from manara.model import Check, Failure, Reason, option
from manara.probes.accepts import usable_host, usable_optional_host
from manara.probes.dialer import Tls, connect
from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.sighting import Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsCheck(Check):
    """Shakes hands by TLS and reads the certificate, even one that cannot be trusted."""

    type: ClassVar[str] = "tls"

    host: str = option(help="Host name or address", accepts=usable_host)
    port: int = option(443, help="Port number", minimum=1, maximum=65_535)
    server_name: str = option(
        "", help="Name that the certificate must be for; empty means the host", accepts=usable_optional_host
    )
    days_left_warning: int = option(
        14, help="Warn when the certificate ends in fewer days than this", unit="days", minimum=0, maximum=3_650
    )
    ca_file: str = option("", help="A file of certificate authorities to trust besides those of the system")
    client_certificate: str = option("", help="A file with the certificate to show to the server", advanced=True)
    client_key: str = option(
        "", help="A file with the key of that certificate, where it is not in the same file", advanced=True
    )
    family: Family = option(Family.ANY, help="Which addresses to use: any, ipv4 or ipv6", advanced=True)

    @property
    def target(self) -> str:
        """Host and port."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


async def probe_tls(check: TlsCheck, network: Network, sighting: Sighting) -> Failure | None:
    """Look once."""
    context = network.trust.context(
        ca_file=check.ca_file, client_certificate=check.client_certificate, client_key=check.client_key
    )
    tls = Tls(context, check.server_name or check.host)
    connection = await connect(network, check.host, check.port, sighting, family=check.family, tls=tls)
    connection.close()
    certificate = sighting.facts.certificate
    days = certificate.days_left(sighting.at) if certificate else check.days_left_warning
    if days < check.days_left_warning:
        return Failure(Reason.CERTIFICATE_EXPIRES_SOON, f"The certificate ends in {days} days")
    return None
