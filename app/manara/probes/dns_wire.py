"""DNS messages as bytes: the question we send and what every look needs from an answer.

dnspython reads any message but takes 0.25 ms for a small one, half of a whole look at a web page. Addresses, aliases
and error codes are therefore read here, in a tenth of that. Knows no sockets. RFC 1035 section 4, RFC 6891, RFC 8914.
"""

import socket
import struct
from dataclasses import dataclass, field

import dns.edns
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
from dns.rcode import Rcode
from dns.rdatatype import RdataType

_HEADER = struct.Struct("!HBBHHHH")
_RECORD = struct.Struct("!HHIH")
_RECURSION_DESIRED = 0x01
_CHECKING_DISABLED = 0x10
_IS_ANSWER = 0x80
_TRUNCATED = 0x02
_OPCODE = 0x78

UDP_PAYLOAD = 1232
"""Largest answer asked for by UDP: fits every path without fragments (DNS flag day 2020)."""
_OPT = b"\0" + _RECORD.pack(RdataType.OPT, UDP_PAYLOAD, 0, 0)
_EXTENDED_ERROR = 15
_EXTENDED_ERRORS = {int(code): code.name.replace("_", " ").lower() for code in dns.edns.EDECode}

# Encoders write at most a few pointers into a name; without a limit, a chain of them costs a reader seconds.
_MOST_POINTERS = 32
_LONGEST_NAME = 255
_LONGEST_ERROR_TEXT = 200
_MOST_EXTENDED_ERRORS = 8

_WITHOUT_QUESTION = (Rcode.FORMERR, Rcode.SERVFAIL, Rcode.NOTIMP, Rcode.REFUSED)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the records of one type at one name."""

    name: dns.name.Name
    rdtype: RdataType
    recursion: bool = True
    """Whether the server may ask others; an authoritative server is asked without."""
    checked: bool = True
    """Whether the server should refuse what DNSSEC proves wrong."""

    def __str__(self) -> str:
        return f"{self.name.to_text(omit_final_dot=True)} {dns.rdatatype.to_text(self.rdtype)}"


@dataclass(frozen=True, slots=True)
class ExtendedError:
    """Why a server could not answer, in its own words (RFC 8914)."""

    code: int
    text: str = ""

    def __str__(self) -> str:
        parts = [f"extended error {self.code}", _EXTENDED_ERRORS.get(self.code, ""), self.text]
        return ": ".join(part for part in parts if part)


@dataclass(slots=True)
class Gist:
    """What every look needs from an answer. Names are in lower-case wire form."""

    rcode: Rcode
    aliases: dict[bytes, bytes] = field(default_factory=dict)
    addresses: dict[bytes, list[str]] = field(default_factory=dict)
    extended_errors: list[ExtendedError] = field(default_factory=list)


def query_bytes(question: Question, query_id: int, *, edns: bool) -> bytes:
    """Return the message that asks the question."""
    flags = _RECURSION_DESIRED if question.recursion else 0
    more_flags = 0 if question.checked else _CHECKING_DISABLED
    header = _HEADER.pack(query_id, flags, more_flags, 1, 0, 0, int(edns))
    asked = _wire_form(question.name) + struct.pack("!HH", question.rdtype, dns.rdataclass.IN)
    return header + asked + (_OPT if edns else b"")


def answers(query: bytes, wire: bytes) -> bool:
    """Tell whether a message answers the query: same id, same question. Anything else may be forged or late."""
    if len(wire) < _HEADER.size or wire[:2] != query[:2] or not wire[2] & _IS_ANSWER or wire[2] & _OPCODE:
        return False
    match wire[4:6]:
        case b"\0\0":
            return wire[3] & 0x0F in _WITHOUT_QUESTION
        case b"\0\1":
            return _question_of(wire) == _question_of(query)
    return False


def is_truncated(wire: bytes) -> bool:
    """Tell whether the answer did not fit and must be asked for by TCP."""
    return bool(wire[2] & _TRUNCATED)


def name_bytes(name: dns.name.Name) -> bytes:
    """Return a name in the form in which `Gist` has it."""
    return _wire_form(name).lower()


def name_of(wire_form: bytes) -> dns.name.Name:
    """Return a name out of `Gist`."""
    return dns.name.from_wire(wire_form, 0)[0]


def read_gist(wire: bytes) -> Gist:
    """Return what every look needs from an answer; raise `ValueError` when it is not a DNS message."""
    try:
        return _read_gist(wire)
    except (IndexError, struct.error):
        raise ValueError("the message ends too early") from None


def _read_gist(wire: bytes) -> Gist:
    _, _, more_flags, questions, answer_count, authority_count, additional_count = _HEADER.unpack_from(wire)
    gist = Gist(Rcode(more_flags & 0x0F))
    offset = _HEADER.size
    for _ in range(questions):
        offset = _read_name(wire, offset)[1] + 4
    for position in range(answer_count + authority_count + additional_count):
        name, offset = _read_name(wire, offset)
        rdtype, rdclass, ttl, length = _RECORD.unpack_from(wire, offset)
        offset += _RECORD.size
        end = offset + length
        if end > len(wire):
            raise ValueError("a record is longer than the message")
        if rdtype == RdataType.OPT:
            gist.rcode = Rcode.make(gist.rcode & 0x0F | ttl >> 24 << 4)
            gist.extended_errors.extend(_extended_errors(wire[offset:end]))
        elif position < answer_count and rdclass == dns.rdataclass.IN:
            _note_record(gist, name, rdtype, wire, slice(offset, end))
        offset = end
    return gist


def _note_record(gist: Gist, name: bytes, rdtype: int, wire: bytes, place: slice) -> None:
    if rdtype == RdataType.CNAME:
        gist.aliases.setdefault(name, _read_name(wire, place.start)[0])
    elif rdtype in (RdataType.A, RdataType.AAAA):
        family = socket.AF_INET if rdtype == RdataType.A else socket.AF_INET6
        gist.addresses.setdefault(name, []).append(socket.inet_ntop(family, wire[place]))


def _wire_form(name: dns.name.Name) -> bytes:
    return b"".join(bytes((len(label),)) + label for label in name.labels)


def _read_name(wire: bytes, offset: int) -> tuple[bytes, int]:
    """Return a name in lower-case wire form, and where it ends in the message."""
    labels = []
    size = 0
    behind = None
    pointers = 0
    while True:
        length = wire[offset]
        if length >= 0xC0:
            behind = behind or offset + 2
            target = (length & 0x3F) << 8 | wire[offset + 1]
            pointers += 1
            if target >= offset or pointers > _MOST_POINTERS:
                raise ValueError("a name points to itself")
            offset = target
            continue
        size += length + 1
        if length > 63 or size > _LONGEST_NAME:
            raise ValueError("a name is too long")
        labels.append(wire[offset : offset + length + 1])
        offset += length + 1
        if length == 0:
            # Lengths are below "A", so that lower() touches letters only.
            return b"".join(labels).lower(), behind or offset


def _extended_errors(options: bytes) -> list[ExtendedError]:
    found: list[ExtendedError] = []
    offset = 0
    while offset + 4 <= len(options) and len(found) < _MOST_EXTENDED_ERRORS:
        code, length = struct.unpack_from("!HH", options, offset)
        value = options[offset + 4 : offset + 4 + length]
        if code == _EXTENDED_ERROR and len(value) >= 2:
            text = value[2 : 2 + _LONGEST_ERROR_TEXT].decode("utf-8", "replace")
            found.append(ExtendedError(int.from_bytes(value[:2]), "".join(c for c in text if c.isprintable())))
        offset += 4 + length
    return found


def _question_of(wire: bytes) -> tuple[bytes, bytes] | None:
    """Return the name, in lower case, and the type and class of the first question."""
    try:
        name, end = _read_name(wire, _HEADER.size)
    except (IndexError, ValueError):
        return None
    return name, wire[end : end + 4]
