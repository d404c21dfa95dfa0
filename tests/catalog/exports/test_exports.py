import csv
import io
import tomllib
from datetime import timedelta

import pytest
import yaml

from manara.catalog import read_catalogue
from manara.catalog.exports import Remark, export_csv, export_prometheus, export_toml, warning_sentence
from manara.catalog.exports.exported import _SENTENCES
from manara.model import NetworkOptions, Service
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.probes.content import JsonOperator
from manara.probes.dns import DnsCheck
from manara.probes.http import HttpCheck
from manara.probes.ping import PingCheck
from manara.probes.resolver import Family
from manara.probes.tcp import TcpCheck
from manara.probes.tls import TlsCheck
from manara.settings import Settings
from manara.wording import Translator


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue(resource("catalogue.toml"), CHECK_TYPES)


def settings(*checks, **options):
    return Settings(services=(Service("shop", "Shop", checks, **options),))


def warned(exported):
    return [warning_sentence(Translator(), each) for each in exported.warnings]


def module(*checks):
    exported = export_prometheus(settings(*checks))
    modules = yaml.safe_load(exported.files["blackbox.yml"])["modules"]
    return next(iter(modules.values()), None), [(each.remark, each.detail) for each in exported.warnings]


def test_every_remark_has_its_words():
    assert set(_SENTENCES) == set(Remark)


def test_no_secret_leaves_and_what_was_taken_out_is_told(catalogue):
    mine = settings(
        HttpCheck(
            url="https://shop.example/?page=1&token=verysecret",
            headers=(("X-Key", "verysecret"), ("Accept", "text/html"), ("X-Empty", ""), ("X-Ref", "file:/run/x")),
            body="password=verysecret",
            bearer="env:SHOP",
            proxy="http://me:verysecret@proxy.example:3128",
        ),
        TcpCheck(host="shop.example", port=1, send="AUTH verysecret"),
        HttpCheck(url="https://b.example/", headers=(("X-Key", "verysecret"),)),
    )
    mine = Settings(NetworkOptions(proxy="http://me:verysecret@p.example:1"), mine.checks, mine.history, mine.services)

    exports = [export_toml(mine, catalogue), export_csv(mine, catalogue), export_prometheus(mine)]

    assert all("verysecret" not in text for exported in exports for text in exported.files.values())
    assert warned(exports[0]) == [
        "env:SHOP is named, its secret is not in the export: bring it along yourself.",
        "env:MANARA_SHOP_X_KEY is named, its secret is not in the export: bring it along yourself.",
        "file:/run/x is named, its secret is not in the export: bring it along yourself.",
        "env:MANARA_SHOP_X_KEY_2 is named, its secret is not in the export: bring it along yourself.",
        "shop: url may hold a secret and was taken out.",
        "shop: body may hold a secret and was taken out.",
        "shop: proxy may hold a secret and was taken out.",
        "shop: X-Key may hold a secret and was taken out.",
        "shop: send may hold a secret and was taken out.",
        "shop: X-Key may hold a secret and was taken out.",
        "network: proxy may hold a secret and was taken out.",
    ]
    table = tomllib.loads(exports[0].files["settings.toml"])
    assert table["network"]["proxy"] == "http://p.example:1"
    assert table["services"][0]["checks"][0]["url"] == "https://shop.example/?page=1"
    assert table["services"][0]["checks"][0]["proxy"] == "http://proxy.example:3128"


def test_settings_without_anything_are_an_empty_file(catalogue):
    assert export_toml(Settings(), catalogue).files == {"settings.toml": ""}


def test_a_table_has_a_row_for_each_check_and_no_formula(catalogue):
    mine = settings(PingCheck(host="a.example"), PingCheck(host="b.example"), note="=1+1", tags=("a,b", "c"))

    rows = list(csv.DictReader(io.StringIO(export_csv(mine, catalogue).files["services.csv"])))

    assert [(row["id"], row["address"], row["note"], row["tags"]) for row in rows] == [
        ("shop", "a.example", "'=1+1", '["a,b", "c"]'),
        ("shop", "b.example", "'=1+1", '["a,b", "c"]'),
    ]


def test_modules_say_what_the_exporter_can_do_and_the_rest_is_told():
    check = HttpCheck(
        url="https://a.example/",
        method="POST",
        headers=(("Accept", "text/html"), ("X-Ref", "env:X")),
        body="x",
        contains="a+b",
        lacks="c",
        matches=r"\d+(?=x)",
        lacks_match="d.",
        json_path="$.a",
        json_operator=JsonOperator.EQUAL,
        json_value="1",
        accept=("200-299",),
        follow_redirects=False,
        username="me",
        password="file:/run/password",
        verify=False,
        ca_file="/ca.pem",
        proxy="http://proxy.example:1",
        family=Family.IPV4,
        slow_after=timedelta(seconds=1),
    )

    said, warnings = module(check)

    assert said == {
        "prober": "http",
        "http": {
            "method": "POST",
            "headers": {"Accept": "text/html"},
            "body": "x",
            "fail_if_body_not_matches_regexp": [r"a\+b"],
            "fail_if_body_matches_regexp": ["c", "d."],
            "tls_config": {"ca_file": "/ca.pem", "insecure_skip_verify": True},
            "proxy_url": "http://proxy.example:1",
            "preferred_ip_protocol": "ip4",
            "ip_protocol_fallback": False,
            "follow_redirects": False,
            "basic_auth": {"username": "me", "password_file": "/run/password"},
        },
    }
    left_out = {detail for remark, detail in warnings if remark is Remark.LEFT_OUT}
    assert left_out == {
        "json_path", "json_operator", "json_value", "slow_after", "matches", "headers: X-Ref"
    }  # fmt: skip


def test_secrets_of_the_environment_are_unknown_to_the_exporter():
    said, warnings = module(HttpCheck(url="https://a.example/", username="me", password="env:P", proxy="none"))
    bearer, _ = module(HttpCheck(url="https://a.example/", bearer="file:/run/token"))

    assert set(said["http"]) == {"valid_status_codes"}
    assert (Remark.LEFT_OUT, "password") in warnings
    assert (Remark.LEFT_OUT, "proxy") in warnings
    assert bearer["http"]["authorization"] == {"credentials_file": "/run/token"}


def test_dialogues_of_lines_can_be_said():
    said, _ = module(TcpCheck(host="a.example", port=1, send=r"PING\n", expect="+PONG"))
    no_line, warnings = module(TcpCheck(host="a.example", port=1, send="PING", expect="x"))
    no_text, more = module(TcpCheck(host="a.example", port=1, send=r"\xff\n"))
    both, most = module(TcpCheck(host="a.example", port=1, expect="x", expect_regex="y.", family=Family.IPV6))

    assert said["tcp"]["query_response"] == [{"send": "PING"}, {"expect": r"\+PONG"}]
    assert no_line == no_text == {"prober": "tcp"}
    assert warnings == more == [(Remark.LEFT_OUT, "send"), (Remark.LEFT_OUT, "expect")]
    assert both["tcp"]["query_response"] == [{"expect": "y."}]
    assert most == [(Remark.LEFT_OUT, "expect")]


def test_other_checks_can_be_said():
    tls, _ = module(TlsCheck(host="a.example", server_name="b.example", client_key="/k.pem"))
    ping, warnings = module(PingCheck(host="a.example", count=5))
    dns, more = module(
        DnsCheck(name="a.example", record_type="MX", servers=("192.0.2.1", "192.0.2.2"), expect_rcode="NXDOMAIN")
    )

    assert tls == {
        "prober": "tcp",
        "tcp": {"tls": True, "tls_config": {"key_file": "/k.pem", "server_name": "b.example"}},
    }
    assert (ping, warnings) == ({"prober": "icmp"}, [(Remark.LEFT_OUT, "count")])
    assert dns["dns"] == {"query_name": "a.example", "query_type": "MX", "valid_rcodes": ["NXDOMAIN"]}
    assert more == [(Remark.LEFT_OUT, "servers")]


def test_a_question_to_the_systems_name_servers_cannot_be_said():
    said, warnings = module(DnsCheck(name="a.example"))

    assert (said, warnings) == (None, [(Remark.NO_TARGET, "a.example A")])


def test_checks_that_are_alike_share_a_module_and_durations_have_no_points():
    one = HttpCheck(url="https://a.example/", timeout=timedelta(seconds=1.5))
    exported = export_prometheus(settings(one, HttpCheck(url="https://b.example/"), PingCheck(host="c.example")))

    groups = yaml.safe_load(exported.files["targets.yml"])
    assert [group["labels"]["__param_module"] for group in groups] == ["http_1", "http_1", "icmp_1"]
    assert groups[0]["labels"]["__scrape_timeout__"] == "1500ms"
    job = yaml.safe_load(exported.files["prometheus.yml"])["scrape_configs"][0]
    assert job["file_sd_configs"] == [{"files": ["targets.yml"]}]
