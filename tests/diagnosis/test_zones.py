"""Learning who answers for a name: the questions, and when they are asked."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random

from fakes.clock import START, FakeClock, settle
from fakes.ladder import ZONE
from manara.diagnosis.zone_lookup import ZoneLookup
from manara.diagnosis.zones import AGAIN_AFTER_S, RETRY_AFTER_S, Zones
from manara.model import SystemClock, Zone, ZoneServer
from manara.probes.hosts import Hosts
from manara.probes.name_servers import Patience
from manara.probes.resolver import Resolver
from servers.dns_server import DnsServer, below, code, for_type, silent

WORLD = {
    "shop.example": [
        "SOA a.ns.shop.example. host.shop.example. 1 2 3 4 5", "NS a.ns.shop.example.", "NS B.NS.shop.example."
    ],
    "www.shop.example": ["CNAME edge.cdn.example."],
    "api.v1.shop.example": ["192.0.2.10"],
    "v1.shop.example": ["192.0.2.10"],
    "edge.cdn.example": ["192.0.2.80"],
    "a.ns.shop.example": ["192.0.2.2", "192.0.2.1"],
    "b.ns.shop.example": ["2001:db8::2"],
    "example": ["SOA a.nic.example. host.nic.example. 1 2 3 4 5", "NS a.nic.example.", "NS b.nic.example."],
    "a.nic.example": ["192.0.2.53"],
}  # fmt: skip
IMPATIENT = Patience(try_s=0.2, all_s=0.4, grace_s=0.1)


def lookup(*servers):
    resolver = Resolver(
        tuple(each.name_server for each in servers), Hosts(), patience=IMPATIENT, routed=lambda _address: True
    )
    return ZoneLookup(resolver.servers, resolver.resolve, SystemClock(), patience=IMPATIENT)


class TestLookingUp:
    async def test_the_zone_of_a_name_is_told_by_the_resolver_at_once(self):
        async with DnsServer(WORLD, behave=below("shop.example")) as server:
            assert await lookup(server).zone_name("api.v1.shop.example") == "shop.example"

        assert [asked.name for asked in server.asked] == ["api.v1.shop.example"]

    async def test_a_resolver_that_does_not_tell_it_is_asked_for_each_name_above(self):
        async with DnsServer(WORLD) as server:
            assert await lookup(server).zone_name("api.v1.shop.example") == "shop.example"

        assert [asked.name for asked in server.asked] == ["api.v1.shop.example", "v1.shop.example", "shop.example"]

    async def test_an_alias_does_not_lead_into_the_zone_of_another(self):
        async with DnsServer(WORLD, behave=for_type("SOA", below("cdn.example"))) as server:
            assert await lookup(server).zone_name("www.shop.example") == "shop.example"

    async def test_servers_and_their_addresses_are_learned_with_those_of_the_zone_above(self):
        async with DnsServer(WORLD) as server:
            zone = await lookup(server).zone("shop.example")

        assert zone == Zone(
            "shop.example",
            (
                ZoneServer("a.ns.shop.example", ("192.0.2.1", "192.0.2.2")),
                ZoneServer("b.ns.shop.example", ("2001:db8::2",)),
            ),
            zone.learned_at,
            (ZoneServer("a.nic.example", ("192.0.2.53",)), ZoneServer("b.nic.example", ())),
        )

    async def test_a_resolver_that_refuses_such_questions_teaches_nothing(self):
        async with DnsServer(WORLD, behave=code("REFUSED")) as server:
            assert await lookup(server).zone_name("www.shop.example") == ""
            assert await lookup(server).zone("shop.example") is None

    async def test_a_silent_resolver_teaches_nothing(self):
        async with DnsServer(WORLD, behave=silent) as server:
            assert await lookup(server).zone_name("www.shop.example") == ""

    async def test_the_root_has_no_zone_above(self):
        async with DnsServer({".": ["SOA a. b. 1 2 3 4 5", "NS a.root."], "a.root": ["192.0.2.4"]}) as server:
            zone = await lookup(server).zone(".")

        assert (zone.servers, zone.parent_servers) == ((ZoneServer("a.root", ("192.0.2.4",)),), ())

    async def test_where_nothing_is_at_the_top_the_walk_ends(self):
        async with DnsServer({}) as server:
            assert await lookup(server).zone_name("a.b.c") == ""
            assert await lookup(server).zone_name(".".join("abcdefghijklmnop")) == ""


class Lookup:
    """Knows the zones of the test."""

    def __init__(self, zones=None):
        self.zones = {"shop.example": ZONE} if zones is None else zones
        self.asked = []
        self.at_once = self.most_at_once = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def zone_name(self, host):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.gate.wait()
        self.at_once -= 1
        return next((name for name in self.zones if host.endswith(name)), "")

    async def zone(self, name):
        self.asked.append(name)
        return self.zones.get(name)


@asynccontextmanager
async def learning(clock, lookup, **options):
    zones, told = Zones(clock, random=Random(1), **options), []
    task = asyncio.create_task(zones.run(lambda: lookup, told.append))
    try:
        yield zones, told
    finally:
        task.cancel()
        await asyncio.wait({task})


class TestWhen:
    async def test_a_host_is_learned_after_its_first_good_look_and_told(self, clock):
        async with learning(clock, Lookup()) as (zones, told):
            zones.saw_good("www.shop.example")
            await settle()

        assert zones.of("www.shop.example") == ZONE
        assert [(event.hosts, event.zone) for event in told] == [(("www.shop.example",), ZONE)]

    async def test_hosts_of_one_zone_share_what_is_known(self, clock):
        zone = replace(ZONE, learned_at=clock.now())
        lookup = Lookup({"shop.example": zone})

        async with learning(clock, lookup) as (zones, told):
            for host in ("www.shop.example", "api.shop.example", "www.shop.example"):
                zones.saw_good(host)
            await clock.advance(5)

        assert lookup.asked == ["shop.example"]
        assert [event.hosts for event in told] == [
            ("www.shop.example",),
            ("api.shop.example", "www.shop.example"),
        ]

    async def test_at_most_two_are_learned_at_a_time(self, clock):
        lookup = Lookup()
        lookup.gate.clear()

        async with learning(clock, lookup) as (zones, _):
            for number in range(10):
                zones.saw_good(f"host{number}.shop.example")
            await settle()
            lookup.gate.set()
            await clock.advance(60)

        assert lookup.most_at_once == 2
        assert all(zones.of(f"host{number}.shop.example") for number in range(10))

    async def test_what_is_known_is_learned_again_after_hours_and_told_only_if_it_changed(self, clock):
        lookup = Lookup()
        async with learning(clock, lookup) as (zones, told):
            zones.saw_good("www.shop.example")
            await settle()
            zones.saw_good("www.shop.example")
            await clock.advance(AGAIN_AFTER_S)
            zones.saw_good("www.shop.example")
            await clock.advance(1)
            assert (len(lookup.asked), len(told)) == (2, 1)

            lookup.zones["shop.example"] = replace(ZONE, servers=(ZoneServer("new.example", ("192.0.2.9",)),))
            await clock.advance(AGAIN_AFTER_S)
            zones.saw_good("www.shop.example")
            await clock.advance(1)

        assert [event.zone.servers[0].name for event in told] == ["a.ns.shop.example", "new.example"]

    async def test_a_server_whose_address_is_not_found_keeps_the_one_that_was_known(self, clock):
        bare = replace(ZONE, servers=tuple(ZoneServer(each.name) for each in ZONE.servers), parent_servers=())
        lookup = Lookup()
        async with learning(clock, lookup) as (zones, _):
            zones.saw_good("www.shop.example")
            await settle()
            lookup.zones["shop.example"] = bare
            await clock.advance(AGAIN_AFTER_S)
            zones.saw_good("www.shop.example")
            await clock.advance(1)

        assert zones.of("www.shop.example") == ZONE

    async def test_what_cannot_be_learned_is_tried_again_later(self, clock):
        lookup = Lookup({})
        async with learning(clock, lookup) as (zones, told):
            zones.saw_good("www.shop.example")
            await clock.advance(1)
            assert (zones.of("www.shop.example"), told) == (None, [])

            lookup.zones["shop.example"] = ZONE
            zones.saw_good("www.shop.example")
            await clock.advance(1)
            assert zones.of("www.shop.example") is None
            await clock.advance(RETRY_AFTER_S)
            zones.saw_good("www.shop.example")
            await clock.advance(1)

        assert zones.of("www.shop.example") == ZONE

    async def test_nothing_is_learned_of_no_host(self, clock):
        lookup = Lookup()
        async with learning(clock, lookup) as (zones, _):
            zones.saw_good("")
            await settle()

        assert lookup.most_at_once == 0


class TestRemembering:
    async def test_what_the_history_remembered_is_known_at_once(self, clock):
        fresh = replace(ZONE, learned_at=START - timedelta(hours=1))
        lookup = Lookup()

        async with learning(clock, lookup, known={"www.shop.example": fresh}) as (zones, _):
            zones.saw_good("www.shop.example")
            await settle()

        assert zones.of("www.shop.example") == fresh
        assert lookup.asked == []

    async def test_what_is_old_is_learned_again(self, clock):
        old = replace(ZONE, learned_at=START - timedelta(days=30))
        lookup = Lookup()

        async with learning(clock, lookup, known={"www.shop.example": old}) as (zones, _):
            zones.saw_good("www.shop.example")
            await settle()

        assert lookup.asked == ["shop.example"]

    async def test_hosts_that_are_not_watched_any_more_are_forgotten(self):
        other = replace(ZONE, name="other.example")
        zones = Zones(FakeClock(), known={"www.shop.example": ZONE, "www.other.example": other})
        zones.saw_good("new.shop.example")

        zones.keep_only(["www.shop.example"])

        assert zones.of("www.shop.example") == ZONE
        assert zones.of("www.other.example") is None

    async def test_a_host_that_is_forgotten_while_it_is_learned_stays_forgotten(self, clock):
        lookup = Lookup()
        lookup.gate.clear()
        async with learning(clock, lookup) as (zones, told):
            zones.saw_good("www.shop.example")
            await settle()
            zones.keep_only([])
            lookup.gate.set()
            await settle()

        assert (zones.of("www.shop.example"), told) == (None, [])
