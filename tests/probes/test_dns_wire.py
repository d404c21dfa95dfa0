"""Reading and writing DNS messages, compared with dnspython and fed with anything."""

import contextlib
import struct
import time
from ipaddress import ip_address

import dns.edns
import dns.message
import dns.name
import dns.rrset
import pytest
from dns.rcode import Rcode
from dns.rdatatype import RdataType
from hypothesis import given
from hypothesis import strategies as st

from manara.probes.dns_wire import (
    ExtendedError,
    Question,
    answers,
    is_truncated,
    name_bytes,
    name_of,
    query_bytes,
    read_gist,
)

WWW = Question(dns.name.from_text("WWW.shop.example"), RdataType.A)
LABELS = st.lists(st.binary(min_size=1, max_size=20), max_size=8)
NAMES = LABELS.map(lambda labels: dns.name.Name([*labels, b""]))


def reply(*records: tuple[str, str, str], question: Question = WWW) -> dns.message.Message:
    query = dns.message.from_wire(query_bytes(question, 7, edns=True))
    message = dns.message.make_response(query)
    for name, rdtype, value in records:
        message.answer.append(dns.rrset.from_text(name, 60, "IN", rdtype, value))
    return message


class TestQueries:
    @given(NAMES, st.sampled_from([RdataType.A, RdataType.CAA, RdataType.PTR]), st.integers(0, 0xFFFF))
    def test_dnspython_reads_what_we_write(self, name: dns.name.Name, rdtype: RdataType, query_id: int) -> None:
        query = dns.message.from_wire(query_bytes(Question(name, rdtype), query_id, edns=True))

        assert query.id == query_id
        assert query.question[0].name == name
        assert query.question[0].rdtype == rdtype
        assert (query.edns, query.payload) == (0, 1232)

    def test_without_edns_nothing_follows_the_question(self) -> None:
        query = dns.message.from_wire(query_bytes(WWW, 1, edns=False))

        assert query.edns == -1

    def test_a_question_reads_like_one(self) -> None:
        assert str(WWW) == "WWW.shop.example A"


class TestRecognising:
    def test_the_letter_case_of_the_question_does_not_matter(self) -> None:
        query = query_bytes(WWW, 7, edns=True)

        assert answers(query, reply().to_wire().replace(b"WWW", b"wWw"))

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            (0, b"\1\0"),  # another id
            (2, b"\1\0"),  # a question
            (2, b"\xa9\x80"),  # another operation
            (4, b"\0\0"),  # no question, but no error
            (4, b"\0\2"),  # two questions
            (13, b"xxx"),  # another name
            (30, b"\0\2"),  # another type
            (32, b"\0\3"),  # another class
            (12, b"\xff\xff"),  # no name at all
        ],
    )
    def test_anything_that_differs_is_not_the_answer(self, place: int, value: bytes) -> None:
        wire = reply().to_wire()
        spoilt = wire[:place] + value + wire[place + len(value) :]

        assert not answers(query_bytes(WWW, 7, edns=True), spoilt)

    @given(st.binary(max_size=60))
    def test_any_bytes_can_be_judged(self, wire: bytes) -> None:
        assert not answers(query_bytes(WWW, 7, edns=True), b"\xff\xff" + wire)
        answers(query_bytes(WWW, 7, edns=True), b"\0\7\x81\x80\0\1" + wire)

    def test_a_cut_answer_says_so(self) -> None:
        assert is_truncated(b"\0\7\x83\x80" + bytes(8))
        assert not is_truncated(b"\0\7\x81\x80" + bytes(8))


class TestReading:
    def test_addresses_and_aliases_are_read(self) -> None:
        message = reply(
            ("www.shop.example.", "CNAME", "Edge.example."),
            ("edge.example.", "A", "192.0.2.1"),
            ("edge.example.", "AAAA", "2001:db8::1"),
            ("edge.example.", "TXT", "192.0.2.9"),
        )

        gist = read_gist(message.to_wire())

        assert gist.rcode is Rcode.NOERROR
        assert gist.aliases == {name_bytes(WWW.name): b"\4edge\7example\0"}
        assert gist.addresses == {b"\4edge\7example\0": ["192.0.2.1", "2001:db8::1"]}

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["a.example.", "B.example.", "c.d.example.", "example."]),
                st.one_of(
                    st.tuples(st.just("A"), st.ip_addresses(v=4).map(str)),
                    st.tuples(st.just("AAAA"), st.ip_addresses(v=6).map(str)),
                    st.tuples(st.just("CNAME"), st.sampled_from(["a.example.", "x.B.example."])),
                    st.tuples(st.just("TXT"), st.just("hello")),
                ),
            ),
            max_size=12,
        )
    )
    def test_dnspython_sees_the_same_addresses_and_aliases(self, records: list[tuple[str, tuple[str, str]]]) -> None:
        wire = reply(*((name, rdtype, value) for name, (rdtype, value) in records)).to_wire()

        gist = read_gist(wire)

        addresses: dict[bytes, list[str]] = {}
        aliases: dict[bytes, bytes] = {}
        for rrset in dns.message.from_wire(wire, one_rr_per_rrset=True).answer:
            name, value = name_bytes(rrset.name), rrset[0]
            if rrset.rdtype in (RdataType.A, RdataType.AAAA):
                addresses.setdefault(name, []).append(str(ip_address(value.address)))
            elif rrset.rdtype == RdataType.CNAME:
                aliases.setdefault(name, name_bytes(value.target))
        seen = {name: [str(ip_address(each)) for each in found] for name, found in gist.addresses.items()}
        assert (seen, gist.aliases) == (addresses, aliases)

    def test_only_the_answer_section_gives_addresses(self) -> None:
        message = reply()
        message.additional.append(dns.rrset.from_text("www.shop.example.", 60, "IN", "A", "192.0.2.66"))

        assert read_gist(message.to_wire()).addresses == {}

    def test_records_of_other_classes_are_passed_over(self) -> None:
        message = reply()
        message.answer.append(dns.rrset.from_text("www.shop.example.", 60, "HS", "TYPE1", r"\# 4 c0000201"))

        assert read_gist(message.to_wire()).addresses == {}

    def test_codes_above_15_are_read(self) -> None:
        message = reply()
        message.set_rcode(Rcode.BADVERS)

        assert read_gist(message.to_wire()).rcode is Rcode.BADVERS

    def test_extended_errors_are_read_without_what_cannot_be_printed(self) -> None:
        message = reply()
        options = [
            dns.edns.GenericOption(10, b"cookie"),
            dns.edns.EDEOption(22, "delegation \n\x1b[1mshop.example"),
            dns.edns.EDEOption(99),
        ]
        message.use_edns(0, options=options)

        gist = read_gist(message.to_wire())

        assert gist.extended_errors == [ExtendedError(22, "delegation [1mshop.example"), ExtendedError(99)]
        assert [str(error) for error in gist.extended_errors] == [
            "extended error 22: no reachable authority: delegation [1mshop.example",
            "extended error 99",
        ]

    def test_extended_errors_are_bounded(self) -> None:
        message = reply()
        message.use_edns(0, options=[dns.edns.EDEOption(0, "x" * 1000)] * 50)

        gist = read_gist(message.to_wire(max_size=65_535))

        assert len(gist.extended_errors) == 8
        assert {len(error.text) for error in gist.extended_errors} == {200}

    def test_an_extended_error_without_a_code_is_passed_over(self) -> None:
        message = reply()
        message.use_edns(0, options=[dns.edns.GenericOption(15, b"")])

        assert read_gist(message.to_wire()).extended_errors == []

    @given(NAMES)
    def test_names_survive_the_way_out_and_back(self, name: dns.name.Name) -> None:
        assert name_of(name_bytes(name)) == name

    @given(st.binary(max_size=300))
    def test_any_bytes_are_an_answer_or_a_value_error(self, wire: bytes) -> None:
        with contextlib.suppress(ValueError):
            read_gist(wire)

    @given(st.data())
    def test_any_spoilt_answer_is_an_answer_or_a_value_error(self, data: st.DataObject) -> None:
        wire = reply(("www.shop.example.", "CNAME", "e.example."), ("e.example.", "A", "192.0.2.1")).to_wire()
        place = data.draw(st.integers(0, len(wire) - 1))
        spoilt = wire[:place] + data.draw(st.binary(max_size=8)) + wire[place + data.draw(st.integers(0, 8)) :]

        with contextlib.suppress(ValueError):
            read_gist(spoilt)

    @pytest.mark.parametrize(
        "name",
        [
            b"\xc0\x0c",  # a pointer to itself
            b"\xc0\xff",  # a pointer forward
            b"\x40" + bytes(70),  # a label longer than 63
            (b"\x3f" + b"a" * 63) * 4 + b"\0",  # a name longer than 255
        ],
    )
    def test_names_that_cannot_be_are_refused(self, name: bytes) -> None:
        wire = struct.pack("!HHHHHH", 7, 0x8180, 0, 1, 0, 0) + name + struct.pack("!HHIH", 1, 1, 60, 4) + bytes(4)

        with pytest.raises(ValueError, match="a name"):
            read_gist(wire)

    def test_a_record_longer_than_the_message_is_refused(self) -> None:
        wire = struct.pack("!HHHHHH", 7, 0x8180, 0, 1, 0, 0) + b"\0" + struct.pack("!HHIH", 1, 1, 60, 400) + bytes(4)

        with pytest.raises(ValueError, match="longer than the message"):
            read_gist(wire)

    def test_an_address_of_the_wrong_length_is_refused(self) -> None:
        wire = struct.pack("!HHHHHH", 7, 0x8180, 0, 1, 0, 0) + b"\0" + struct.pack("!HHIH", 1, 1, 60, 5) + bytes(5)

        with pytest.raises(ValueError, match="length"):
            read_gist(wire)

    def test_a_chain_of_thousands_of_pointers_costs_no_time(self) -> None:
        chain = bytearray(b"\0\0")
        while len(chain) < 16_000:
            chain += struct.pack("!H", 0xC000 | (23 + len(chain) - 2))
        records = b"\0" + struct.pack("!HHIH", 65_280, 1, 0, len(chain)) + bytes(chain)
        pointing = struct.pack("!H", 0xC000 | (23 + len(chain) - 2)) + struct.pack("!HHIH", 2, 1, 0, 0)
        count = (65_000 - len(records)) // len(pointing)
        wire = struct.pack("!HHHHHH", 7, 0x8180, 0, 1 + count, 0, 0) + records + pointing * count
        started = time.process_time()

        with pytest.raises(ValueError, match="points to itself"):
            read_gist(wire)

        assert time.process_time() - started < 1
