"""Learning which networks addresses belong to: the questions, what is made of the answers, and when they are asked."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.clock import FakeClock
from manara.diagnosis.networks import (
    AGAIN_AFTER_S,
    RETRY_AFTER_S,
    Networks,
    name_in,
    origin_in,
    origin_question,
)
from manara.diagnosis.own_answers import OwnAnswers
from manara.probes.name_servers import Patience
from servers.dns_server import DnsServer, silent

META_V4 = "0.30.134.129.origin.asn.cymru.com"
META_V6 = "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.f.0.f.0.8.8.2.3.0.a.2.origin6.asn.cymru.com"
META = "AS32934.asn.cymru.com"
WORLD = {
    META_V4: ("32934 | 129.134.30.0/24 | US | arin | 2015-05-13",),
    META_V6: ("32934 | 2a03:2880:f0fc::/48 | IE | ripencc | 2011-07-19",),
    META: ("32934 | US | arin | 2004-08-24 | FACEBOOK, US",),
    "0.216.184.93.origin.asn.cymru.com": ("15133 | 93.184.216.0/24 | US | ripencc | 2008-06-02",),
}


class Cymru:
    """Answers from a table, and takes note of what it was asked."""

    def __init__(self, world=WORLD):
        self.world = dict(world)
        self.asked = []

    async def ask(self, name):
        self.asked.append(name)
        return self.world.get(name, ())


@asynccontextmanager
async def learning(networks, cymru):
    """Let networks be learned; yields what was told."""
    told = []
    task = asyncio.create_task(networks.run(lambda: cymru.ask, told.append))
    try:
        yield told
    finally:
        task.cancel()
        await asyncio.wait({task})


class TestReading:
    @pytest.mark.parametrize(("prefix", "name"), [("129.134.30.0/24", META_V4), ("2a03:2880:f0fc::/48", META_V6)])
    def test_a_prefix_is_asked_for_backwards_and_without_the_rest_of_the_address(self, prefix, name):
        assert origin_question(prefix) == name

    @pytest.mark.parametrize(
        ("texts", "number"),
        [
            (["32934 | 129.134.30.0/24 | US | arin | 2015-05-13"], 32934),
            (["1 | 10.0.0.0/8 | US | arin | 1", "2 | 10.0.0.0/24 | US | arin | 1"], 2),
            (["23028 6939 | 216.90.108.0/24 | US | arin | 1998-09-25"], 23028),
            (["nonsense", "64500 | 2001:db8::/32"], 64500),
            (["32934"], None),
            (["AS32934 | 129.134.30.0/24"], None),
            (["99999999999 | 129.134.30.0/24 | US"], None),
            ([], None),
        ],
    )
    def test_of_several_announcements_the_narrowest_counts(self, texts, number):
        assert origin_in(texts) == number

    @pytest.mark.parametrize(
        ("texts", "name"),
        [
            (["32934 | US | arin | 2004-08-24 | FACEBOOK, US"], "FACEBOOK, US"),
            (["1 | US | arin | 2004-08-24 | \u202eevil\nname\x00 "], "evil name"),
            (["1 | US | arin | 2004-08-24 | "], ""),
            (["only | two"], ""),
            ([], ""),
        ],
    )
    def test_the_name_of_a_network_is_one_plain_line(self, texts, name):
        assert name_in(texts) == name

    def test_a_long_name_is_cut(self):
        name = name_in([f"1 | US | arin | 2004-08-24 | {'long ' * 100}"])

        assert len(name) <= 60
        assert name.endswith("…")

    @given(st.lists(st.text(max_size=80)))
    def test_whatever_is_answered_is_read(self, texts):
        number, name = origin_in(texts), name_in(texts)

        assert number is None or number >= 0
        assert "\n" not in name


class TestLearning:
    async def test_the_network_of_an_address_is_told_with_its_name(self):
        clock, cymru = FakeClock(), Cymru()
        networks = Networks(clock)

        async with learning(networks, cymru) as told:
            networks.saw_good(["129.134.30.12", "129.134.30.35"])
            await clock.advance(10.0)

        assert [(event.prefix, event.network) for event in told] == [("129.134.30.0/24", "AS32934 (FACEBOOK, US)")]
        assert cymru.asked == [META_V4, META]

    async def test_what_is_shared_is_asked_once(self):
        clock, cymru = FakeClock(), Cymru()
        networks = Networks(clock)

        async with learning(networks, cymru) as told:
            for address in ("129.134.30.12", "2a03:2880:f0fc::35", "129.134.30.99", "129.134.30.12"):
                networks.saw_good([address])
            await clock.advance(10.0)

        assert {event.prefix for event in told} == {"129.134.30.0/24", "2a03:2880:f0fc::/48"}
        assert cymru.asked == [META_V4, META, META_V6]

    async def test_a_network_without_a_name_is_told_by_its_number(self):
        clock = FakeClock()
        networks = Networks(clock)

        async with learning(networks, Cymru()) as told:
            networks.saw_good(["93.184.216.34"])
            await clock.advance(10.0)

        assert [event.network for event in told] == ["AS15133"]

    @pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "fe80::1%eth0", "192.168.1.1", "::1", "nonsense", ""])
    async def test_nobody_is_told_of_addresses_of_our_own_network(self, address):
        clock, cymru = FakeClock(), Cymru()
        networks = Networks(clock)

        async with learning(networks, cymru):
            networks.saw_good([address])
            await clock.advance(10.0)

        assert cymru.asked == []

    async def test_what_is_known_is_asked_again_after_days_and_told_only_if_it_has_changed(self):
        clock, cymru = FakeClock(), Cymru()
        networks = Networks(clock)

        async with learning(networks, cymru) as told:
            for world in ({}, {}, {META_V4: ("64500 | 129.134.30.0/24",)}):
                cymru.world |= world
                networks.saw_good(["129.134.30.12"])
                await clock.advance(AGAIN_AFTER_S)

        assert cymru.asked == [META_V4, META, META_V4, META_V4, "AS64500.asn.cymru.com"]
        assert [event.network for event in told] == ["AS32934 (FACEBOOK, US)", "AS64500"]

    async def test_where_nobody_answers_it_is_tried_again_later(self):
        clock, cymru = FakeClock(), Cymru({})
        networks = Networks(clock)

        async with learning(networks, cymru) as told:
            for _ in range(2):
                networks.saw_good(["129.134.30.12"])
                await clock.advance(10.0)
            assert cymru.asked == [META_V4]
            cymru.world |= WORLD
            await clock.advance(RETRY_AFTER_S)
            networks.saw_good(["129.134.30.12"])
            await clock.advance(10.0)

        assert [event.network for event in told] == ["AS32934 (FACEBOOK, US)"]

    async def test_what_waits_is_not_asked_when_the_user_wants_it_no_more(self):
        clock, cymru = FakeClock(), Cymru()
        networks = Networks(clock)

        networks.saw_good(["129.134.30.12"])
        networks.ask_no_more()
        async with learning(networks, cymru) as told:
            await clock.advance(10.0)
            assert cymru.asked == []
            networks.saw_good(["129.134.30.12"])
            await clock.advance(10.0)

        assert [event.prefix for event in told] == ["129.134.30.0/24"]

    async def test_a_flood_of_addresses_is_not_learned(self):
        clock, cymru = FakeClock(), Cymru({})
        networks = Networks(clock, most=3)

        networks.saw_good(f"2a03:2880:{number:x}::1" for number in range(10))
        async with learning(networks, cymru):
            await clock.advance(10.0)

        assert len(cymru.asked) == 3


class TestAsking:
    async def test_texts_come_from_our_own_name_servers(self):
        async with DnsServer({META_V4: ['TXT "32934 | 129.134.30" ".0/24 | US"']}) as server:
            answers = OwnAnswers((server.name_server,))
            found, missing = await answers.texts(META_V4), await answers.texts(META)

        assert found == ("32934 | 129.134.30.0/24 | US",)
        assert missing == ()

    async def test_silence_tells_nothing(self):
        async with DnsServer(behave=silent) as server:
            answers = OwnAnswers((server.name_server,), patience=Patience(try_s=0.1, all_s=0.1))

            assert await answers.texts(META) == ()
