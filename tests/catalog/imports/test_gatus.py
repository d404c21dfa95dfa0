import json

import pytest

from manara.catalog.imports import ImportRefused, Kind, rewritten_sentences
from manara.catalog.imports.draft import NOWHERE
from manara.catalog.imports.gatus import merged
from manara.wording import Translator


@pytest.fixture
def found(read, files):
    return read(files / "gatus.yaml")


def test_an_endpoint_with_anchors_comes_over_with_the_conditions_that_can_be_judged(found):
    assert found.preview.kind is Kind.GATUS
    assert found.table("front") == {
        "id": "front",
        "name": "front",
        "group": "core",
        "tags": ["team: web"],
        "note": "Not translated: condition [DOMAIN_EXPIRATION] > 720h (when a domain ends is not looked up). "
        "Not translated: condition len([BODY].items) > 3 (lengths cannot be compared). "
        "Not translated: condition nonsense (it compares nothing).",
        "checks": [
            {
                "type": "http",
                "url": "https://front.example/health",
                "method": "POST",
                "headers": {
                    "X-Api-Key": "env:API_KEY",
                    "X-Other": "env:MANARA_FRONT_X_OTHER",
                    "Accept": "text/plain",
                },
                "body": "name=front group=core price=$5",
                "contains": "all is well",
                "lacks": "error",
                "json_path": "$.status",
                "json_operator": "==",
                "json_value": "UP",
                "accept": ["200-203", "205-299"],
                "days_left_warning": 2,
                "bearer": "env:TOKEN",
                "interval": "90s",
                "timeout": "5s",
                "confirm": 3,
                "recover": 5,
                "slow_after": "500ms",
            }
        ],
    }


def test_no_secret_comes_over_and_the_rest_of_the_file_is_told(found):
    assert "verysecret" not in repr(found.preview)
    assert found.general == [
        "alerting: ways to notify are not brought over.",
        "Manara has no such setting: maintenance.",
    ]
    assert "Manara has no such setting: maintenance-windows." in found.notes("front")


def test_statuses_are_those_that_all_conditions_leave(found):
    assert found.check("any")["accept"] == ["200", "429"]
    assert found.check("every status")["accept"] == ["100-999"]


def test_patterns_of_the_body_become_expressions(found):
    check = found.check("patterns")

    assert check["matches"] == r"(?s)\Aa.b.*\Z"
    assert check["lacks_match"] == r"(?s)\Aexactly\ \(this\)\Z"
    assert (check["json_path"], check.get("json_operator", "exists")) == (
        "$.data",
        "exists",
    )
    check = found.check("json pattern")
    assert (check["json_path"], check["json_operator"], check["json_value"]) == ("$['a-b'][0].c", "contains", "x")
    assert found.notes("json pattern") == [
        "Not translated: condition [BODY].d == 1 (a check judges one place of a document)."
    ]


def test_conditions_that_cannot_be_judged_are_kept_as_they_stand(found):
    check = found.check("impossible")

    assert check["accept"] == ["200"]
    assert check["contains"] == "one"
    assert found.notes("impossible")[0] == "interval is left out: it is no duration."


@pytest.fixture
def judged(read):
    """Reads an endpoint with conditions."""

    def judged(*conditions, url="https://a.example/"):
        return read(json.dumps({"endpoints": [{"name": "a", "url": url, "conditions": conditions}]}))

    return judged


@pytest.mark.parametrize(
    ("condition", "options", "sentence"),
    [
        ("[STATUS] == 200", {"accept": ["200"]}, "becomes accept 200."),
        ("200 == [STATUS]", {"accept": ["200"]}, "becomes accept 200."),
        ("300 > [STATUS]", {"accept": ["100-299"]}, "becomes accept 100-299."),
        ("[status] < 300", {"accept": ["100-299"]}, "becomes accept 100-299."),
        ("[STATUS] != any(500, 501)", {"accept": ["100-499", "502-999"]}, "becomes accept 100-499, 502-999."),
        (
            "[RESPONSE_TIME] < 500",
            {"slow_after": "500ms"},
            "becomes slow_after 500ms; what breaks it is degraded, not down.",
        ),
        (
            "[RESPONSE_TIME] <= 1m30s",
            {"slow_after": "90s"},
            "becomes slow_after 90s; what breaks it is degraded, not down.",
        ),
        ("[RESPONSE_TIME] < 500.7", {"slow_after": "500ms"}, None),
        (
            "[CERTIFICATE_EXPIRATION] > 48h",
            {"days_left_warning": 2},
            "becomes days_left_warning 2; what breaks it is degraded, not down.",
        ),
        ("[CERTIFICATE_EXPIRATION] > 172800000", {"days_left_warning": 2}, None),
        ("[CERTIFICATE_EXPIRATION] > 0", {"days_left_warning": 0}, None),
        ("[CONNECTED] == true", {}, "is what every check wants."),
        ("[CONNECTED] != false", {}, "is what every check wants."),
        (
            "[BODY].status == UP",
            {"json_path": "$.status", "json_operator": "==", "json_value": "UP"},
            "becomes json_path $.status, json_operator ==, json_value UP.",
        ),
        (
            "[BODY][0].items[2].n >= 5",
            {"json_path": "$[0].items[2].n", "json_operator": ">=", "json_value": "5"},
            None,
        ),
        ("[BODY] == pat(*all is == well*)", {"contains": "all is == well"}, "becomes contains all is == well."),
        ("[BODY] == pat(*5$$*)", {"contains": "5$"}, None),
    ],
)
def test_a_condition_becomes_options_and_says_so(judged, condition, options, sentence):
    found = judged(condition)

    check = found.check("a")
    assert {name: check[name] for name in options} == options
    assert not found.notes("a")
    (said,) = rewritten_sentences(Translator(), found.by_name["a"])
    assert said.startswith(f"“{condition}” ")
    assert sentence is None or said == f"“{condition}” {sentence}"


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("[STATUS]==200", "it compares nothing"),
        ("[STATUS] == any(200, x)", "it compares the status with what is none"),
        ("[STATUS] == pat(2*)", "it compares the status with what is none"),
        ("[STATUS] == 1000", "no status would be left"),
        ("[RESPONSE_TIME] > 5", "only the longest time that an answer may take can be set"),
        ("[RESPONSE_TIME] < soon", "the time is beyond the limits"),
        ("[CERTIFICATE_EXPIRATION] < 48h", "only how long a certificate must still be good can be set"),
        ("[CERTIFICATE_EXPIRATION] > 99999h", "the time is beyond the limits"),
        ("[CERTIFICATE_EXPIRATION] > -1h", "the time is beyond the limits"),
        ("[DOMAIN_EXPIRATION] > 720h", "when a domain ends is not looked up"),
        ("[CONNECTED] == false", "it counts as up when it fails"),
        ("[IP] == 192.0.2.1", "the address is shown, but not judged"),
        ("[DNS_RCODE] == NOERROR", "this type of check cannot judge it"),
        ("[BODY] > 5", "there is no such comparison"),
        ("[BODY] == any(a, b)", "there is no such comparison"),
        ("[BODY].x == any(1, 2)", "there is no such comparison"),
        ("[BODY].x == pat(a*b)", "there is no such comparison"),
        ("[BODY].list[*].x == 1", "there is no such comparison"),
        ("[BODY].x < soon", "it compares a number with what is none"),
        ("[BODY].x == [STATUS]", "it compares two things that are measured"),
        ("[BODY] == pat(*${WANTED}*)", "the value of an environment variable is not in the file"),
        ("len([BODY].items) > 3", "lengths cannot be compared"),
        ("has([BODY].errors) == false", "that something is missing cannot be judged"),
        ("a == b", "there is no such comparison"),
    ],
)
def test_a_condition_that_cannot_be_judged_is_kept_as_it_stands_with_the_reason(judged, condition, reason):
    found = judged(condition)

    assert found.notes("a") == [f"Not translated: condition {condition} ({reason})."]
    assert found.table("a")["note"] == f"Not translated: condition {condition} ({reason})."
    assert not rewritten_sentences(Translator(), found.by_name["a"])


@pytest.mark.parametrize(
    ("conditions", "reason"),
    [
        (("[STATUS] == 200", "[STATUS] == 404"), "no status would be left"),
        (("[BODY] == pat(*one*)", "[BODY] == pat(*two*)"), "a check looks for one such text"),
        (("[BODY].a == 1", "[BODY].b == 1"), "a check judges one place of a document"),
    ],
)
def test_the_second_of_two_conditions_that_do_not_fit_together_is_told(judged, conditions, reason):
    found = judged(*conditions)

    assert found.notes("a") == [f"Not translated: condition {conditions[1]} ({reason})."]
    assert len(rewritten_sentences(Translator(), found.by_name["a"])) == 1


@pytest.mark.parametrize(
    ("url", "condition"),
    [
        ("icmp://a.example", "[STATUS] == 200"),
        ("icmp://a.example", "[CERTIFICATE_EXPIRATION] > 48h"),
        ("icmp://a.example", "[BODY] == pong"),
        ("tcp://a.example:80", "[BODY].status == UP"),
    ],
)
def test_what_a_type_cannot_judge_is_told(judged, url, condition):
    found = judged(condition, url=url)

    assert found.notes("a") == [f"Not translated: condition {condition} (this type of check cannot judge it)."]


def test_what_a_port_answers_is_not_judged_where_the_type_is_unknown(judged):
    conditions = ("[CONNECTED] == true", "[RESPONSE_TIME] < 500", "[BODY] == pat(*served by*)")

    found = judged(*conditions, url="wss://a.example/")

    assert found.check("a") == {"type": "tcp", "host": "a.example", "port": 443, "slow_after": "500ms"}
    assert found.notes("a") == [
        "Manara has no check of the type “wss”.",
        "Not translated: condition [BODY] == pat(*served by*) (this type of check cannot judge it).",
    ]


def test_conditions_on_the_status_are_shown_with_what_they_leave_together(judged):
    found = judged("[STATUS] >= 200", "[STATUS] < 300")

    said = rewritten_sentences(Translator(), found.by_name["a"])
    assert said == ["“[STATUS] >= 200” becomes accept 200-299.", "“[STATUS] < 300” becomes accept 200-299."]


def test_variables_that_headers_name_are_told(read):
    headers = {"Authorization": "Bearer ${TOKEN}", "X-Key": "$KEY"}

    found = read(json.dumps({"endpoints": [{"name": "a", "url": "https://a.example/", "headers": headers}]}))

    assert found.notes("a") == [
        "Set the environment variable TOKEN to its token; settings hold no secrets.",
        "Set the environment variable KEY to its X-Key; settings hold no secrets.",
    ]


def test_of_several_limits_the_strictest_holds(judged):
    found = judged("[RESPONSE_TIME] < 500", "[RESPONSE_TIME] < 900", "[CERTIFICATE_EXPIRATION] > 48h",
                   "[CERTIFICATE_EXPIRATION] > 24h")  # fmt: skip

    assert (found.check("a")["slow_after"], found.check("a")["days_left_warning"]) == ("500ms", 2)


def test_answers_of_other_checks_are_judged_where_that_can_be(read):
    found = read(
        "endpoints:\n"
        "  - {name: dns, url: 192.0.2.53, dns: {query-name: a.example}, conditions: ['[DNS_RCODE] != NOERROR']}\n"
        "  - {name: tcp, url: 'tcp://a.example:80', conditions: ['[BODY] == OK']}\n"
    )

    assert found.notes("dns") == ["Not translated: condition [DNS_RCODE] != NOERROR (there is no such comparison)."]
    assert found.notes("tcp") == ["Not translated: condition [BODY] == OK (there is no such comparison)."]


def test_with_a_question_the_url_is_the_server(found):
    assert found.check("dns") == {
        "type": "dns",
        "name": "example.org",
        "servers": ["8.8.8.8"],
        "expect": ["192.0.2.1", "192.0.2.2"],
        "expect_rcode": "NXDOMAIN",
    }
    assert "servers" not in found.check("dns by name")
    assert found.notes("dns by name")[0].startswith("url is left out")


def test_the_scheme_of_the_url_is_the_type(found):
    assert found.check("tcp") == {
        "type": "tcp", "host": "db.example", "port": 5432, "send": r"PING\r\n", "expect": "PONG"
    }  # fmt: skip
    tls = {"type": "tls", "host": "mail.example", "port": 993, "days_left_warning": 10}
    tls |= {"client_certificate": "/c.pem", "client_key": "/k.pem", "family": "ipv6"}
    assert found.check("tls") == tls
    assert found.check("icmp") == {"type": "ping", "host": "router.example"}
    assert found.notes("icmp") == ["Not translated: condition [BODY] == x (this type of check cannot judge it)."]


def test_other_schemes_come_over_paused(found):
    places = {"starttls": 587, "ssh": 22, "wss": 443}
    assert {name: found.check(name)["port"] for name in places} == places
    assert {found.check(name)["host"] for name in ("udp", "no scheme", "nightly", "buying")} == {NOWHERE}
    for name in (*places, "udp", "no scheme", "nightly", "buying", "off", "variable"):
        assert found.table(name)["paused"] is True
    assert found.table("variable")["note"] == (
        "url names the environment variable HOST, whose value is not in the file."
    )


def test_what_the_client_does_is_translated_or_needed(found):
    check = found.check("client")
    assert (check["verify"], check["follow_redirects"], check["proxy"]) == (False, False, "http://proxy.example:3128")
    assert found.notes("client") == [
        "Manara has no such setting: client.dns-resolver.",
        "Manara has no such setting: client.store-cookies.",
    ]
    assert found.table("oauth")["note"] == "Manara cannot sign in by oauth2."
    assert found.table("tunnel")["note"] == (
        "It needs client.proxy-url, which does not come over. It needs client.tunnel, which does not come over."
    )


def test_bodies_are_wrapped_or_left_out(found):
    assert found.check("graphql")["body"] == '{"query": "{ user { name } }"}'
    assert found.check("graphql")["headers"] == {"Content-Type": "application/json"}
    assert "body" not in found.check("body variable")
    assert found.table("body variable")["paused"] is True


def test_a_folder_of_files_is_read_as_one(read, files):
    found = read(files / "gatus")

    assert found.names == ["first", "second"]


def test_tables_merge_deeply_lists_are_appended_and_the_last_value_wins():
    assert merged([{"a": {"b": 1, "c": 1}, "l": [1], "x": 1}, {"a": {"b": {"d": 2}}, "l": [2], "x": {"y": 3}}]) == {
        "a": {"b": {"d": 2}, "c": 1},
        "l": [1, 2],
        "x": {"y": 3},
    }


def test_a_folder_of_anything_else_is_refused(read, tmp_path):
    (tmp_path / "compose.yaml").write_text("services: {web: {image: x}}\n")

    with pytest.raises(ImportRefused, match="is a folder without the files of Gatus or Prometheus"):
        read(tmp_path)


def test_conditions_that_leave_too_many_ranges_are_told(read):
    statuses = "\n".join(f'      - "[STATUS] != {status}"' for status in range(200, 400, 2))

    found = read(f"endpoints:\n  - name: odd\n    url: https://odd.example/\n    conditions:\n{statuses}\n")

    assert "accept" not in found.check("odd")
    assert found.notes("odd") == ["Not translated: condition [STATUS] (together they leave too many ranges)."]
