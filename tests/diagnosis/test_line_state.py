from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import make_result
from fakes.clock import START
from manara.diagnosis.anchor import PageSeen, Way
from manara.diagnosis.line_state import Heard, Voice, line_of, line_state, voice_of, witness_of
from manara.model import Limit, LineState, Reason, Witness, WitnessKind
from manara.probes import Family

GOOD, OTHER, THIRD = "http://good.example/generate_204", "http://other.example/hello", "http://third.example/"
NO_WAY = Witness("IP", False, "", kind=WitnessKind.LINK, reason=Reason.NETWORK_UNREACHABLE)
A_WAY = Witness("IPv4", True, "", kind=WitnessKind.LINK)
BOTH = frozenset({Family.IPV4, Family.IPV6})
HOUR = timedelta(hours=1)


def page(reason=None, url=GOOD, *, way=Way.OWN, family=Family.ANY, location="", ahead=None, **result):
    return PageSeen(url, make_result(reason, **result), way, family, location, ahead)


def portal(url=GOOD, status=302, location="", **fields):
    return page(Reason.UNEXPECTED_STATUS, url, http_status=status, location=location, **fields)


def silent(url=GOOD, reason=Reason.CONNECT_TIMEOUT, **fields):
    return page(reason, url, **fields)


def server(reason=None, place="192.0.2.53", kind=WitnessKind.RESOLVER):
    return Witness(place, reason is None, "", kind=kind, reason=reason)


def state(*pages, **heard):
    return line_state(Heard(pages=pages, **heard))


def line(*pages, **heard):
    return line_of(Heard(pages=pages, **heard), START)


@pytest.mark.parametrize(
    ("seen", "voice"),
    [
        (page(), Voice.RIGHT),
        (portal(), Voice.PORTAL),
        (portal(status=511), Voice.PORTAL),
        (page(Reason.TEXT_MISSING, http_status=200), Voice.PORTAL),
        (page(Reason.UNEXPECTED_STATUS, http_status=503), Voice.OTHER),
        (page(Reason.UNEXPECTED_STATUS, http_status=404), Voice.OTHER),
        (page(Reason.CONNECTION_REFUSED), Voice.OTHER),
        (page(Reason.RESPONSE_TIMEOUT), Voice.OTHER),
        (page(Reason.CERTIFICATE_NAME_MISMATCH), Voice.OTHER),
        (page(Reason.CONNECT_TIMEOUT), Voice.SILENT),
        (page(Reason.SERVFAIL, address=None), Voice.SILENT),
        (page(Reason.NO_ADDRESSES, address=None), Voice.SILENT),
        (page(Reason.NO_ADDRESSES, address=None, family=Family.IPV6), Voice.NOT_ASKED),
        (page(Reason.NO_RESOLVER, address=None), Voice.NOT_ASKED),
        (page(Reason.NO_IPV6, address=None), Voice.NOT_ASKED),
        (page(Reason.PROXY_FAILED, address=None), Voice.NOT_ASKED),
    ],
)
def test_what_one_page_says_of_the_line(seen, voice):
    assert voice_of(seen) is voice


def test_a_page_is_kept_as_evidence():
    assert witness_of(page()) == Witness(GOOD, True, "203.0.113.7", 12.0)
    assert witness_of(silent()) == Witness(GOOD, False, "connect-timeout", 12.0, reason=Reason.CONNECT_TIMEOUT)


def test_one_page_that_answers_rightly_proves_the_line_whatever_the_others_do():
    assert state(page(), silent(OTHER), portal(THIRD), servers=(server(Reason.DNS_TIMEOUT),)) is LineState.ONLINE


def test_nothing_heard_beyond_our_network_is_our_line():
    assert state(silent(), silent(OTHER), servers=(server(Reason.DNS_TIMEOUT),)) is LineState.OFFLINE


def test_a_router_and_a_name_server_next_to_us_are_not_beyond_our_network():
    near = server(place="192.168.1.1", kind=WitnessKind.OWN_RESOLVER)
    router = Witness("192.168.1.1", True, "", kind=WitnessKind.GATEWAY)

    assert state(silent(), own_servers=(near,), gateways=(router,)) is LineState.OFFLINE


def test_a_name_server_of_the_provider_is_beyond_our_network():
    assert state(silent(), own_servers=(server(Reason.SERVFAIL, "9.9.9.9:5353"),)) is LineState.UNKNOWN


@pytest.mark.parametrize("reason", [Reason.NXDOMAIN, Reason.SERVFAIL])
def test_a_router_that_answers_for_every_name_server_is_not_beyond_our_network(reason):
    assert state(silent(), silent(OTHER), servers=(server(reason), server(reason))) is LineState.OFFLINE


@pytest.mark.parametrize("reason", [None, Reason.DNS_BAD_ANSWER, Reason.DNS_REFUSED])
def test_where_pages_are_silent_a_name_server_leaves_it_open_since_hotspots_answer_for_them(reason):
    assert state(silent(), silent(OTHER), servers=(server(reason), server(Reason.DNS_TIMEOUT))) is LineState.UNKNOWN


def test_without_pages_a_name_server_proves_the_line():
    assert state(servers=(server(Reason.DNS_TIMEOUT), server())) is LineState.ONLINE
    assert state(servers=(server(Reason.DNS_TIMEOUT),)) is LineState.OFFLINE


def test_without_witnesses_nothing_is_known_but_that_no_way_leads_out():
    assert state(link=(A_WAY,)) is LineState.UNKNOWN
    assert state(link=(NO_WAY,)) is LineState.OFFLINE


def test_questions_that_got_nowhere_tell_nothing():
    assert state(page(Reason.PROXY_FAILED, address=None)) is LineState.UNKNOWN


def test_two_pages_in_whose_place_somebody_answers_want_a_sign_in():
    found = line(portal(location="http://portal.example/login"), portal(OTHER, 200), silent(THIRD))

    assert (found.state, found.sign_in_url) == (LineState.CAPTIVE, "http://portal.example/login")


def test_one_page_in_whose_place_somebody_answers_is_not_enough_where_others_can_be_asked():
    assert state(portal(), silent(OTHER)) is LineState.UNKNOWN
    assert state(portal()) is LineState.CAPTIVE
    assert state(portal(status=511), silent(OTHER)) is LineState.CAPTIVE


def test_the_same_page_seen_by_both_families_counts_once():
    both = (portal(family=Family.IPV4), portal(family=Family.IPV6))

    assert state(*both, silent(OTHER)) is LineState.UNKNOWN


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("https://portal.example/?from=x", "https://portal.example/?from=x"),
        ("/login", "http://good.example/login"),
        ("javascript:alert(1)", GOOD),
        ("file:///etc/passwd", GOOD),
        ("http://a b/", GOOD),
        ("http://[", GOOD),
        ("", GOOD),
    ],
)
def test_only_a_web_page_is_told_to_sign_in_at(location, url):
    assert line(portal(location=location)).sign_in_url == url


def test_a_page_that_is_right_only_where_witnesses_lead_shows_that_our_name_servers_fail():
    dead = [silent(url, Reason.DNS_TIMEOUT, address=None) for url in (GOOD, OTHER)]

    found = line(*dead, page(way=Way.WITNESSES), silent(OTHER, way=Way.WITNESSES))

    assert (found.state, found.limits) == (LineState.LIMITED, (Limit.OWN_RESOLVER,))


def test_name_servers_that_lead_elsewhere_fail_too():
    lied_to = portal(address="198.51.100.1")

    found = line(lied_to, page(way=Way.WITNESSES))

    assert found.limits == (Limit.OWN_RESOLVER,)


@pytest.mark.parametrize(
    "own",
    [
        page(url=OTHER),
        silent(),
        silent(address=None),
    ],
)
def test_our_name_servers_are_not_to_blame_where_they_lead_to_the_same_or_one_page_is_right(own):
    assert line(own, silent(), page(way=Way.WITNESSES)).limits == ()


def test_without_a_name_server_of_our_own_others_show_that_this_is_all_that_is_wrong():
    found = line(page(Reason.NO_RESOLVER, address=None), page(way=Way.WITNESSES))

    assert found.limits == (Limit.OWN_RESOLVER,)


def families(*pages):
    return line(*pages, routed=BOTH).limits


def test_a_family_on_which_nothing_answers_is_broken():
    good = [page(url=url, family=Family.IPV4) for url in (GOOD, OTHER)]
    lost = [silent(url, family=Family.IPV6) for url in (GOOD, OTHER)]

    assert families(*good, *lost) == (Limit.IPV6,)
    assert line(*good, *lost, routed=frozenset({Family.IPV4})).limits == ()


def test_the_older_family_can_be_broken_as_well():
    good, lost = page(family=Family.IPV6), silent(family=Family.IPV4, reason=Reason.HOST_UNREACHABLE)

    assert families(good, lost) == (Limit.IPV4,)


@pytest.mark.parametrize(
    "others",
    [
        [silent(family=Family.IPV6), page(url=OTHER, family=Family.IPV6)],
        [silent(family=Family.IPV6), page(Reason.CONNECTION_REFUSED, OTHER, family=Family.IPV6)],
        [silent(family=Family.IPV6), page(Reason.NO_ADDRESSES, OTHER, family=Family.IPV6)],
        [silent(url, Reason.DNS_TIMEOUT, family=Family.IPV6) for url in (GOOD, OTHER)],
    ],
)
def test_one_place_that_is_dead_on_a_family_does_not_make_the_family_broken(others):
    good = [page(url=url, family=Family.IPV4) for url in (GOOD, OTHER)]

    assert families(*good, *others) == ()


def test_where_nothing_answers_on_either_family_none_of_them_is_to_blame():
    assert families(silent(family=Family.IPV4), silent(family=Family.IPV6)) == ()


@pytest.mark.parametrize(
    ("aheads", "told", "limits"),
    [
        ([HOUR, HOUR], HOUR, (Limit.CLOCK,)),
        ([-HOUR, -HOUR, None], -HOUR, (Limit.CLOCK,)),
        ([timedelta(minutes=5)] * 2, timedelta(minutes=5), ()),
        ([HOUR, timedelta(0)], timedelta(0), ()),
        ([HOUR, timedelta(0), HOUR], HOUR, (Limit.CLOCK,)),
        ([HOUR, None, None], HOUR, ()),
        ([None, None], None, ()),
    ],
)
def test_a_clock_is_wrong_when_those_who_tell_the_time_agree_on_it(aheads, told, limits):
    urls = (GOOD, OTHER, THIRD)
    found = line(*(page(url=url, ahead=ahead) for url, ahead in zip(urls, aheads, strict=False)))

    assert (found.clock_ahead, found.limits) == (told, limits)


def test_who_is_not_right_does_not_tell_the_time():
    assert line(portal(ahead=HOUR), portal(OTHER, ahead=HOUR)).clock_ahead is None


def test_all_that_was_asked_is_evidence_and_the_state_is_limited_by_what_is_broken():
    asked = {
        "link": (A_WAY,),
        "gateways": (Witness("192.168.1.1", True, "", kind=WitnessKind.GATEWAY),),
        "own_servers": (server(kind=WitnessKind.OWN_RESOLVER),),
        "servers": (server(),),
    }

    found = line(page(ahead=HOUR), **asked)

    assert (found.state, found.at) == (LineState.LIMITED, START)
    assert [witness.kind.value for witness in found.witnesses] == [
        "link",
        "gateway",
        "own-resolver",
        "resolver",
        "page",
    ]


reasons = st.one_of(st.none(), st.sampled_from(Reason))
pages = st.builds(
    lambda reason, url, way, family, status, ahead, location: page(
        reason,
        url,
        way=way,
        family=family,
        ahead=ahead,
        location=location,
        address=None if reason and reason.layer.value == "dns" else "203.0.113.7",
        http_status=status if reason and reason.layer.value in ("http", "content") else None,
    ),
    reasons,
    st.sampled_from([GOOD, OTHER, THIRD]),
    st.sampled_from(Way),
    st.sampled_from(Family),
    st.sampled_from([200, 204, 302, 404, 500, 511]),
    st.sampled_from([None, HOUR, -HOUR, timedelta(0)]),
    st.text(max_size=30),
)
servers = st.builds(server, reasons, st.sampled_from(["192.0.2.53", "9.9.9.9", "192.168.1.1", "[2606:4700::1111]:53"]))
heard = st.builds(
    Heard,
    st.sampled_from([(), (A_WAY,), (NO_WAY,)]),
    st.sets(st.sampled_from([Family.IPV4, Family.IPV6])).map(frozenset),
    st.just(()),
    st.lists(servers, max_size=2).map(tuple),
    st.lists(servers, max_size=3).map(tuple),
    st.lists(pages, max_size=6).map(tuple),
)


@given(heard=heard)
def test_a_page_that_answers_rightly_is_never_offline_nor_captive(heard):
    found = line_of(heard, START)

    right = any(voice_of(page) is Voice.RIGHT for page in heard.pages)
    assert (found.state in (LineState.ONLINE, LineState.LIMITED)) == right or not heard.pages
    assert (found.state is LineState.LIMITED) == bool(found.limits)
    assert (found.state is LineState.CAPTIVE) == bool(found.sign_in_url)


@given(heard=heard)
def test_without_any_answer_from_outside_the_line_is_never_proven(heard):
    found = line_of(heard, START)

    answers = [*heard.servers, *(witness_of(page) for page in heard.pages)]
    if not any(witness.answered for witness in answers):
        assert found.state in (LineState.OFFLINE, LineState.UNKNOWN, LineState.CAPTIVE)


@given(heard=heard)
def test_offline_means_that_nobody_beyond_our_network_was_heard(heard):
    if line_of(heard, START).state is LineState.OFFLINE:
        assert all(voice_of(page) in (Voice.SILENT, Voice.NOT_ASKED) for page in heard.pages)
        assert not any(witness.answered for witness in heard.servers)


@given(heard=heard, extra=servers)
def test_one_more_name_server_of_somebody_never_takes_a_proven_line_away(heard, extra):
    more = Heard(heard.link, heard.routed, heard.gateways, heard.own_servers, (*heard.servers, extra), heard.pages)

    if line_state(heard) is LineState.ONLINE:
        assert line_state(more) is LineState.ONLINE
