import json

import pytest

from manara.catalog.imports import Kind
from manara.catalog.imports.draft import NOWHERE


def test_a_monitor_comes_over_with_everything_that_there_is_here(read, files):
    found = read(files / "kuma-1.23.json")

    assert found.preview.kind is Kind.UPTIME_KUMA
    assert found.table("Shop") == {
        "id": "shop",
        "name": "Shop",
        "group": "Work / Europe",
        "tags": ["eu", "owner: me"],
        "note": "The shop that pays for all this",
        "checks": [
            {
                "type": "http",
                "url": "https://shop.example/",
                "method": "POST",
                "headers": {"X-Api-Key": "env:MANARA_SHOP_X_API_KEY", "Accept": "text/html"},
                "body": '{"q": 1}',
                "contains": "Cart",
                "accept": ["200-299", "301"],
                "follow_redirects": False,
                "days_left_warning": 21,
                "bearer": "env:MANARA_SHOP_TOKEN",
                "verify": False,
                "proxy": "http://proxy.example:3128",
                "interval": "30s",
                "timeout": "24s",
                "confirm": 3,
            }
        ],
    }
    assert found.notes("Shop") == [
        "Manara has no such setting: retryInterval.",
        "Manara has no such setting: resendInterval.",
        "Set the environment variable MANARA_SHOP_X_API_KEY to its X-Api-Key; settings hold no secrets.",
        "Set the environment variable MANARA_SHOP_TOKEN to its token; settings hold no secrets.",
    ]


def test_no_secret_of_a_backup_comes_over(read, files):
    found = read(files / "kuma-1.23.json")

    assert "verysecret" not in repr(found.preview)
    assert found.general == ["notificationList: ways to notify are not brought over."]


def test_active_is_true_or_1_and_a_paused_monitor_stays_paused(read, files):
    found = read(files / "kuma-1.23.json")

    assert "paused" not in found.table("Shop")
    assert "paused" not in found.table("Stopped by the importer")
    assert found.table("Paused")["paused"] is True
    assert found.table("Paused with its group")["paused"] is True


def test_a_group_is_no_service_but_the_group_of_its_children(read, files):
    found = read(files / "kuma-1.23.json")

    assert not {"Work", "Europe", "Around"} & set(found.names)
    assert found.table("In a ring")["group"] == "and around / Around"


def test_redirects_proxies_and_keywords_are_translated(read, files):
    found = read(files / "kuma-1.23.json")

    assert found.check("Stopped by the importer")["max_redirects"] == 20
    assert "maxredirects is beyond the limits; 20 is used." in found.notes("Stopped by the importer")
    assert found.check("Paused with its group")["proxy"] == "http://[2001:db8::1]:3128"
    assert found.check("No error page")["lacks"] == "Oops"
    assert found.notes("No error page") == ["It needs proxy, which does not come over."]
    assert found.table("No error page")["paused"] is True
    assert "It needs proxy, which does not come over." in found.notes("Health")


def test_plain_paths_of_a_json_query_are_translated_and_others_kept_as_words(read, files):
    found = read(files / "kuma-1.23.json")

    health, whole = found.check("Health"), found.check("Whole")
    assert (health["json_path"], health["json_operator"], health["json_value"]) == (
        "$.status.items[0].state",
        "==",
        "ok",
    )
    assert (whole["json_path"], whole["json_operator"]) == ("$", ">=")
    assert "json_path" not in found.check("Computed")
    assert found.table("Computed")["note"] == "Not translated: jsonPath $sum(a.b) > 3 == true."


def test_ports_pings_and_dns_are_translated(read, files):
    found = read(files / "kuma-1.23.json")

    assert found.check("Database port") == {"type": "tcp", "host": "db.example", "port": 5432, "timeout": "48s"}
    assert found.check("Router")["host"] == "192.0.2.1"
    assert found.notes("Router") == ["Manara has no such setting: packetSize."]
    assert found.check("Mail records") == {
        "type": "dns",
        "name": "example.org",
        "record_type": "MX",
        "servers": ["1.1.1.1:5353", "8.8.8.8:5353"],
        "timeout": "48s",
    }
    assert "dns_resolve_server is left out" in found.notes("Mail records")[0]
    assert "servers" not in found.check("Plain DNS")
    assert found.notes("Plain DNS")[0].startswith("Not translated: conditions")


def test_a_timeout_that_is_missing_is_a_share_of_the_interval(read, files):
    found = read(files / "kuma-1.23.json")

    assert found.check("Paused")["timeout"] == "48s"


def test_unknown_types_come_over_paused_with_their_reason_and_the_nearest_look(read, files):
    found = read(files / "kuma-1.23.json")

    places = {
        "Backup job": ("ping", NOWHERE),
        "Container": ("ping", NOWHERE),
        "Postgres": ("tcp", "db.local"),
        "SQL Server": ("tcp", "db.local"),
        "Broker": ("tcp", "mq.local"),
        "Radius": ("ping", "radius.local"),
        "Tailnet": ("ping", "laptop"),
    }
    assert {name: (found.check(name)["type"], found.check(name)["host"]) for name in places} == places
    assert found.check("Browser")["url"] == "https://h.example/"
    assert (found.check("Postgres")["port"], found.check("Broker")["port"]) == (5433, 1883)
    for name in (*places, "Browser", "Nothing known"):
        assert found.table(name)["paused"] is True
        assert found.table(name)["note"].startswith("Manara has no check of the type")


@pytest.mark.parametrize(
    ("options", "look"),
    [
        ({"type": "sqlserver", "databaseConnectionString": "Data Source=tcp:a.lan;Password=verysecret"},
         {"type": "tcp", "host": "a.lan", "port": 1433}),
        ({"type": "sqlserver", "databaseConnectionString": "Password=verysecret"}, None),
        ({"type": "kafka-producer", "kafkaProducerBrokers": ["a.lan:9092", "b.lan:9092"]},
         {"type": "tcp", "host": "a.lan", "port": 9092}),
        ({"type": "rabbitmq", "rabbitmqNodes": '["https://a.lan:15672/"]'},
         {"type": "tcp", "host": "a.lan", "port": 15672}),
        ({"type": "rabbitmq", "rabbitmqNodes": "[broken"}, None),
        ({"type": "websocket-upgrade", "url": "wss://a.lan/socket"}, {"type": "tcp", "host": "a.lan", "port": 443}),
        ({"type": "gamedig", "hostname": "a.lan", "port": 1}, {"type": "ping", "host": "a.lan"}),
        ({"type": "globalping", "subtype": "ping", "hostname": "a.lan", "url": "https://"},
         {"type": "ping", "host": "a.lan"}),
        ({"type": "push", "url": "https://"}, None),
    ],
)  # fmt: skip
def test_the_nearest_look_at_an_unknown_type_is_at_the_place_that_it_names(read, options, look):
    found = read(json.dumps({"monitorList": [{"id": 1, "name": "A", **options}]}))

    assert found.check("A") == (look or {"type": "ping", "host": NOWHERE})
    assert "verysecret" not in repr(found.preview)


def test_what_stands_in_a_paused_group_is_paused(read):
    groups = [{"id": 1, "name": "Outer", "type": "group", "active": 0}, {"id": 2, "name": "Inner", "type": "group",
              "parent": 1}]  # fmt: skip

    found = read(json.dumps({"monitorList": [*groups, {"id": 3, "name": "A", "type": "ping", "hostname": "a.lan",
                                                      "parent": 2, "active": 1}]}))  # fmt: skip

    assert found.table("A")["group"] == "Outer / Inner"
    assert found.table("A")["paused"] is True


def test_the_family_of_addresses_comes_over_and_a_parameter_against_caches_does_not(read):
    url = "https://a.lan/"

    found = read(json.dumps({"monitorList": [{"id": 1, "name": "A", "type": "http", "url": url, "ipFamily": "ipv6",
                                              "cacheBust": 1}]}))  # fmt: skip

    assert found.check("A")["family"] == "ipv6"
    assert found.notes("A") == ["Manara has no such setting: cacheBust."]


def test_what_would_be_judged_wrongly_comes_over_paused(read, files):
    found = read(files / "kuma-1.23.json")

    reasons = {
        "Backwards": "It counts as up when it fails, which Manara does not know.",
        "Basic without its secrets": "It needs basic_auth_user, which does not come over.",
        "NTLM": "Manara cannot sign in by ntlm.",
        "No port": 'Its address cannot be looked at: The setting "port" is missing: Port number.',
        "User in the URL": "The address had a secret in it (token); settings hold no secrets, so it was taken out.",
        "Secret body": "What it sends seems to hold a secret; settings hold no secrets, so it was taken out.",
    }
    assert {name: found.table(name)["note"] for name in reasons} == reasons
    assert all(found.table(name)["paused"] for name in reasons)


def test_ways_to_sign_in_become_references(read, files):
    found = read(files / "kuma-1.23.json")

    assert (found.check("Basic")["username"], found.check("Basic")["password"]) == ("me", "env:MANARA_BASIC_PASSWORD")
    assert found.check("Bearer")["bearer"] == "env:MANARA_BEARER_TOKEN"
    user = found.check("User in the URL")
    assert (user["url"], user["username"]) == ("https://o.example/?page=2", "me")


def test_values_beyond_the_limits_are_cut_and_told(read, files):
    found = read(files / "kuma-1.23.json")

    slow = found.check("Slow")
    assert (slow["interval"], slow["timeout"], slow["confirm"]) == ("24h", "5m", 20)
    assert found.notes("Slow") == [
        "interval is beyond the limits; 86400 s is used.",
        "timeout is beyond the limits; 300 s is used.",
        "maxretries is beyond the limits; 20 is used.",
        "Manara has no such setting: retryInterval.",
        "headers is left out: it is not JSON.",
    ]


def test_two_monitors_with_one_id_both_come_over(read, files):
    found = read(files / "kuma-1.23.json")

    assert "User in the URL" in found.names
    assert found.notes("Same id") == ["Another entry has the id 30 as well."]


def test_a_backup_from_before_1_7_comes_over(read):
    old = {"version": "1.6.0", "monitorList": [{"id": 1, "name": "Old", "type": "http", "url": "http://a.example"}]}

    found = read(json.dumps(old))

    assert found.check("Old") == {"type": "http", "url": "http://a.example", "days_left_warning": 0}
    assert found.preview.notes == ()


def test_shapes_that_no_backup_has_are_left_out_and_stop_nothing(read):
    odd = {
        "monitorList": [
            7,
            {"id": [], "name": {"a": 1}, "type": 5, "url": ["x"], "tags": "x", "accepted_statuscodes": 200},
            {"id": 2, "name": "Odd", "type": "http", "url": "https://a.example/", "interval": True, "timeout": "1e999",
             "accepted_statuscodes": ["2xx", "2xx", None], "headers": {"a": 1}, "maxredirects": "x", "port": 1.5},
        ],
        "proxyList": None,
    }  # fmt: skip

    found = read(json.dumps(odd))

    assert found.check("Odd")["url"] == "https://a.example/"
    assert found.notes("Odd")[-1].startswith("accepted_statuscodes is left out")
    assert len(found.names) == 2
