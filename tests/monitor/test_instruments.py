"""The instruments with a real network on loopback: what a good look leaves behind, and how a bad one is explained."""

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import replace

from fakes.checks import make_result, make_service
from fakes.clock import START
from manara.model import (
    Conclusion,
    DiagnosisOptions,
    NetworkOptions,
    OfficialPage,
    OfficialState,
    PageKind,
    Reason,
    SystemClock,
    Zone,
    ZoneServer,
)
from manara.monitor.instruments import Instruments
from manara.official import Validators
from manara.probes import Network, TcpCheck
from manara.probes.hosts import Hosts
from manara.probes.resolver import Resolver
from manara.probes.trust import Trust
from servers.dns_server import DnsServer
from servers.http_server import http_server, reply
from servers.tcp_server import say, tcp_server

NOBODY = NetworkOptions(witness_resolvers=(), anchors=())
ZONE_RECORDS = {
    "www.shop.example": ["CNAME edge.cdn.example."],
    "edge.cdn.example": ["127.0.0.1"],
    "shop.example": ["SOA a.ns.shop.example. b. 1 2 3 4 5", "NS a.ns.shop.example."],
    "a.ns.shop.example": ["192.0.2.1"],
    "cdn.example": ["SOA ns.cdn.example. b. 1 2 3 4 5", "NS ns.cdn.example."],
    "ns.cdn.example": ["192.0.2.2"],
    "example": ["SOA a.nic.example. b. 1 2 3 4 5", "NS a.nic.example."],
    "a.nic.example": ["192.0.2.53"],
    # Whoever answers first is taken, and that is this computer.
    "far.example": ["127.0.0.1", "93.184.216.34"],
    "www.far.example": ["127.0.0.1", "129.134.30.12"],
    "0.216.184.93.origin.asn.cymru.com": ['TXT "15133 | 93.184.216.0/24 | US | ripencc | 2008-06-02"'],
    "0.30.134.129.origin.asn.cymru.com": ['TXT "32934 | 129.134.30.0/24 | US | arin | 2015-05-13"'],
    "AS15133.asn.cymru.com": ['TXT "15133 | US | arin | 2007-03-19 | EDGECAST, US"'],
}


@asynccontextmanager
async def instruments(hosts="", options=NOBODY, diagnosis=None):
    """Instruments whose resolver is a server on loopback, with a port that takes connections."""
    async with DnsServer(ZONE_RECORDS) as server, tcp_server(say()) as port:

        def build(_options):
            return Network(Resolver((server.name_server,), Hosts.parse(hosts)), Trust())

        yield Instruments(options, build, SystemClock(), diagnosis), port


async def learned(made, most):
    """Let the zones be learned until so many are told."""
    told = []
    some = asyncio.Event()

    def emit(event):
        told.append(event)
        if len(told) == most:
            some.set()

    task = asyncio.create_task(made.learn_zones(emit))
    async with asyncio.timeout(20):
        await some.wait()
    task.cancel()
    await asyncio.wait({task})
    return told


async def first_network(made):
    """Return the first network that is told."""
    told = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(made.learn_networks(told.set_result))
    async with asyncio.timeout(20):
        await told
    task.cancel()
    await asyncio.wait({task})
    return told.result()


async def test_a_good_look_lets_the_zones_on_the_way_be_learned():
    async with instruments() as (made, port):
        await made.look(TcpCheck(host="www.shop.example", port=port))
        told = await learned(made, 2)

    assert {event.hosts: event.zone.name for event in told} == {
        ("www.shop.example",): "shop.example",
        ("edge.cdn.example",): "cdn.example",
    }
    assert made.zones.of("www.shop.example").servers[0].addresses == ("192.0.2.1",)


async def test_names_that_no_zone_was_asked_for_are_not_learned():
    async with instruments(hosts="127.0.0.1 www.shop.example") as (made, port):
        await made.look(TcpCheck(host="www.shop.example", port=port))
        await made.look(TcpCheck(host="127.0.0.1", port=port))
        await made.look(TcpCheck(host="gone.shop.example", port=port))
        task = asyncio.create_task(made.learn_zones(lambda _event: None))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})

    assert made.zones.of("www.shop.example") is None


async def test_which_network_an_address_is_in_is_asked_only_where_the_user_wants_it():
    async with instruments() as (made, port):
        await made.look(TcpCheck(host="www.far.example", port=port))
        await made.rebuild(diagnosis=DiagnosisOptions(networks=True))
        await made.look(TcpCheck(host="far.example", port=port))
        told = await first_network(made)

    assert (told.prefix, told.network) == ("93.184.216.0/24", "AS15133 (EDGECAST, US)")


async def test_what_waits_is_asked_of_nobody_once_the_user_wants_it_no_more():
    async with instruments(diagnosis=DiagnosisOptions(networks=True)) as (made, port):
        await made.look(TcpCheck(host="www.far.example", port=port))
        await made.rebuild(diagnosis=DiagnosisOptions())
        await made.rebuild(diagnosis=DiagnosisOptions(networks=True))
        await made.look(TcpCheck(host="far.example", port=port))
        told = await first_network(made)

    assert told.prefix == "93.184.216.0/24"


async def test_name_servers_are_asked_until_the_user_wants_that_no_more():
    # Nobody listens there.
    zone = Zone("shop.example", (ZoneServer("a.ns.shop.example", ("127.0.0.99",)),), START)
    async with instruments() as (made, port):
        made.zones.preload({"www.shop.example": zone})
        service = make_service("shop", TcpCheck(host="www.shop.example", port=port))

        before = await made.diagnose(service, 0, make_result(Reason.SERVFAIL, address=None))
        await made.rebuild(diagnosis=DiagnosisOptions(name_servers=False))
        after = await made.diagnose(service, 0, make_result(Reason.SERVFAIL, address=None))

    assert (before.zone, after.zone) == ("shop.example", "")


async def test_a_bad_look_is_explained_with_what_was_learned():
    async with instruments() as (made, port):
        check = TcpCheck(host="www.shop.example", port=port)
        service = make_service("shop", check)

        found = await made.diagnose(service, 0, make_result(Reason.SERVFAIL, address=None))

    # Our resolver knows the name now.
    assert found.conclusion is Conclusion.PASSED


async def test_what_is_not_watched_any_more_is_forgotten():
    async with instruments() as (made, port):
        check = TcpCheck(host="www.shop.example", port=port)
        await made.look(check)
        await learned(made, 2)

        made.watch([make_service("shop", check)])
        assert made.zones.of("edge.cdn.example").name == "cdn.example"
        made.watch([])

    assert made.zones.of("www.shop.example") is None


async def test_an_official_page_is_read_over_the_same_network():
    document = json.dumps({"page": {"name": "Shop"}, "status": {"indicator": "major"}})
    async with http_server(reply(document, headers=[("Content-Type", "application/json")])) as server:
        page = OfficialPage(PageKind.STATUSPAGE, server.url())
        shop = replace(make_service("shop"), official=page)
        async with instruments() as (made, _):
            reading = await made.read_official(page, Validators())
            words = await made.hear_officials([shop, make_service("bare")])

    assert reading.told is not None
    assert reading.told.state is OfficialState.PARTIAL_OUTAGE
    assert {name: word.state for name, word in words.items()} == {"shop": OfficialState.PARTIAL_OUTAGE}
