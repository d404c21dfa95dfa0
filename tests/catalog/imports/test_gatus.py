import pytest

from manara.catalog.imports import ImportRefused, Kind
from manara.catalog.imports.draft import NOWHERE
from manara.catalog.imports.gatus import merged


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
        "note": "Not translated: condition [DOMAIN_EXPIRATION] > 720h. "
        "Not translated: condition len([BODY].items) > 3. Not translated: condition nonsense.",
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
    assert found.notes("json pattern") == ["Not translated: condition [BODY].d == 1."]


def test_conditions_that_cannot_be_judged_are_kept_as_they_stand(found):
    check = found.check("impossible")

    assert check["accept"] == ["200"]
    assert check["contains"] == "one"
    assert len([note for note in found.notes("impossible") if note.startswith("Not translated: condition")]) == 12
    assert found.notes("impossible")[0] == "interval is left out: it is no duration."


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
    assert found.notes("icmp") == ["Not translated: condition [BODY] == x."]


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
    assert found.notes("odd") == ["Not translated: condition [STATUS]."]
