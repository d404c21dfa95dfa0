"""Is it me, asked of real servers on loopback: pages, name servers, a sign-in page, a dead resolver, a wrong clock."""

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from manara.diagnosis.next_door import NextDoor
from manara.diagnosis.witnesses import Waits, Witnesses
from manara.model import Limit, LineState, NetworkOptions, Reason, SystemClock, WitnessKind
from manara.probes import Family, Network
from manara.probes.hosts import Hosts
from manara.probes.resolver import Resolver
from manara.probes.surroundings import WayOut
from manara.probes.trust import Trust
from servers.dns_server import DnsServer, code, silent
from servers.http_server import http_server, raw, redirect, reply
from servers.tcp_server import black_hole, refusing_port

NO_CONTENT = raw(b"HTTP/1.1 204 No Content\r\n\r\n")
IPV4 = NextDoor(frozenset({Family.IPV4}))
BOTH = NextDoor(frozenset({Family.IPV4, Family.IPV6}))
ROOT = {".": ["NS a.root.example."]}
PATIENT = Waits(timedelta(seconds=30), other_way_after_s=5, grace_s=10)
"""Where everybody answers, nobody waits."""
WITH_DEAD_ONES = Waits(timedelta(seconds=30), timedelta(seconds=0.5), other_way_after_s=0.2, grace_s=2)
WHERE_NOBODY_ANSWERS = Waits(timedelta(seconds=1.5), other_way_after_s=0.2)


def names(address="127.0.0.1"):
    """The zone of a name server that knows the anchors."""
    return {**ROOT, **{f"{name}.example": [address] for name in ("good", "other", "third")}}


class Street:
    """The servers of one test."""

    def __init__(self, stack):
        self.stack = stack
        self.anchors = []
        self.witness_servers = []
        self.own_servers = ()
        self.hosts = Hosts.parse("127.0.0.1 good.example other.example third.example")

    async def page(self, answer, name="good", path="/generate_204"):
        server = await self.stack.enter_async_context(http_server(answer))
        self.anchors.append(server.url(path, f"{name}.example"))
        return server

    def dead_page(self, name="other"):
        port = self.stack.enter_context(black_hole())
        self.anchors.append(f"http://{name}.example:{port}/generate_204")

    async def name_server(self, zone=None, **options):
        server = await self.stack.enter_async_context(DnsServer(ROOT if zone is None else zone, **options))
        self.witness_servers.append(str(server.name_server))
        return server

    async def own_name_server(self, zone=None, **options):
        server = await self.stack.enter_async_context(DnsServer(zone or {}, **options))
        self.own_servers = (*self.own_servers, server.name_server)
        self.hosts = Hosts.parse("")
        return server

    def witnesses(self, near=IPV4, waits=PATIENT, **network):
        options = NetworkOptions(anchors=tuple(self.anchors), witness_resolvers=tuple(self.witness_servers))
        resolver = Resolver(self.own_servers, self.hosts, routed=lambda _address: True)
        return Witnesses(options, Network(resolver, Trust(), **network), SystemClock(), lambda: near, waits)

    async def line(self, near=IPV4, waits=PATIENT, **network):
        return await self.witnesses(near, waits, **network).ask()


@asynccontextmanager
async def street():
    async with AsyncExitStack() as stack:
        yield Street(stack)


def said(line, kind):
    return [witness for witness in line.witnesses if witness.kind is kind]


async def test_pages_and_name_servers_that_answer_prove_the_line():
    async with street() as around:
        await around.page(NO_CONTENT)
        await around.page(reply("Success"), "other", "/hotspot-detect.html")
        await around.name_server()
        line = await around.line()

    assert (line.state, line.limits) == (LineState.ONLINE, ())
    assert all(witness.answered for witness in line.witnesses)
    assert [witness.kind.value for witness in line.witnesses] == ["link", "resolver", "page", "page"]


async def test_one_dead_page_and_one_dead_name_server_change_nothing():
    async with street() as around:
        await around.page(NO_CONTENT)
        around.dead_page()
        await around.name_server()
        await around.name_server(behave=silent)
        line = await around.line(waits=WITH_DEAD_ONES)

    assert (line.state, line.limits) == (LineState.ONLINE, ())
    assert [witness.answered for witness in said(line, WitnessKind.PAGE)] == [True, False, False]
    assert [witness.reason for witness in said(line, WitnessKind.RESOLVER)] == [None, Reason.DNS_TIMEOUT]


async def test_where_port_53_is_shut_pages_alone_prove_the_line():
    async with street() as around:
        await around.page(NO_CONTENT)
        await around.name_server(behave=silent)
        await around.name_server(behave=silent)
        line = await around.line(waits=WITH_DEAD_ONES)

    assert (line.state, line.limits) == (LineState.ONLINE, ())
    assert not any(witness.answered for witness in said(line, WitnessKind.RESOLVER))


async def test_when_nobody_answers_it_is_our_own_line():
    async with street() as around:
        around.dead_page("good")
        around.dead_page("other")
        await around.name_server(behave=silent)
        line = await around.line(waits=WHERE_NOBODY_ANSWERS)

    assert line.state is LineState.OFFLINE


async def test_a_router_that_answers_is_evidence_that_it_is_what_lies_beyond():
    async with street() as around:
        around.dead_page()
        near = NextDoor(frozenset({Family.IPV4}), (WayOut("lo", "127.0.0.1", 4, up=True),))
        line = await around.line(near, WHERE_NOBODY_ANSWERS)

    # Nothing listens there, so that the connection is turned down.
    [router] = said(line, WitnessKind.GATEWAY)
    assert (line.state, router.place, router.answered) == (LineState.OFFLINE, "127.0.0.1", True)


async def test_without_a_way_out_it_is_known_at_once():
    async with street() as around:
        around.dead_page()
        line = await around.line(NextDoor(frozenset()), WITH_DEAD_ONES)

    assert line.state is LineState.OFFLINE
    assert [(witness.answered, witness.reason) for witness in said(line, WitnessKind.LINK)] == [
        (False, Reason.NETWORK_UNREACHABLE)
    ]


async def test_a_network_that_leads_everybody_to_its_page_wants_a_sign_in():
    async with street() as around:
        await around.page(redirect("http://portal.example/login"))
        await around.page(redirect("http://portal.example/login"), "other", "/hotspot-detect.html")
        await around.name_server()
        line = await around.line()

    assert (line.state, line.sign_in_url) == (LineState.CAPTIVE, "http://portal.example/login")


async def test_a_network_that_answers_in_the_place_of_everybody_wants_a_sign_in():
    async with street() as around:
        first = await around.page(reply("<h1>Welcome</h1>"))
        await around.page(reply("<h1>Welcome</h1>"), "other", "/hotspot-detect.html")
        line = await around.line()

    assert (line.state, line.sign_in_url) == (LineState.CAPTIVE, first.url("/generate_204", "good.example"))


async def test_a_network_that_says_so_wants_a_sign_in():
    async with street() as around:
        await around.page(reply("Sign in first", 511))
        around.dead_page()
        line = await around.line(waits=replace(WHERE_NOBODY_ANSWERS, ask_for=timedelta(seconds=4)))

    assert line.state is LineState.CAPTIVE


async def test_one_page_that_is_no_longer_what_it_was_wants_no_sign_in():
    async with street() as around:
        await around.page(reply("<h1>We have moved</h1>"))
        await around.page(NO_CONTENT, "other")
        line = await around.line()

    assert line.state is LineState.ONLINE


@pytest.mark.parametrize("behave", [silent, code("SERVFAIL")])
async def test_name_servers_of_ours_that_fail_while_others_answer_are_all_that_is_wrong(behave):
    async with street() as around:
        await around.page(NO_CONTENT)
        await around.page(NO_CONTENT, "other")
        await around.name_server(names())
        own = await around.own_name_server(behave=behave)
        line = await around.line(waits=WITH_DEAD_ONES)

    assert (line.state, line.limits) == (LineState.LIMITED, (Limit.OWN_RESOLVER,))
    [witness] = said(line, WitnessKind.OWN_RESOLVER)
    assert (witness.place, witness.answered) == (str(own.name_server), False)


async def test_name_servers_of_ours_that_lead_everybody_astray_are_all_that_is_wrong():
    async with street() as around:
        await around.page(NO_CONTENT)
        await around.page(NO_CONTENT, "other")
        await around.name_server(names())
        await around.own_name_server(names("127.0.0.2"))
        line = await around.line(waits=WITH_DEAD_ONES)

    assert (line.state, line.limits) == (LineState.LIMITED, (Limit.OWN_RESOLVER,))


async def test_name_servers_of_ours_that_answer_well_are_asked_for_an_anchor():
    async with street() as around:
        await around.page(NO_CONTENT)
        await around.name_server()
        own = await around.own_name_server(names())
        line = await around.line()

    assert line.state is LineState.ONLINE
    assert {asked.name.rstrip(".") for asked in own.asked} == {"good.example"}
    assert [witness.answered for witness in said(line, WitnessKind.OWN_RESOLVER)] == [True]


async def test_when_name_servers_and_pages_are_dead_on_either_way_it_is_our_own_line():
    async with street() as around:
        around.dead_page()
        await around.name_server(behave=silent)
        await around.own_name_server(behave=silent)
        line = await around.line(waits=WHERE_NOBODY_ANSWERS)

    assert line.state is LineState.OFFLINE


async def test_only_the_newer_addresses_being_broken_is_told():
    async with street() as around:
        around.hosts = Hosts.parse("127.0.0.1 good.example other.example\n::1 good.example other.example")
        for name in ("good", "other"):
            server = await around.page(NO_CONTENT, name)
            around.stack.enter_context(black_hole("::1", server.port))
        line = await around.line(BOTH, WITH_DEAD_ONES)

    assert (line.state, line.limits) == (LineState.LIMITED, (Limit.IPV6,))


async def test_an_address_that_turns_us_down_does_not_make_its_family_broken():
    async with street() as around:
        around.hosts = Hosts.parse("127.0.0.1 good.example\n::1 good.example")
        await around.page(NO_CONTENT)
        line = await around.line(BOTH)

    assert (line.state, line.limits) == (LineState.ONLINE, ())


async def test_a_clock_that_is_hours_off_is_told():
    told = format_datetime(datetime.now(UTC) - timedelta(hours=3), usegmt=True)
    async with street() as around:
        await around.page(reply("", 204, [("Date", told)]))
        await around.page(reply("", 204, [("Date", told)]), "other")
        line = await around.line()

    assert (line.state, line.limits) == (LineState.LIMITED, (Limit.CLOCK,))
    assert timedelta(hours=2, minutes=55) < line.clock_ahead < timedelta(hours=3, minutes=5)


async def test_one_page_with_a_wrong_clock_changes_nothing():
    wrong, right = (format_datetime(datetime.now(UTC) - hours, usegmt=True) for hours in (timedelta(9), timedelta(0)))
    async with street() as around:
        await around.page(reply("", 204, [("Date", wrong)]))
        await around.page(reply("", 204, [("Date", right)]), "other")
        line = await around.line()

    assert line.state is LineState.ONLINE


async def test_by_a_proxy_pages_are_asked_as_everything_is():
    async with street() as around:
        proxy = await around.stack.enter_async_context(http_server(NO_CONTENT))
        around.anchors = ["http://good.example/generate_204"]
        await around.name_server(behave=silent)
        line = await around.line(BOTH, proxy=proxy.url())

    assert line.state is LineState.ONLINE
    assert [asked.target for asked in proxy.asked] == ["http://good.example/generate_204"]


async def test_without_witnesses_nobody_is_asked():
    async with street() as around:
        own = await around.own_name_server()
        line = await around.line()

    assert (line.state, line.witnesses, own.asked) == (LineState.UNKNOWN, (), [])


async def test_name_servers_alone_are_asked_for_the_root():
    async with street() as around:
        server = await around.name_server()
        own = await around.own_name_server(ROOT)
        line = await around.line()

    assert line.state is LineState.ONLINE
    assert {(asked.name, asked.rdtype) for asked in (*server.asked, *own.asked)} == {(".", "NS")}


async def test_one_page_after_the_other_is_asked_in_turn():
    async with street() as around:
        first = await around.page(NO_CONTENT)
        second = await around.page(redirect("http://portal.example/"), "other")
        witnesses = around.witnesses()

        lines = [await witnesses.ask_one() for _ in range(3)]

    assert [line.state for line in lines] == [LineState.ONLINE, LineState.CAPTIVE, LineState.ONLINE]
    assert (len(first.asked), len(second.asked)) == (2, 1)


async def test_a_page_that_does_not_answer_is_no_word_on_the_line():
    async with street() as around:
        with refusing_port() as port:
            around.anchors = [f"http://good.example:{port}/"]
            assert await around.witnesses().ask_one() is None


async def test_without_pages_there_is_none_to_ask():
    async with street() as around:
        assert await around.witnesses().ask_one() is None
