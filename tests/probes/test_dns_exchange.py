"""One question to one real name server on loopback, which may be hostile."""

import contextlib
import socket
import struct

import dns.message
import dns.name
import pytest
from dns.rcode import Rcode
from dns.rdatatype import RdataType
from hypothesis import given
from hypothesis import strategies as st

from manara.model import Failure, NameServer, Reason
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import Answer, ask
from manara.probes.dns_wire import Question, answers, query_bytes, read_gist
from servers.dns_server import (
    Behaviour,
    DnsServer,
    Raw,
    Reply,
    code,
    garbage,
    silent,
    truncated,
    without_edns,
    wrong_id,
    wrong_question,
)

ZONE = {"shop.example": ["192.0.2.1", "MX 10 mail.shop.example."]}
SHOP = Question(dns.name.from_text("shop.example"), RdataType.A)


async def failure(server: NameServer, *, timeout_s: float = 10) -> Failure:
    with pytest.raises(LookFailed) as caught:
        await ask(SHOP, server, timeout_s=timeout_s)
    return caught.value.failure


class TestAsking:
    async def test_the_answer_says_who_gave_it_how_and_how_fast(self) -> None:
        async with DnsServer(ZONE) as server:
            answer = await ask(SHOP, server.name_server, timeout_s=10)

            assert answer.server == server.name_server
            assert answer.rcode is Rcode.NOERROR
            assert answer.failure() is None
            assert answer.ms > 0
            assert not answer.over_tcp
            assert "192.0.2.1" in answer.message().answer[0].to_text()

    async def test_large_answers_are_asked_for_up_to_1232_bytes(self) -> None:
        async with DnsServer(ZONE) as server:
            await ask(SHOP, server.name_server, timeout_s=10)

            query = server.asked[0].message
            assert query.payload == 1232
            assert query.flags & dns.flags.RD
            assert not query.flags & dns.flags.CD

    async def test_recursion_and_dnssec_checks_can_be_left_out(self) -> None:
        async with DnsServer(ZONE) as server:
            question = Question(SHOP.name, RdataType.A, recursion=False, checked=False)

            await ask(question, server.name_server, timeout_s=10)

            query = server.asked[0].message
            assert not query.flags & dns.flags.RD
            assert query.flags & dns.flags.CD

    async def test_ids_differ_from_question_to_question(self) -> None:
        async with DnsServer(ZONE) as server:
            for _ in range(5):
                await ask(SHOP, server.name_server, timeout_s=10)

            assert len({asked.message.id for asked in server.asked}) > 1

    async def test_a_truncated_answer_is_asked_for_by_tcp(self) -> None:
        async with DnsServer(ZONE, behave=truncated) as server:
            answer = await ask(SHOP, server.name_server, timeout_s=10)

            assert answer.over_tcp
            assert answer.gist.addresses == {b"\4shop\7example\0": ["192.0.2.1"]}
            assert [asked.over_tcp for asked in server.asked] == [False, True]

    async def test_an_ipv6_server_is_asked_by_ipv6(self) -> None:
        async with DnsServer(ZONE, behave=truncated, address="::1") as server:
            answer = await ask(SHOP, server.name_server, timeout_s=10)

            assert answer.server.address == "::1"

    @pytest.mark.parametrize("rcode", ["FORMERR", "NOTIMP", "BADVERS"])
    async def test_a_server_from_before_edns_is_asked_once_more_without_it(self, rcode: str) -> None:
        async with DnsServer(ZONE, behave=lambda reply: without_edns(reply, rcode)) as server:
            answer = await ask(SHOP, server.name_server, timeout_s=10)

            assert answer.rcode is Rcode.NOERROR
            assert [asked.message.edns for asked in server.asked] == [0, -1]

    async def test_a_server_that_refuses_without_edns_too_is_not_asked_for_ever(self) -> None:
        async with DnsServer(ZONE, behave=code("FORMERR")) as server:
            answer = await ask(SHOP, server.name_server, timeout_s=10)

            assert answer.rcode is Rcode.FORMERR
            assert len(server.asked) == 2

    async def test_a_refusal_without_the_question_counts(self) -> None:
        def bare(reply: Reply) -> list[bytes]:
            return [reply.message.to_wire()[:2] + b"\x81\x85" + bytes(8)]

        async with DnsServer(ZONE, behave=bare) as server:
            answer = await ask(SHOP, server.name_server, timeout_s=10)

            assert answer.failure() == Failure(Reason.DNS_REFUSED, f"{server.name_server} answered REFUSED")

    async def test_answers_from_elsewhere_are_not_heard(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as elsewhere:

            def forge(reply: Reply) -> list[bytes]:
                elsewhere.sendto(reply.message.to_wire(), server.sources[-1])
                return []

            async with DnsServer(ZONE, behave=forge) as server:
                assert (await failure(server.name_server, timeout_s=0.2)).reason is Reason.DNS_TIMEOUT

    def test_records_that_cannot_be_read_are_a_bad_answer_once_they_are_needed(self) -> None:
        query = query_bytes(SHOP, 1, edns=False)
        mail = b"\xc0\x0c" + struct.pack("!HHIH", RdataType.MX, 1, 60, 2) + bytes(2)
        wire = query[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + query[12:] + mail
        answer = Answer(SHOP, NameServer("192.0.2.53"), read_gist(wire), wire, 0.0, over_tcp=False)

        with pytest.raises(LookFailed) as caught:
            answer.message()

        assert caught.value.failure.reason is Reason.DNS_BAD_ANSWER


class TestHostileServers:
    @pytest.mark.parametrize("behave", [silent, wrong_id, wrong_question])
    async def test_without_an_answer_to_the_question_time_runs_out(self, behave: Behaviour) -> None:
        async with DnsServer(ZONE, behave=behave) as server:
            found = await failure(server.name_server, timeout_s=0.1)

            assert found == Failure(Reason.DNS_TIMEOUT, f"{server.name_server} did not answer within 0.1 s")

    async def test_a_flood_of_forged_answers_does_not_outlast_the_deadline(self) -> None:
        async with DnsServer(ZONE, behave=lambda reply: wrong_id(reply) * 5_000) as server:
            assert (await failure(server.name_server, timeout_s=0.1)).reason is Reason.DNS_TIMEOUT

    async def test_a_closed_port_is_unreachable(self) -> None:
        found = await failure(NameServer("127.0.0.1", 9))

        assert found == Failure(Reason.DNS_UNREACHABLE, "127.0.0.1:9: Connection refused")

    async def test_an_interface_that_does_not_exist_is_told(self) -> None:
        found = await failure(NameServer("fe80::1%nowhere"))

        assert found.reason is Reason.UNUSABLE_NAME

    @pytest.mark.parametrize(
        "packets",
        [
            [],
            [Raw(b"\0")],
            [Raw(b"\xff\xff\0\1")],
            [b""],
            [b"x" * 65_535],
        ],
    )
    async def test_a_tcp_answer_that_is_none_is_a_bad_answer(self, packets: list[bytes]) -> None:
        def behave(reply: Reply) -> list[bytes]:
            return packets if reply.asked.over_tcp else list(truncated(reply))

        async with DnsServer(ZONE, behave=behave) as server:
            assert (await failure(server.name_server)).reason is Reason.DNS_BAD_ANSWER

    async def test_garbage_after_the_right_question_is_a_bad_answer(self) -> None:
        async with DnsServer(ZONE, behave=garbage) as server:
            assert (await failure(server.name_server)).reason is Reason.DNS_BAD_ANSWER

    @given(st.binary(max_size=200))
    def test_no_bytes_behind_the_question_break_it(self, tail: bytes) -> None:
        query = query_bytes(SHOP, 1, edns=False)
        wire = query[:2] + b"\x81\x80\0\1\0\2\0\0\0\1" + query[12:] + tail
        assert answers(query, wire)

        try:
            answer = Answer(SHOP, NameServer("192.0.2.53"), read_gist(wire), wire, 0.0, over_tcp=False)
        except ValueError:
            return

        with contextlib.suppress(LookFailed):
            answer.message()
        with contextlib.suppress(LookFailed):
            answer.path()
