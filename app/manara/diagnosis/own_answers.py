"""Questions to our own resolver about records that are no addresses."""

import dns.message
import dns.name
from dns.rcode import Rcode
from dns.rdatatype import RdataType

from manara.model import NameServer
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import Answer, ask
from manara.probes.dns_wire import Question
from manara.probes.name_servers import Patience, ask_around


class OwnAnswers:
    """Asks the name servers of our own resolver."""

    def __init__(self, servers: tuple[NameServer, ...], *, patience: Patience | None = None) -> None:
        self._servers = servers
        self._patience = patience or Patience()

    async def answer(self, name: dns.name.Name, rdtype: RdataType) -> dns.message.Message | None:
        """Return what is said of a name, also that it does not exist; None where nobody answers well."""
        question = Question(name, rdtype)

        async def ask_one(server: NameServer, timeout_s: float) -> Answer:
            return await ask(question, server, timeout_s=timeout_s)

        try:
            answer = await ask_around(self._servers, self._patience, ask_one)
            return answer.message() if answer.rcode in (Rcode.NOERROR, Rcode.NXDOMAIN) else None
        except LookFailed:
            return None

    async def texts(self, name: str) -> tuple[str, ...]:
        """Return the TXT records of a name; none where there are none, or nobody answers well."""
        answer = await self.answer(dns.name.from_text(name), RdataType.TXT)
        rrsets = [] if answer is None else answer.answer
        records = (record for rrset in rrsets if rrset.rdtype == RdataType.TXT for record in rrset)
        return tuple(b"".join(record.strings).decode(errors="replace") for record in records)
