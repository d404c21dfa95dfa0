"""What an export holds, an import gives back: the same services, whatever they are called and look at."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from manara.catalog import read_catalogue
from manara.catalog.exports import export_csv, export_prometheus, export_toml
from manara.catalog.exports.exported import Remark, Warned
from manara.catalog.imports import Into, read_import
from manara.model import CheckDefaults, NetworkOptions, OfficialPage, PageKind, Service
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.probes.content import JsonOperator
from manara.probes.dns import DnsCheck
from manara.probes.http import HttpCheck
from manara.probes.ping import PingCheck
from manara.probes.resolver import Family
from manara.probes.tcp import TcpCheck
from manara.probes.tls import TlsCheck
from manara.settings import Settings, with_defaults
from manara.wording import Translator

CATALOGUE = read_catalogue(resource("catalogue.toml"), CHECK_TYPES)
PARTLY = next(each for each in CATALOGUE.values() if each.official and each.official.components)

# What no line can show is refused by the settings themselves; the rest may stand anywhere.
labels = (
    st.text(
        st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" '\"=,;[]{}<>$+-@#:"), min_size=1, max_size=20
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
texts = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \\\"'#"), max_size=12).map(str.strip)
hosts = st.sampled_from(["a.example", "b.example", "192.0.2.7", "2001:db8::1", "bücher.example"])
families = st.sampled_from(Family)
paces = st.fixed_dictionaries(
    {
        "interval": st.sampled_from([1, 10, 60, 90, 300, 86_400]).map(lambda seconds: timedelta(seconds=seconds)),
        "timeout": st.sampled_from([0.1, 0.5, 1]).map(lambda seconds: timedelta(seconds=seconds)),
    }
)
patience = st.fixed_dictionaries(
    {
        "confirm": st.integers(0, 20),
        "recover": st.integers(1, 20),
        "required": st.booleans(),
        "slow_after": st.none() | st.integers(1, 300_000).map(lambda ms: timedelta(milliseconds=ms)),
    }
)
urls = st.sampled_from(["https://a.example/", "http://b.example:8080/x?y=1", "https://bücher.example/ä#z"])


def http(**more):
    return st.builds(
        HttpCheck,
        url=urls,
        method=st.sampled_from(["GET", "HEAD", "POST"]),
        headers=st.sampled_from([(), (("Accept", "text/html"),), (("Host", "x.example"), ("Accept", "*/*"))]),
        body=st.sampled_from(["", "a=1\nb", '{"a": "ä"}']),
        contains=texts,
        lacks=texts,
        matches=st.sampled_from(["", r"v\d+", "(a|b)"]),
        lacks_match=st.sampled_from(["", "fatal.*"]),
        accept=st.sampled_from([(), ("200-299",), ("200", "404"), ("200-201", "300-399")]),
        follow_redirects=st.booleans(),
        verify=st.booleans(),
        proxy=st.sampled_from(["", "http://proxy.example:3128"]),
        family=families,
        **more,
    )


json_rules = st.sampled_from([
    {}, {"json_path": "$.a", "json_operator": JsonOperator.LESS, "json_value": "5"}, {"json_path": "$['a b'][0]"}
])  # fmt: skip
tls = st.builds(
    TlsCheck, host=hosts, port=st.integers(1, 65_535), server_name=st.sampled_from(["", "b.example"]), family=families
)
anything = st.one_of(
    st.builds(
        lambda check, rules, more: replace(check, **rules, **more),
        http(),
        json_rules,
        st.fixed_dictionaries(
            {
                "days_left_warning": st.integers(0, 3_650),
                "max_redirects": st.integers(1, 20),
                "bearer": st.sampled_from(["", "env:TOKEN", "file:/run/token"]),
            }
        ),
    ),
    st.builds(
        TcpCheck,
        host=hosts,
        port=st.integers(1, 65_535),
        send=st.sampled_from(["", r"PING\r\n", r"\xff\\"]),
        expect=texts,
        family=families,
    ),
    st.builds(PingCheck, host=hosts, count=st.integers(1, 20), family=families),
    tls,
    st.builds(
        DnsCheck,
        name=st.sampled_from(["example.org", "_dmarc.example.org", "192.0.2.1"]),
        record_type=st.sampled_from(["A", "PTR", "TXT"]),
        servers=st.sampled_from([(), ("192.0.2.53",), ("192.0.2.53:5353", "2001:db8::53")]),
        expect=st.lists(texts.filter(bool), max_size=2).map(tuple),
        expect_rcode=st.sampled_from(["NOERROR", "NXDOMAIN"]),
    ),
)
sayable = st.one_of(
    http(),
    tls,
    st.builds(PingCheck, host=hosts, family=families),
    st.builds(
        TcpCheck,
        host=hosts,
        port=st.integers(1, 65_535),
        send=st.sampled_from(["", r"PING\n", r"a\\b\r\n\n"]),
        expect=texts,
        family=families,
    ),
    st.builds(
        DnsCheck,
        name=st.just("example.org"),
        record_type=st.sampled_from(["A", "MX"]),
        servers=st.sampled_from([("192.0.2.53",), ("[2001:db8::53]:5353",)]),
        expect_rcode=st.sampled_from(["NOERROR", "NXDOMAIN"]),
    ),
)


official = st.none() | st.builds(
    OfficialPage,
    kind=st.sampled_from(PageKind),
    url=st.sampled_from(["https://status.a.example/", "https://status.bücher.example/ä?b=c", "http://127.0.0.1:8080/"]),
    components=st.lists(labels, max_size=3).map(tuple),
)


def watched(checks, *more, official=official, operator=labels):
    """Services with names of any kind, each with an id of its own."""
    paced = st.builds(
        lambda check, *options: replace(check, **{k: v for o in options for k, v in o.items()}), checks, *more
    )
    service = st.builds(
        Service,
        id=st.just(""),
        name=labels,
        checks=st.lists(paced, min_size=1, max_size=3).map(tuple),
        group=st.just("") | labels,
        tags=st.lists(labels, max_size=3, unique=True).map(tuple),
        paused=st.booleans(),
        note=st.just("") | labels,
        operator=st.just("") | operator,
        official=official,
    )
    return st.lists(service, max_size=3).map(
        lambda services: tuple(replace(each, id=f"s{number}") for number, each in enumerate(services))
    )


def given_back(text, checks=CheckDefaults()):  # noqa: B008 - frozen
    into = Into(settings=Settings(checks=checks), catalogue=CATALOGUE, tr=Translator())
    preview = read_import(text, into)
    return tuple(candidate.service for candidate in preview.services)


@given(services=watched(anything, paces, patience), interval=st.sampled_from([60, 300]), at_home=st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_toml_gives_the_same_services_also_where_other_defaults_hold(services, interval, at_home):
    checks = CheckDefaults(interval=timedelta(seconds=interval))
    mine = Settings(NetworkOptions(), checks, services=services)

    text = export_toml(mine, CATALOGUE).files["settings.toml"]

    assert given_back(text, checks if at_home else CheckDefaults()) == services


@given(services=watched(anything, paces, patience), confirm=st.integers(0, 20))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_table_gives_the_same_services(services, confirm):
    checks = CheckDefaults(confirm=confirm)

    text = export_csv(Settings(checks=checks, services=services), CATALOGUE).files["services.csv"]

    assert given_back(text, checks) == services


@given(services=watched(sayable, paces, official=st.none(), operator=st.nothing()))
@example(services=(Service(id="s0", name="08", checks=(HttpCheck(url="https://a.example/", lacks="0E0"),)),))
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None
)
def test_files_of_prometheus_give_the_same_services_as_far_as_they_can_say_them(services, tmp_path):
    exported = export_prometheus(Settings(services=services))
    for name, text in exported.files.items():
        (tmp_path / name).write_text(text)

    assert exported.warnings == ()
    assert given_back(tmp_path / "prometheus.yml") == services


@pytest.mark.parametrize("export", [export_toml, export_csv])
def test_entries_of_the_catalogue_stay_such(export):
    entry = with_defaults(CATALOGUE["facebook"], CheckDefaults())
    changed = replace(entry, id="mine", name="Mine", checks=(PingCheck(host="a.example"),))
    other_page = replace(changed, id="other", official=OfficialPage(PageKind.AUTO, "https://status.a.example/"))
    all_parts = replace(
        with_defaults(CATALOGUE[PARTLY.id], CheckDefaults()), official=replace(PARTLY.official, components=())
    )
    mine = Settings(services=(entry, changed, other_page, all_parts))

    (text,) = export(mine, CATALOGUE).files.values()

    assert given_back(text) == mine.services


@pytest.mark.parametrize("export", [export_toml, export_csv])
def test_what_may_be_a_secret_in_the_address_of_a_page_stays_here(export):
    page = OfficialPage(PageKind.AUTO, "https://status.a.example/?token=verysecret&x=1")
    shop = Service("shop", "Shop", (PingCheck(host="a.example"),), official=page)

    exported = export(Settings(services=(shop,)), CATALOGUE)
    (text,) = exported.files.values()

    assert "verysecret" not in text
    assert exported.warnings == (Warned(Remark.HIDDEN, "official_url", "shop"),)
    assert given_back(text)[0].official.url == "https://status.a.example/?x=1"
