import asyncio
from datetime import timedelta

import pytest

from fakes.checks import FakeCheck, make_result
from fakes.clock import FakeClock
from fakes.ladder import HOST
from manara.diagnosis.knocking import Knocks
from manara.diagnosis.refusals import LATELY_S, Refusals
from manara.diagnosis.remembered import Memory
from manara.diagnosis.sharing import Shared
from manara.model import Certificate, Reason
from servers.tcp_server import say, tcp_server


def knocks(**options):
    return Knocks(Shared(FakeClock()), **options)


class TestKnocks:
    async def test_an_address_that_takes_the_connection_is_told_with_its_time(self):
        async with tcp_server(say()) as port:
            found = await knocks().at("127.0.0.1", port)

        assert (found.address, found.reason, found.ms > 0, found.version) == ("127.0.0.1", None, True, 4)

    async def test_a_closed_port_turns_it_down(self):
        async with tcp_server(say()) as port:
            pass

        assert (await knocks().at("127.0.0.1", port)).reason is Reason.CONNECTION_REFUSED

    async def test_silence_ends_after_a_while(self):
        async def never(_address, _port):
            await asyncio.Event().wait()

        assert (await knocks(connect=never, limit_s=0.05).at("192.0.2.1", 443)).reason is Reason.CONNECT_TIMEOUT

    async def test_without_a_way_to_it_nothing_is_tried(self):
        found = await knocks(routed=lambda _address: False).at("2001:db8::1", 443)

        assert (found.reason, found.version) == (Reason.NETWORK_UNREACHABLE, 6)

    async def test_many_who_want_to_know_knock_once(self):
        tried = []

        async def connect(address, port):
            tried.append((address, port))
            raise ConnectionResetError

        asked = knocks(connect=connect)
        found = await asyncio.gather(*(asked.at("192.0.2.1", 443) for _ in range(50)))

        assert (tried, {each.reason for each in found}) == ([("192.0.2.1", 443)], {Reason.CONNECTION_RESET})


def certificate(days):
    at = make_result().at
    end = at + timedelta(days=days)
    return Certificate("a", "b", (), at - timedelta(days=90), end, sha256="00")


def refused(reason=Reason.CERTIFICATE_EXPIRED, days=9):
    return make_result(reason, certificate=certificate(days))


class TestRefusals:
    def test_other_owners_whose_certificates_are_refused_alike_are_named(self, clock):
        seen = Refusals(clock)
        for host in ("www.a.example", "api.a.example", "b.test", HOST):
            seen.take(host, refused())
        seen.take("c.test", refused(Reason.CERTIFICATE_UNKNOWN_ISSUER))

        assert seen.alike(HOST, refused()) == ("www.a.example", "b.test")

    @pytest.mark.parametrize(
        "result",
        [refused(days=-1), refused(Reason.CERTIFICATE_NAME_MISMATCH), refused(Reason.SERVER_ERROR), make_result()],
    )
    def test_what_is_the_owners_own_fault_is_not_kept(self, clock, result):
        seen = Refusals(clock)

        seen.take("b.test", result)

        assert seen.alike(HOST, result) == ()

    async def test_what_was_long_ago_is_forgotten(self, clock):
        seen = Refusals(clock)
        seen.take("b.test", refused())
        await clock.advance(LATELY_S + 1)
        seen.take("", refused())

        assert seen.alike(HOST, refused()) == ()


class TestMemory:
    def test_the_last_good_look_is_remembered(self):
        memory, check = Memory(), FakeCheck(name="a")
        memory.take(check, make_result(addresses=("192.0.2.1",), cname_chain=("b.example", "c.example")))
        memory.take(check, make_result(Reason.SERVER_ERROR))

        assert memory.of(check).facts.addresses == ("192.0.2.1",)
        assert memory.aliases() == ("c.example",)

    def test_what_is_not_watched_any_more_is_forgotten(self):
        memory, kept, gone = Memory(), FakeCheck(name="a"), FakeCheck(name="b")
        for check in (kept, gone):
            memory.take(check, make_result())

        memory.keep_only([kept])

        assert (memory.of(kept) is None, memory.of(gone)) == (False, None)
