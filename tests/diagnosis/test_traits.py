from dataclasses import replace

import pytest

from fakes.checks import make_service
from fakes.clock import START
from manara.diagnosis.traits import prefix_of, registered_domain, traits_of
from manara.model import Certificate, Facts, Trait, TraitKind, Zone, ZoneServer

SHOP = make_service("shop")


def zone(*servers):
    return Zone("shop.example", tuple(map(ZoneServer, servers)), START)


def values(traits, kind):
    return {trait.value for trait in traits if trait.kind is kind}


def test_nothing_known_is_nothing_shared():
    assert traits_of(SHOP, [Facts()]) == frozenset()


def test_addresses_give_their_networks():
    traits = traits_of(SHOP, [Facts(addresses=("129.134.30.12", "2a03:2880:f0fc:c:face:b00c:0:35", "fe80::1%eth0"))])

    assert values(traits, TraitKind.PREFIX) == {"129.134.30.0/24", "2a03:2880:f0fc::/48", "fe80::/48"}


def test_what_is_no_address_has_no_network():
    assert prefix_of("nonsense") == ""
    assert traits_of(SHOP, [Facts(addresses=("nonsense",))]) == frozenset()


def test_the_autonomous_system_is_shared_where_it_is_known():
    facts = Facts(addresses=("129.134.30.12", "192.0.2.1"))

    traits = traits_of(SHOP, [facts], networks={"129.134.30.0/24": "AS32934"})

    assert values(traits, TraitKind.NETWORK) == {"AS32934"}


def test_an_alias_into_a_foreign_domain_is_shared_and_one_into_its_own_is_not():
    facts = Facts(cname_chain=("cdn.a.example", "shop.map.fastly.net", "x.edge.fastly.net"))
    service = replace(SHOP, checks=tuple(replace(check, name="www.a") for check in SHOP.checks))

    assert values(traits_of(service, [facts]), TraitKind.ALIAS_DOMAIN) == {"fastly.net"}


def test_name_servers_are_shared_as_a_set_and_by_their_domain():
    traits = traits_of(SHOP, [], [zone("b.ns.facebook.com", "a.ns.facebook.com")])

    assert traits == {
        Trait(TraitKind.NAME_SERVERS, "a.ns.facebook.com, b.ns.facebook.com"),
        Trait(TraitKind.NAME_SERVER_DOMAIN, "facebook.com"),
    }


def test_the_numbered_domains_of_one_provider_are_one():
    one = traits_of(SHOP, [], [zone("ns-1.awsdns-00.com", "ns-2.awsdns-63.co.uk")])
    other = traits_of(SHOP, [], [zone("ns-7.awsdns-12.com")])

    assert values(one, TraitKind.NAME_SERVER_DOMAIN) == {"awsdns-*.com", "awsdns-*.co.uk"}
    assert values(other, TraitKind.NAME_SERVER_DOMAIN) == {"awsdns-*.com"}


def test_a_zone_without_servers_says_nothing():
    assert traits_of(SHOP, [], [zone()]) == frozenset()


def test_issuer_delivery_network_and_operator_are_shared():
    certificate = Certificate("shop.example", "R3", (), START, START, "00")
    facts = Facts(certificate=certificate, carriers=(("cf-ray", "6990f00d-FRA"),))

    traits = traits_of(replace(SHOP, operator="Meta"), [facts])

    assert traits == {
        Trait(TraitKind.ISSUER, "R3"),
        Trait(TraitKind.DELIVERY, "Cloudflare"),
        Trait(TraitKind.OPERATOR, "Meta"),
    }


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("a1-23.akam.net", "akam.net"),
        ("NS1.P13.DynECT.net.", "dynect.net"),
        ("www.example.co.uk", "example.co.uk"),
        ("shop.example.com.au", "example.com.au"),
        ("d1.cloudfront.net", "cloudfront.net"),
        ("com.de", "com.de"),
        ("localhost", "localhost"),
    ],
)
def test_the_registered_domain_of_a_name(name, domain):
    assert registered_domain(name) == domain
