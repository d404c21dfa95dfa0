from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes.clock import START
from manara.diagnosis.common_cause import Failing, Group, Watched, groups_of
from manara.model import CommonCause, Conclusion, Interval, Layer, Trait, TraitKind, Verdict

MINUTE = timedelta(minutes=1)
FACEBOOK_NS = Trait(TraitKind.NAME_SERVERS, "a.ns.facebook.com, b.ns.facebook.com")
FACEBOOK_NS_DOMAIN = Trait(TraitKind.NAME_SERVER_DOMAIN, "facebook.com")
ROUTE_53 = Trait(TraitKind.NAME_SERVER_DOMAIN, "awsdns-*.com")
AKAM = Trait(TraitKind.NAME_SERVER_DOMAIN, "akam.net")
META = Trait(TraitKind.OPERATOR, "Meta")
FASTLY = Trait(TraitKind.DELIVERY, "Fastly")
R3 = Trait(TraitKind.ISSUER, "R3")
PREFIX = Trait(TraitKind.PREFIX, "203.0.113.0/24")


def failing(service_id, layer, *traits, after=0.0, by=1.0, conclusion=None):
    """A service that began to fail between these minutes; None: nobody had looked before."""
    began = Interval(None if after is None else START + after * MINUTE, START + by * MINUTE)
    return Failing(service_id, began, layer, frozenset(traits), conclusion)


def well(service_id, *traits, looked=2.0, verdict=Verdict.UP):
    return Watched(service_id, verdict, frozenset(traits), None if looked is None else START + looked * MINUTE)


def down(each):
    return Watched(each.service_id, Verdict.DOWN, each.traits, each.began.by)


def grouped(failures, others=()):
    return groups_of(failures, [*map(down, failures), *others])


def test_nothing_failing_makes_no_group():
    assert groups_of([], [well("shop")]) == ()


def test_a_single_service_is_a_group_of_its_own_without_a_cause():
    assert grouped([failing("shop", Layer.HTTP, FASTLY)]) == (Group(("shop",)),)


def test_the_facebook_day_is_one_group_named_by_the_operator():
    facebook = [
        failing(name, Layer.DNS, FACEBOOK_NS, FACEBOOK_NS_DOMAIN, META)
        for name in ("facebook", "messenger", "whatsapp")
    ]
    instagram = failing("instagram", Layer.HTTP, ROUTE_53, META, by=1.5)

    (group,) = grouped([*facebook, instagram], [well("google"), well("amazon", ROUTE_53)])

    assert group.service_ids == ("facebook", "messenger", "whatsapp", "instagram")
    assert group.cause == CommonCause(Layer.DNS, META)


def test_name_servers_name_the_group_when_the_operator_says_no_more():
    both = [failing(name, Layer.DNS, FACEBOOK_NS, FACEBOOK_NS_DOMAIN, META) for name in ("facebook", "messenger")]

    (group,) = grouped(both)

    assert group.cause == CommonCause(Layer.DNS, FACEBOOK_NS)


def test_a_delivery_network_that_fails_for_five_of_twelve_is_one_group():
    five = [failing(f"site-{n}", Layer.HTTP, FASTLY, R3) for n in range(5)]
    others = [well(f"other-{n}", R3) for n in range(7)]

    (group,) = grouped(five, others)

    assert len(group.service_ids) == 5
    assert group.cause == CommonCause(Layer.HTTP, FASTLY)


def test_a_provider_of_name_servers_that_fails_ties_zones_with_other_servers():
    three = [failing(f"site-{n}", Layer.DNS, AKAM, Trait(TraitKind.NAME_SERVERS, f"a{n}-1.akam.net")) for n in range(3)]

    (group,) = grouped(three, [well("other")])

    assert group.cause == CommonCause(Layer.DNS, AKAM)


def test_expired_certificates_of_one_issuer_are_one_group():
    three = [failing(f"site-{n}", Layer.TLS, R3, conclusion=Conclusion.CERTIFICATE_EXPIRED) for n in range(3)]

    (group,) = grouped(three, [well("other", Trait(TraitKind.ISSUER, "E1"))])

    assert group.cause == CommonCause(Layer.TLS, R3)


def test_addresses_of_one_network_that_do_not_answer_are_one_group():
    (group,) = grouped([failing("shop", Layer.TCP, PREFIX), failing("blog", Layer.ICMP, PREFIX)])

    assert group.cause == CommonCause(None, PREFIX)


def test_two_unrelated_outages_at_the_same_time_stay_two():
    meta = [failing(name, Layer.DNS, FACEBOOK_NS, META) for name in ("facebook", "messenger")]
    fastly = [failing(name, Layer.HTTP, FASTLY) for name in ("blog", "shop")]

    groups = grouped([*meta, *fastly])

    assert {group.service_ids for group in groups} == {("facebook", "messenger"), ("blog", "shop")}


def test_what_does_not_fit_the_rung_ties_nothing():
    groups = grouped([failing("shop", Layer.DNS, FASTLY, R3), failing("blog", Layer.DNS, FASTLY, R3)])

    assert groups == (Group(("blog",)), Group(("shop",)))


def test_where_the_rung_is_not_known_only_the_operator_ties():
    assert len(grouped([failing("shop", None, FASTLY), failing("blog", None, FASTLY)])) == 2
    assert len(grouped([failing("shop", None, META), failing("blog", None, META)])) == 1


def test_a_link_is_shared_by_place():
    assert len(grouped([failing("shop", Layer.LINK, PREFIX), failing("blog", Layer.LINK, PREFIX)])) == 1
    assert len(grouped([failing("shop", Layer.SPEED, PREFIX), failing("blog", Layer.SPEED, PREFIX)])) == 2


def test_servers_that_fail_behind_a_delivery_network_are_not_tied_by_it():
    both = [failing(name, Layer.HTTP, FASTLY, conclusion=Conclusion.ORIGIN_FAILS) for name in ("shop", "blog")]

    assert len(grouped(both)) == 2


def test_failures_far_apart_in_time_are_not_tied():
    groups = grouped([failing("shop", Layer.HTTP, FASTLY), failing("blog", Layer.HTTP, FASTLY, after=6.5, by=7)])

    assert len(groups) == 2


def test_failures_are_tied_from_neighbour_to_neighbour():
    row = [failing(f"site-{n}", Layer.HTTP, FASTLY, after=4 * n, by=4 * n + 1) for n in range(5)]

    assert len(grouped(row)) == 1


def test_a_beginning_that_may_have_been_at_the_same_time_counts():
    rarely = failing("blog", Layer.HTTP, FASTLY, after=-20, by=25)

    assert len(grouped([failing("shop", Layer.HTTP, FASTLY), rarely])) == 1


def test_one_that_was_rarely_looked_at_is_no_bridge_between_two_far_apart():
    early, late = failing("shop", Layer.HTTP, FASTLY), failing("mail", Layer.HTTP, FASTLY, after=240, by=241)
    rarely = failing("blog", Layer.HTTP, FASTLY, after=None, by=245)

    groups = grouped([early, late, rarely])

    assert {group.service_ids for group in groups} == {("mail", "blog"), ("shop",)}


def test_healthy_services_that_share_it_are_named_as_evidence_against():
    three = [failing(f"site-{n}", Layer.HTTP, FASTLY) for n in range(3)]

    (group,) = grouped(three, [well("fine", FASTLY), well("other"), well("third")])

    assert group.cause == CommonCause(Layer.HTTP, FASTLY, ("fine",))


def test_many_healthy_services_that_share_it_end_the_guess():
    both = [failing(name, Layer.HTTP, FASTLY) for name in ("shop", "blog")]

    assert len(grouped(both, [well("fine", FASTLY), well("good", FASTLY), well("other")])) == 2


def test_looks_that_are_older_than_the_beginning_say_nothing():
    both = [failing(name, Layer.HTTP, FASTLY) for name in ("shop", "blog")]
    old = [well("fine", FASTLY, looked=0.5), well("good", FASTLY, looked=None), well("other")]

    (group,) = grouped(both, old)

    assert group.cause == CommonCause(Layer.HTTP, FASTLY)


def test_services_that_are_not_well_are_no_evidence_against():
    both = [failing(name, Layer.HTTP, FASTLY) for name in ("shop", "blog")]
    unsure = [well(f"unsure-{n}", FASTLY, verdict=Verdict.UNKNOWN) for n in range(3)]

    assert len(grouped(both, [*unsure, well("other")])) == 1


def test_what_everybody_has_says_nothing_where_somebody_is_well():
    both = [failing(name, Layer.HTTP, FASTLY) for name in ("shop", "blog")]

    assert len(grouped(both, [well("fine", FASTLY)])) == 2


def test_what_everybody_has_is_named_where_everybody_fails():
    assert len(grouped([failing(name, Layer.HTTP, FASTLY) for name in ("shop", "blog")])) == 1


TRAITS = st.frozensets(
    st.sampled_from(
        [FACEBOOK_NS, FACEBOOK_NS_DOMAIN, AKAM, META, FASTLY, R3, PREFIX, Trait(TraitKind.OPERATOR, "Acme")]
    ),
    max_size=3,
)


@st.composite
def failures(draw):
    names = draw(st.lists(st.sampled_from([f"s{n}" for n in range(8)]), unique=True))
    found = []
    for name in names:
        after, length = draw(st.integers(0, 30)), draw(st.integers(1, 10))
        known = draw(st.booleans())
        layer = draw(st.sampled_from([None, *Layer]))
        found.append(failing(name, layer, *draw(TRAITS), after=after if known else None, by=after + length))
    return found


@st.composite
def worlds(draw):
    wells = [well(f"w{n}", *draw(TRAITS), looked=draw(st.integers(0, 40))) for n in range(draw(st.integers(0, 4)))]
    return draw(failures()), wells


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(world, random):
    failed, wells = world
    known = [*map(down, failed), *wells]
    expected = groups_of(failed, known)

    random.shuffle(failed)
    random.shuffle(known)

    assert groups_of(failed, known) == expected


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_every_failing_service_is_in_exactly_one_group(world):
    failed, wells = world

    ids = [service_id for group in grouped(failed, wells) for service_id in group.service_ids]

    assert sorted(ids) == sorted(each.service_id for each in failed)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_a_group_shares_its_cause_and_one_alone_has_none(world):
    failed, wells = world
    known = {each.service_id: each for each in failed}

    for group in grouped(failed, wells):
        if len(group.service_ids) == 1:
            assert group.cause is None
        else:
            assert group.cause is not None
            assert all(group.cause.shared in known[each].traits for each in group.service_ids)


@pytest.mark.parametrize("layer", list(Layer))
def test_services_that_share_nothing_are_never_grouped(layer):
    lonely = [failing(f"s{n}", layer, Trait(TraitKind.OPERATOR, f"owner-{n}")) for n in range(4)]

    assert len(grouped(lonely)) == 4
