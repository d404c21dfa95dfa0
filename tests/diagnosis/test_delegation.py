"""The zone of a name that was never learned, found from above."""

import dns.message
import dns.rrset
import pytest

from fakes.checks import make_result
from fakes.ladder import OWN, Ladder
from manara.diagnosis.delegation import Delegations
from manara.diagnosis.sharing import Shared
from manara.model import Conclusion, NameServer, Reason, SystemClock, ZoneServer
from manara.probes import HttpCheck
from servers.dns_server import authoritative, code, referring, silent

TOP = {
    "example": ["NS a.nic.example.", "NS b.nic.example."],
    "a.nic.example": ["192.0.2.53"],
    "b.nic.example": ["192.0.2.54"],
    "ns.host.test": ["192.0.2.80"],
}
WITNESS = "1.1.1.1"


def with_glue(zone, **servers):
    """Refer to servers whose addresses are told along."""

    def behave(reply):
        referral = dns.message.make_response(reply.asked.message)
        names = [f"{name.replace('_', '.')}." for name in servers]
        referral.authority.append(dns.rrset.from_text(f"{zone}.", 60, "IN", "NS", *names))
        for name, address in servers.items():
            referral.additional.append(dns.rrset.from_text(f"{name.replace('_', '.')}.", 60, "IN", "A", address))
        return [referral.to_wire()]

    return behave


async def find(world, host="www.shop.example"):
    clock = SystemClock()
    return await Delegations(Shared(clock), (NameServer(WITNESS),), clock, ask=world.ask).find(host)


async def test_a_zone_is_found_by_the_referral_of_the_one_above():
    async with Ladder() as world:
        await world.at(WITNESS, records=TOP)
        await world.at("192.0.2.53", "192.0.2.54", behave=with_glue("shop.example", a_shop_example="192.0.2.1"))

        zone = await find(world)

    assert (zone.name, zone.servers) == ("shop.example", (ZoneServer("a.shop.example", ("192.0.2.1",)),))
    assert [server.name for server in zone.parent_servers] == ["a.nic.example", "b.nic.example"]


async def test_servers_whose_addresses_are_not_told_along_are_looked_up():
    async with Ladder() as world:
        await world.at(WITNESS, records=TOP)
        await world.at("192.0.2.53", behave=referring("shop.example", "ns.host.test", "ns.unknown.test"))

        zone = await find(world)

    assert zone.servers == (ZoneServer("ns.host.test", ("192.0.2.80",)), ZoneServer("ns.unknown.test", ()))


async def test_referrals_are_followed_down_to_the_deepest_zone():
    async with Ladder() as world:
        await world.at(WITNESS, records=TOP)
        await world.at("192.0.2.53", behave=with_glue("co.example", ns_co_example="192.0.2.2"))
        await world.at("192.0.2.2", behave=with_glue("shop.co.example", ns_shop_co_example="192.0.2.3"))
        await world.at("192.0.2.3", records={"www.shop.co.example": ["203.0.113.7"]}, behave=authoritative)

        zone = await find(world, "www.shop.co.example")

    assert (zone.name, zone.parent_servers) == ("shop.co.example", (ZoneServer("ns.co.example", ("192.0.2.2",)),))


async def test_referrals_without_end_are_not_followed_for_long():
    async with Ladder() as world:
        await world.at(WITNESS, records=TOP)
        for depth, above in enumerate(["192.0.2.53", *(f"192.0.2.{number}" for number in range(1, 9))], 1):
            zone = ".".join("hgfedcba"[-depth:]) + ".example"
            await world.at(above, behave=with_glue(zone, ns_deep=f"192.0.2.{depth}"))

        zone = await find(world, "h.g.f.e.d.c.b.a.example")

    assert zone.name == "d.c.b.a.example"


@pytest.mark.parametrize("behave", [silent, code("SERVFAIL"), referring("example", "a.nic.example")])
async def test_a_circle_or_an_end_keeps_the_last_zone(behave):
    async with Ladder() as world:
        await world.at(WITNESS, records=TOP)
        await world.at("192.0.2.53", behave=with_glue("shop.example", a_shop_example="192.0.2.1"))
        await world.at("192.0.2.1", behave=behave)

        assert (await find(world)).name == "shop.example"


@pytest.mark.parametrize("behave", [code("REFUSED"), referring("other.test", "ns.other.test"), authoritative])
async def test_servers_above_that_refer_nowhere_teach_nothing(behave):
    async with Ladder() as world:
        await world.at(WITNESS, records=TOP)
        await world.at("192.0.2.53", records={"www.shop.example": ["192.0.2.1"]}, behave=behave)

        assert await find(world) is None


async def test_without_a_resolver_of_somebody_else_nothing_is_found():
    async with Ladder() as world:
        assert await find(world) is None
        assert await find(world, "localhost") is None


async def test_silent_servers_are_found_out_though_nothing_was_learned():
    async with Ladder(witnesses=(WITNESS,)) as world:

        def knows_the_top(reply):
            known = reply.asked.name in TOP
            return [reply.message.to_wire()] if known else code("SERVFAIL")(reply)

        await world.at(OWN, behave=code("SERVFAIL"))
        await world.at(WITNESS, records=TOP, behave=knows_the_top)
        await world.at("192.0.2.53", behave=with_glue("shop.example", a_shop_example="192.0.2.1"))

        check = HttpCheck(url="https://www.shop.example/")
        found = await world.explain(check, make_result(Reason.SERVFAIL), zone_of=lambda host: find(world, host))

    assert (found.conclusion, found.named) == (Conclusion.NAME_SERVERS_SILENT, ("a.shop.example",))


async def test_servers_that_only_their_own_silent_servers_know_are_found_by_glue_from_above():
    async with Ladder() as world:
        await world.at(WITNESS, records={**TOP, "test": ["NS a.nic.test."], "a.nic.test": ["192.0.2.55"]})
        await world.at("192.0.2.53", behave=referring("shop.example", "ns.provider.test"))
        await world.at("192.0.2.55", behave=with_glue("provider.test", ns_provider_test="192.0.2.90"))

        zone = await find(world)

    assert zone.servers == (ZoneServer("ns.provider.test", ("192.0.2.90",)),)
