"""The stories: what goes wrong in the laboratory, and what Manara must say of it, or must not.

Each returns the seconds from the end of the first failing look until the outage was both confirmed and explained, where
it has one; it raises `AssertionError` when Manara said something that is not so, or too little.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lab.laboratory import INTERVAL_S, Event, Laboratory, Site

SOON_S = 60.0
"""Longest wait for what must be said; loaded machines are slow."""
QUIET_LOOKS = 4
"""During so many more looks at every service it is watched that nothing is said: an outage takes fewer to be told."""

Tell = Callable[[Laboratory], Awaitable[float | None]]
Owners = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Story:
    """One story with its cast."""

    name: str
    tell: Tell
    sites: Sequence[Site]
    owners: Owners = field(default_factory=dict)
    settings: Callable[[Laboratory], str] | None = None
    """What stands in the place of one section for each site."""
    usually_ms: float | None = None
    """How long looks took in the weeks before, where there is a history of them."""


META = {
    "a.ns.facebook.com": ("129.134.30.12", "2a03:2880:f0fc::35"),
    "b.ns.facebook.com": ("129.134.31.12", "2a03:2880:f0fd::35"),
    "c.ns.facebook.com": ("185.89.218.12",),
    "d.ns.facebook.com": ("185.89.219.12",),
}
ROUTE_53 = {"ns-1.awsdns.net": ("205.251.192.1",), "ns-2.awsdns.net": ("205.251.194.1",)}
DYN = {"ns1.dynect.net": ("208.78.70.5",), "ns2.dynect.net": ("204.13.250.5",)}

FACEBOOK = Site("www.facebook.com", "meta", ("157.240.1.35", "2a03:2880:f101::35"))
WHATSAPP = Site("web.whatsapp.com", "meta", ("157.240.1.60",))
MESSENGER = Site("www.messenger.com", "meta", ("157.240.1.15",))
INSTAGRAM = Site("www.instagram.com", "aws", ("157.240.2.174",))


def others(count: int, *, first: int = 1) -> list[Site]:
    """Return sites of nobody in particular, each on a network of its own."""
    return [Site(f"www.other{number}.com", "plain", (f"88.{number}.7.1",)) for number in range(first, first + count)]


BY_FASTLY = {"X-Served-By": "cache-fra-eddf8230101-FRA", "Via": "1.1 varnish", "X-Cache": "HIT"}


def by_second(count: int, *, first: int) -> list[Site]:
    """Return sites whose certificates come from another issuer."""
    return [replace(site, behaviour={"certificate": "second"}) for site in others(count, first=first)]


def behind_fastly(count: int) -> list[Site]:
    """Return sites that are delivered by Fastly, and say so in their headers."""
    return [replace(site, behaviour={"headers": BY_FASTLY}) for site in others(count)]


async def the_facebook_day(lab: Laboratory) -> float:
    """4 October 2021: 503 first, then silent name servers and addresses, a partial return with 503, and the end."""
    await all_up(lab)
    for site in (FACEBOOK, WHATSAPP, MESSENGER, INSTAGRAM):
        lab.behave(site.host, status=503, headers={"proxy-status": "no_server_available"})
    await asyncio.gather(*(lab.until_verdict(site.id, "down", SOON_S) for site in (FACEBOOK, INSTAGRAM)))
    lab.owners["meta"].fall_silent()
    lab.networks.cut(*(address for site in (FACEBOOK, WHATSAPP, MESSENGER) for address in site.addresses))
    await lab.until(explains("facebook", "name-servers-silent"), SOON_S, "its name servers are silent")
    told_s = await seconds_to_tell(lab, "facebook")
    together = await lab.until(
        holds_incident(
            lambda incident: set(incident["services"]) == {"facebook", "whatsapp", "messenger", "instagram"}
        ),
        SOON_S,
        "the four are one incident",
    )
    cause = together[1]["incident"]["cause"]
    assert (cause["kind"], cause["value"]) == ("operator", "Meta"), cause
    assert not [each for each in lab.verdicts() if each.startswith("other") and lab.verdicts()[each] != "up"]
    lab.networks.reach(*(address for site in (FACEBOOK, WHATSAPP, MESSENGER) for address in site.addresses))
    lab.owners["meta"].come_back()
    await lab.until(has_stage("answers"), SOON_S, "it answers again, with 503")
    for site in (FACEBOOK, WHATSAPP, MESSENGER, INSTAGRAM):
        lab.behave(site.host)
    await lab.until(holds_incident(lambda incident: incident["ended"] is not None), SOON_S, "the incident ends")
    assert len(last_incidents(lab)) == 1, last_incidents(lab).keys()
    await lab.until(notices("up-again"), SOON_S, "they are up again")
    assert len({event["notice"] for event in lab.of("notice")}) == 1, lab.of("notice")
    return told_s


async def one_delivery_network(lab: Laboratory) -> float:
    """8 June 2021: five of twelve sites share Fastly, which answers 503."""
    await all_up(lab)
    for number in range(1, 6):
        lab.behave(f"www.other{number}.com", status=503, headers={"Server": "Varnish", **BY_FASTLY})
    await lab.until(
        holds_incident(lambda incident: len(incident["services"]) == 5 and incident["cause"]["kind"] == "delivery"),
        SOON_S,
        "five share their delivery network",
    )
    assert {told["conclusion"] for told in explanations(lab, "other1")} == {"delivery-fails"}
    await only_down(lab, {f"other{number}" for number in range(1, 6)})
    return await seconds_to_tell(lab, "other1")


async def certificates_of_one_issuer_expire(lab: Laboratory) -> float:
    """30 September 2021: certificates of one issuer are no longer valid, everywhere at once."""
    await all_up(lab)
    for number in range(1, 4):
        lab.behave(f"www.other{number}.com", certificate="expired")
    await lab.until(
        holds_incident(lambda incident: len(incident["services"]) == 3 and incident["cause"]["layer"] == "tls"),
        SOON_S,
        "three fail with their certificates",
    )
    assert {told["conclusion"] for told in explanations(lab, "other2")} == {"certificate-expired"}
    return await seconds_to_tell(lab, "other2")


async def a_dns_provider_is_down(lab: Laboratory) -> float:
    """Dyn 2016, Akamai 2021: the zones of several owners are served by one provider, whose servers fall silent."""
    await all_up(lab)
    lab.owners["dyn"].fall_silent()
    _, told = await lab.until(
        holds_incident(lambda incident: len(incident["services"]) == 3), SOON_S, "three fail together"
    )
    cause = told["incident"]["cause"]
    assert cause["kind"] in ("name-servers", "name-server-domain"), cause
    assert "dynect.net" in cause["value"], cause
    await lab.until(explains("spotify", "name-servers-silent"), SOON_S, "the name servers are silent")
    await only_down(lab, {"spotify", "etsy", "soundcloud"})
    return await seconds_to_tell(lab, "spotify")


async def a_public_resolver_is_dead(lab: Laboratory) -> float:
    """14 July 2025: 1.1.1.1 is gone. It accuses nobody, and what really fails is still told rightly."""
    await all_up(lab)
    lab.networks.cut("1.1.1.1")
    await more_looks(lab, 2)
    lab.behave("www.other1.com", status=500)
    await lab.until(explains("other1", "server-errors"), SOON_S, "other1 fails inside")
    told_s = await seconds_to_tell(lab, "other1")
    await only_down(lab, {"other1"})
    return told_s


async def our_own_resolver_is_dead(lab: Laboratory) -> None:
    """The router's name server hangs; everybody else's answer. It is us, and nobody is accused."""
    await all_up(lab)
    lab.own_resolver.freeze()
    await lab.until(believes_line("limited"), SOON_S, "the line is limited")
    await all_become(lab, "unknown", "own-resolver")
    await nobody_accused(lab)
    lab.own_resolver.thaw()
    await all_up(lab, since=len(lab.events))


async def our_own_link_is_down(lab: Laboratory) -> None:
    """Somebody pulls the cable. One quiet notice, no outage."""
    await all_up(lab)
    lab.networks.pull_the_cable()
    await lab.until(believes_line("offline"), SOON_S, "the line is offline")
    await all_become(lab, "unknown", "own-line", "network-unreachable")
    await nobody_accused(lab)
    lab.networks.plug_in()
    await all_up(lab, since=len(lab.events))
    kinds = [event["kind"] for event in lab.of("notice")]
    assert set(kinds) <= {"offline", "online", "withdrawn"}, kinds


async def a_hotspot_wants_a_sign_in(lab: Laboratory) -> None:
    """A hotspot answers for everybody: pages lead to its own, certificates are its own."""
    await all_up(lab)
    for host in lab.sites:
        lab.behave(host, status=302, headers={"Location": "http://hotspot.invalid/"}, certificate="other")
    await lab.until(believes_line("captive"), SOON_S, "the line is captive")
    await all_become(lab, "unknown", "sign-in-wanted")
    await nobody_accused(lab)


async def a_laptop_sleeps(lab: Laboratory) -> None:
    """The computer stands still for a while. What nobody saw is not observed, and nothing is told."""
    await all_up(lab)
    lab.sleep()
    # It sleeps longer than any stall of a busy machine.
    await asyncio.sleep(17)
    lab.wake()
    await lab.until(lambda event: event["event"] == "not-observed", SOON_S, "nobody was looking")
    await all_up(lab, since=len(lab.events) - 1)
    await nobody_accused(lab)
    assert lab.of("notice") == []


async def one_service_flaps(lab: Laboratory) -> None:
    """A service goes back and forth: it is called unstable once, and not told again and again."""
    await all_up(lab)
    for _ in range(2):
        lab.behave("www.other1.com", status=500)
        await lab.until_verdict("other1", "down", SOON_S, since=len(lab.events))
        lab.behave("www.other1.com")
        await lab.until_verdict("other1", "up", SOON_S, since=len(lab.events))
    lab.behave("www.other1.com", status=500)
    await lab.until(notices("unstable"), SOON_S, "it is unstable")
    assert len(last_incidents(lab)) == 1, last_incidents(lab)
    assert len({event["notice"] for event in lab.of("notice")}) == 1, lab.of("notice")


async def only_signed_in_users_get_errors(lab: Laboratory) -> float:
    """14 December 2020: the front page is well, what is behind it answers 500."""
    await all_up(lab)
    lab.behave("www.other1.com", paths={"/account": {"status": 500}})
    await lab.until_verdict("other1", "degraded", SOON_S)
    await lab.until(explains("other1", "server-errors"), SOON_S, "it fails inside")
    await only_down(lab, set(), degraded={"other1"})
    return await seconds_to_tell(lab, "other1")


async def others_are_slow_by_surge(lab: Laboratory) -> float:
    """4 October 2021: Telegram is slow under those who flee to it. Slower than usual, never down, and no cause."""
    await all_up(lab)
    lab.behave("www.other1.com", status=503)
    lab.behave("www.other2.com", delay_s=1.5)
    await lab.until_verdict("other2", "degraded", 2 * SOON_S)
    await lab.until(explains("other2", "slow"), SOON_S, "it is slow")
    await lab.until(
        holds_incident(lambda incident: incident["services"] == ["other1"] and incident["knock_on"] == ["other2"]),
        SOON_S,
        "it became slower since the outage of the other began",
    )
    reasons = {event["reason"] for event in lab.of("transition") if event["service"] == "other2"}
    assert reasons == {None, "slower-than-usual"}, reasons
    await only_down(lab, {"other1"}, degraded={"other2"})
    return await seconds_to_tell(lab, "other1")


async def only_ipv6_is_broken(lab: Laboratory) -> None:
    """Our IPv6 leads nowhere: what has both is reached, what has IPv6 alone is not to blame."""
    await all_up(lab)
    lab.networks.lose_ipv6()
    await lab.until(
        lambda event: event["event"] == "transition" and event["service"] == "modern" and event["after"] == "unknown",
        SOON_S,
        "of the one that has IPv6 alone nothing is known",
    )
    await nobody_accused(lab)
    assert {lab.verdicts()[name] for name in ("other1", "both")} == {"up"}


async def a_filter_hides_a_name(lab: Laboratory) -> None:
    """Our resolver gives an address that leads nowhere for one name; others know the right one."""
    await all_up(lab)
    lab.own_resolver.die()
    lab.own_resolver.start(more=['local-zone: "www.other1.com." redirect', 'local-data: "www.other1.com. A 0.0.0.0"'])
    await lab.until(explains("other1", "filtered"), SOON_S, "the name is filtered here")
    await nobody_accused(lab)


async def our_own_looks_are_too_many(lab: Laboratory) -> None:
    """429: it is there, and wants to be asked less often. That is no outage."""
    await all_up(lab)
    lab.behave("www.other1.com", status=429, headers={"Retry-After": "60"})
    await lab.until(explains("other1", "too-many-checks"), SOON_S, "it is asked too often")
    await more_looks(lab, QUIET_LOOKS)
    assert lab.verdicts()["other1"] != "down"
    assert not [event for event in lab.of("notice") if event["kind"] == "down"]


async def an_official_page_lies(lab: Laboratory) -> float:
    """The page says that all is well while nothing answers: both are told, side by side."""
    await all_up(lab)
    lab.behave("www.shop.com", status=503)
    await lab.until_verdict("shop", "down", SOON_S)
    await lab.until(official("shop", state="operational"), SOON_S, "its page says that all is well")
    incident = next(iter(last_incidents(lab).values()))
    assert incident["official_after_s"] is None
    return await seconds_to_tell(lab, "shop")


async def an_official_page_cannot_be_read(lab: Laboratory) -> None:
    """The page answers with something else: it is unreadable, which is neither good nor bad."""
    await all_up(lab)
    await lab.until(official("shop", unreadable="not-its-format"), SOON_S, "its page cannot be read")
    await only_down(lab, set())


async def two_outages_at_once(lab: Laboratory) -> float:
    """Two services that share nothing fail at the same time: two incidents."""
    await all_up(lab)
    lab.owners["dyn"].fall_silent()
    lab.behave("www.other1.com", status=500)
    await asyncio.gather(lab.until_verdict("spotify", "down", SOON_S), lab.until_verdict("other1", "down", SOON_S))
    await lab.until(explains("spotify", "name-servers-silent"), SOON_S, "the name servers are silent")
    await lab.until(explains("other1", "server-errors"), SOON_S, "the other fails inside")
    await lab.until(
        lambda _event: (
            sorted(sorted(each["services"]) for each in last_incidents(lab).values())
            == [["etsy", "soundcloud", "spotify"], ["other1"]]
        ),
        SOON_S,
        "two incidents",
    )
    return await seconds_to_tell(lab, "other1")


async def a_name_has_lost_its_address(lab: Laboratory) -> float:
    """20 October 2025: the name is there, its servers are well, and its address is missing."""
    await all_up(lab)
    lab.zone("other1.com", without=["www.other1.com"])
    await lab.until(explains("other1", "address-missing"), SOON_S, "its address is missing")
    await only_down(lab, {"other1"})
    return await seconds_to_tell(lab, "other1")


async def an_address_falls_silent(lab: Laboratory) -> float:
    """The name resolves, and nothing answers at its address."""
    await all_up(lab)
    lab.networks.cut("88.1.7.1")
    await lab.until(explains("other1", "addresses-silent"), SOON_S, "its address is silent")
    await only_down(lab, {"other1"})
    return await seconds_to_tell(lab, "other1")


async def all_is_well(lab: Laboratory) -> None:
    """Nothing goes wrong for as many looks as there are in an hour at one a minute."""
    await all_up(lab)
    await lab.until(
        lambda _event: sum(each["service"] == "other1" for each in lab.of("result")) >= 60, 90, "sixty looks at each"
    )
    assert set(lab.verdicts().values()) == {"up"}
    assert (lab.of("notice"), lab.of("incident"), lab.of("diagnosis")) == ([], [], [])


def two_checks(lab: Laboratory) -> str:
    """A front page, and what is behind it."""
    behind = '[[services.checks]]\ntype = "http"\nurl = "https://www.other1.com/account"\n'
    return lab.service(lab.sites["www.other1.com"], check=behind) + lab.service(lab.sites["www.other2.com"])


def with_page(lab: Laboratory) -> str:
    """A shop that has an official page."""
    page = 'official = "statuspage"\nofficial_url = "https://status.shoppage.org/"'
    return lab.service(lab.sites["www.shop.com"], more=page) + lab.service(lab.sites["www.other1.com"])


def of_meta(lab: Laboratory) -> str:
    """The services of the day, with their operator, and fourteen others."""
    mine = {site.host for site in (FACEBOOK, WHATSAPP, MESSENGER, INSTAGRAM)}
    return "".join(
        lab.service(site, operator="Meta" if site.host in mine else "")
        for site in lab.sites.values()
        if site.host.split(".")[-2] not in ("gstatic", "apple")
    )


def every_second(lab: Laboratory) -> str:
    """Looks every second, so that an hour's worth of them takes a minute."""
    return "".join(
        lab.service(site, check='interval = "1s"\ntimeout = "1s"')
        for site in lab.sites.values()
        if site.host.startswith("www.other")
    )


_GOOD_PAGE = {
    "page": {"id": "shop", "name": "Shop", "url": "https://status.shoppage.org", "updated_at": "2026-01-01T00:00:00Z"},
    "status": {"indicator": "none", "description": "All Systems Operational"},
    "components": [
        {"id": "c1", "name": "Site", "status": "operational", "group": False, "group_id": None, "position": 1}
    ],
    "incidents": [],
    "scheduled_maintenances": [],
}


def _page(body: object, kind: str) -> Site:
    text = body if isinstance(body, str) else json.dumps(body)
    behaviour = {"status": 200, "headers": {"Content-Type": kind}, "body": text}
    return Site("status.shoppage.org", "plain", ("88.99.7.1",), behaviour=behaviour)


SHOP = Site("www.shop.com", "plain", ("88.98.7.1",))
ON_DYN = [
    Site("www.spotify.com", "dyn", ("35.186.1.1",)),
    Site("www.etsy.com", "dyn", ("151.101.5.1",)),
    Site("www.soundcloud.com", "dyn", ("18.155.1.1",)),
]
BOTH = Site("www.both.org", "plain", ("2a01:4f9::80", "88.97.7.1"))
MODERN = Site("www.modern.org", "plain", ("2a01:4f8::80",))

STORIES = [
    # The longest first, since several are told at a time.
    Story("all is well", all_is_well, others(4), settings=every_second),
    Story("our own resolver is dead", our_own_resolver_is_dead, others(4)),
    Story("only IPv6 is broken", only_ipv6_is_broken, [MODERN, BOTH, *others(1)]),
    Story(
        "the Facebook day",
        the_facebook_day,
        [FACEBOOK, WHATSAPP, MESSENGER, INSTAGRAM, *others(14)],
        {"meta": META, "aws": ROUTE_53},
        of_meta,
    ),
    Story("one delivery network fails", one_delivery_network, [*behind_fastly(5), *others(7, first=6)]),
    Story("certificates of one issuer expire", certificates_of_one_issuer_expire, [*others(3), *by_second(3, first=4)]),
    Story("a DNS provider is down", a_dns_provider_is_down, [*ON_DYN, *others(5)], {"dyn": DYN}),
    Story("a public resolver is dead", a_public_resolver_is_dead, others(4)),
    Story("our own link is down", our_own_link_is_down, others(4)),
    Story("a hotspot wants a sign-in", a_hotspot_wants_a_sign_in, others(3)),
    Story("a laptop sleeps", a_laptop_sleeps, others(3)),
    Story("one service flaps", one_service_flaps, others(3)),
    Story("only signed-in users get errors", only_signed_in_users_get_errors, others(2), settings=two_checks),
    Story("others are slow by surge", others_are_slow_by_surge, others(5), usually_ms=40.0),
    Story("a filter hides a name", a_filter_hides_a_name, others(3)),
    Story("our own looks are too many", our_own_looks_are_too_many, others(2)),
    Story(
        "an official page lies",
        an_official_page_lies,
        [SHOP, _page(_GOOD_PAGE, "application/json"), *others(1)],
        settings=with_page,
    ),
    Story(
        "an official page cannot be read",
        an_official_page_cannot_be_read,
        [SHOP, _page("<html>Welcome</html>", "text/html"), *others(1)],
        settings=with_page,
    ),
    Story("two outages at once", two_outages_at_once, [*ON_DYN, *others(4)], {"dyn": DYN}),
    Story("a name has lost its address", a_name_has_lost_its_address, others(3)),
    Story("an address falls silent", an_address_falls_silent, others(3)),
]


async def all_up(lab: Laboratory, *, since: int = 0) -> None:
    """Wait until every service is up, and it is known who answers for the names of those that are not alone."""
    await lab.until(
        lambda _event: len(lab.events) >= since and set(lab.verdicts().values()) == {"up"}, SOON_S, "all are up"
    )
    with_owner = {site.host for site in lab.sites.values() if site.owner != "plain"}
    await lab.until(
        lambda _event: with_owner <= {host for event in lab.of("zone") for host in event["hosts"]},
        SOON_S,
        "zones are learned on the healthy day",
    )


async def all_become(lab: Laboratory, verdict: str, *reasons: str) -> None:
    """Wait until every service has a verdict for one of these reasons."""
    for name in tuple(lab.verdicts()):
        _, event = await lab.until(
            lambda event, name=name: (
                event["event"] == "transition" and event["service"] == name and event["after"] == verdict
            ),
            SOON_S,
            f"{name} is {verdict}",
        )
        assert event["reason"] in reasons, event


async def only_down(lab: Laboratory, names: set[str], *, degraded: frozenset[str] | set[str] = frozenset()) -> None:
    """Wait until exactly these are down, and prove that nobody else was ever accused."""
    await lab.until(
        lambda _event: {name for name, verdict in lab.verdicts().items() if verdict == "down"} == names,
        SOON_S,
        f"exactly {sorted(names)} are down",
    )
    accused = {event["service"] for event in lab.of("transition") if event["after"] in ("down", "degraded")}
    assert accused <= names | degraded, accused


async def nobody_accused(lab: Laboratory) -> None:
    """Watch for a while that no service is called down or degraded, and no incident begins."""
    await more_looks(lab, QUIET_LOOKS)
    accused = [event for event in lab.of("transition") if event["after"] in ("down", "degraded")]
    assert accused == []
    assert lab.of("incident") == []


async def more_looks(lab: Laboratory, count: int) -> None:
    """Wait until every service was looked at so many times more."""
    since = len(lab.events)

    def fewest(_event: Event) -> bool:
        seen = Counter(event["service"] for _, event in lab.events[since:] if event["event"] == "result")
        return all(seen[service] >= count for service in lab.verdicts())

    await lab.until(fewest, SOON_S + count * 2 * INTERVAL_S, f"{count} more looks at every service")


async def seconds_to_tell(lab: Laboratory, service: str) -> float:
    """Return the seconds from the end of its first failing look until it was both confirmed and explained."""
    first_s = next(
        at_s
        for at_s, event in lab.events
        if event["event"] == "result" and event["service"] == service and event["outcome"] != "ok"
    )
    confirmed_s, confirmed = await lab.until(
        lambda event: (
            event["event"] == "transition" and event["service"] == service and event["after"] in ("down", "degraded")
        ),
        SOON_S,
        f"{service} is confirmed",
    )
    assert_interval(lab, confirmed)
    explained_s, _ = await lab.until(
        lambda event: event["event"] == "diagnosis" and event["service"] == service and event["diagnosis"] is not None,
        SOON_S,
        f"{service} is explained",
    )
    return max(confirmed_s, explained_s) - first_s


def assert_interval(lab: Laboratory, transition: Event) -> None:
    """Prove that the beginning lies between the last good look at one of its checks and the first bad one."""
    service = transition["service"]
    looks = [event for event in lab.of("result") if event["service"] == service]
    good = {event["at"] for event in looks if event["outcome"] == "ok"}
    bad = {event["at"] for event in looks if event["outcome"] != "ok"}
    after, by = transition["started_after"], transition["started_by"]
    assert by in bad, (by, sorted(bad))
    assert after in good, (after, sorted(good))
    assert after < by


def explains(service: str, conclusion: str) -> Callable[[Event], bool]:
    """Return what recognises the diagnosis of a service."""

    def is_it(event: Event) -> bool:
        if event["event"] != "diagnosis" or event["service"] != service or event["diagnosis"] is None:
            return False
        return bool(event["diagnosis"]["conclusion"] == conclusion)

    return is_it


def explanations(lab: Laboratory, service: str) -> list[Event]:
    """Return the diagnoses of a service."""
    return [event["diagnosis"] for event in lab.of("diagnosis") if event["service"] == service and event["diagnosis"]]


def holds_incident(fits: Callable[[Event], bool]) -> Callable[[Event], bool]:
    """Return what recognises an incident."""
    return lambda event: event["event"] == "incident" and fits(event["incident"])


def has_stage(stage: str) -> Callable[[Event], bool]:
    """Return what recognises an incident that has come so far."""
    return holds_incident(lambda incident: any(each["stage"] == stage for each in incident["timeline"]))


def last_incidents(lab: Laboratory) -> dict[str, Event]:
    """Return every incident as it is now, without those that turned out to be another one."""
    known: dict[str, Event] = {}
    for event in lab.of("incident"):
        known[event["incident"]["id"]] = event["incident"]
        for merged in event["merged"]:
            known.pop(merged, None)
    return known


def notices(kind: str) -> Callable[[Event], bool]:
    """Return what recognises a notice."""
    return lambda event: event["event"] == "notice" and event["kind"] == kind


def believes_line(state: str) -> Callable[[Event], bool]:
    """Return what recognises that our own line is believed to be so."""
    return lambda event: event["event"] == "network" and event["state"] == state


def official(service: str, **word: str) -> Callable[[Event], bool]:
    """Return what recognises an official word."""

    def is_it(event: Event) -> bool:
        if event["event"] != "official" or event["service"] != service:
            return False
        return all(event["official"][name] == value for name, value in word.items())

    return is_it
