import pytest

from manara.catalog.imports import ImportRefused, Kind, prometheus
from manara.catalog.imports.draft import NOWHERE


@pytest.fixture
def found(read, files):
    return read(files / "prometheus" / "prometheus.yml")


def test_a_target_and_a_module_make_a_check(found):
    assert found.preview.kind is Kind.PROMETHEUS
    assert found.table("https://a.example/") == {
        "id": "https-a.example",
        "name": "https://a.example/",
        "group": "web",
        "tags": ["team: web"],
        "checks": [
            {
                "type": "http",
                "url": "https://a.example/",
                "accept": ["200-299"],
                "interval": "30s",
                "timeout": "5s",
            }
        ],
    }
    assert found.table("Named")["checks"][0]["url"] == "https://named.example/"


def test_a_target_without_a_scheme_means_http(found):
    assert found.check("b.example")["url"] == "http://b.example"


def test_jobs_that_do_not_probe_are_left_out_and_told(found):
    assert "prometheus looks at nothing and is left out." in found.general
    assert "localhost:9090" not in found.names
    assert "alerting, rule_files: ways to notify are not brought over." in found.general


def test_files_of_targets_are_read_beside_the_configuration_and_nowhere_else(found):
    assert found.table("https://from-a-file.example/")["group"] == "Files"
    assert found.check("https://db.example/")["interval"] == "5m"
    assert [note for note in found.general if "was not read" in note] == [
        "broken.yml was not read: broken.yml is not YAML: did not find expected ',' or ']', in line 2.",
        "missing/*.yml was not read: there is no such file in the folder.",
        "../outside.yml was not read: it is not in the folder of the file.",
        "/ was not read: it is not in the folder of the file.",
        "web: kubernetes_sd_configs was not read: only targets in files are read.",
    ]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(read, tmp_path):
    (tmp_path / "secret.yml").write_text("- targets: [https://secret.example/]\n")
    folder = tmp_path / "prometheus"
    folder.mkdir()
    (folder / "targets.yml").symlink_to(tmp_path / "secret.yml")
    path = folder / "prometheus.yml"
    path.write_text(
        "scrape_configs: [{metrics_path: /probe, file_sd_configs: [{files: ['targets.yml', '**', 'a**b']}]}]\n"
    )

    found = read(path)

    assert found.names == []


def test_two_modules_of_one_target_are_two_services(found):
    ping, port = found.check("router.example:80 (icmp_v4)"), found.check("router.example:80 (tcp_connect)")

    assert found.by_name["router.example:80 (icmp_v4)"].service.group == "scrape_configs 3"
    assert ping["type"] == "ping"
    assert port == {"type": "tcp", "host": "router.example", "port": 80, "interval": "2m", "timeout": "2m"}
    assert "scrape_timeout is beyond the limits; 120 s is used." in found.notes("router.example:80 (tcp_connect)")


def test_of_dns_the_target_is_the_server(found):
    assert found.check("1.1.1.1")["name"] == "example.org"
    assert found.check("1.1.1.1")["servers"] == ["1.1.1.1"]
    assert len(found.notes("1.1.1.1")) == 2
    assert found.table("dns.example:53")["paused"] is True


def test_every_option_of_a_module_comes_over_or_is_told(found):
    assert found.check("https://full.example/x") == {
        "type": "http",
        "url": "https://full.example/x",
        "method": "POST",
        "headers": {"X-Key": "env:MANARA_HTTPS_FULL_EXAMPLE_X_X_KEY", "Accept": "text/html"},
        "body": '{"a": 1}',
        "contains": "all is well.",
        "lacks": "error",
        "matches": r"v\d+",
        "lacks_match": r"(?:fatal \d+)|(?:panic)",
        "accept": ["200-202", "404"],
        "follow_redirects": False,
        "verify": False,
        "ca_file": "/ca.pem",
        "client_certificate": "/c.pem",
        "client_key": "/k.pem",
        "proxy": "http://proxy.example:3128",
        "interval": "30s",
    }
    assert found.notes("https://full.example/x")[:5] == [
        "It needs body_file, which does not come over.",
        "Not translated: fail_if_body_not_matches_regexp another.",
        "Not translated: fail_if_body_not_matches_regexp yet .* another.",
        "Manara has no such setting: tls_config.server_name.",
        "Not translated: fail_if_header_matches [{'header': 'X', 'regexp': 'y'}].",
    ]
    assert found.check("https://auth.example/")["lacks_match"] == "(?:(?:a+)|(?:b+))|(?:c+)"


def test_ways_to_sign_in_become_references(found):
    auth = found.check("https://auth.example/")
    assert (auth["username"], auth["password"]) == ("me", "env:MANARA_HTTPS_AUTH_EXAMPLE_PASSWORD")
    assert "It needs proxy_url, which does not come over." in found.notes("https://auth.example/")
    assert found.table("https://custom.example/")["note"] == (
        "Manara cannot sign in by Digest. Manara cannot sign in by OAuth 2."
    )
    legacy = found.check("https://legacy.example/")
    assert (legacy["bearer"], legacy["follow_redirects"]) == ("file:/run/token", False)
    assert "verysecret" not in repr(found.preview)


def test_dialogues_of_one_question_come_over(found):
    redis = found.check("redis.example:6379")
    assert (redis["send"], redis["expect"]) == (r"PING\n", "+PONG")
    assert found.notes("mail.example:25")[0].startswith("Not translated: query_response")
    imaps = found.check("mail.example:993")
    assert (imaps["type"], imaps["server_name"]) == ("tls", "imap.example")
    assert "It needs tls, which does not come over." in found.notes("mail.example:995")


def test_what_is_in_no_file_is_guessed_or_paused(found):
    assert "by its name it is taken for tcp" in found.notes("irc.example:6667")[0]
    assert (found.check("grpc.example:443")["type"], found.table("grpc.example:443")["paused"]) == ("tcp", True)
    assert found.check("/run/socket")["host"] == NOWHERE
    assert found.table("x.example")["note"] == "Manara has no check of the type “mystery”."
    assert found.check("bare.example")["url"] == "https://bare.example"
    assert found.table("javascript:alert(1)")["note"].startswith("Its address cannot be looked at: javascript:")


def test_a_folder_is_read_by_its_main_file(read, files, found):
    folder = read(files / "prometheus-good")

    assert folder.names == ["https://one.example/"]


def test_a_file_of_targets_alone_is_read_by_its_addresses(read):
    found = read('[{"targets": ["https://a.example/", "b.example:22"]}]')
    yaml = read("- targets: [https://a.example/]\n  labels: {__param_module: http_2xx}\n")

    assert [each["type"] for each in map(found.check, found.names)] == ["http", "tcp"]
    assert yaml.check("https://a.example/")["accept"] == ["200-299"]


def test_a_token_in_a_file_stays_there_and_labels_are_texts(read):
    found = read(
        "modules: {http_token: {prober: http, http: {authorization: {credentials_file: /run/token}}}}\n"
        "scrape_configs: [{metrics_path: /probe, static_configs: "
        "[{targets: [a.example], labels: {module: http_token, paused: true, name: 7}}]}]\n"
    )

    assert found.check("7")["bearer"] == "file:/run/token"
    assert found.table("7")["paused"] is True


def test_modules_without_targets_are_refused_with_what_to_do(read, files):
    with pytest.raises(ImportRefused, match=r"import prometheus\.yml or the folder with both"):
        read(files / "prometheus" / "blackbox.yml")


def test_a_text_has_no_files_beside_it(read):
    found = read("scrape_configs: [{metrics_path: /probe, file_sd_configs: [{files: [x.yml]}]}]")

    assert found.general == ["x.yml was not read: a text has no folder."]


def test_more_targets_than_anybody_has_are_refused(read, monkeypatch):
    monkeypatch.setattr(prometheus, "_MOST_TARGETS", 3)

    with pytest.raises(ImportRefused, match="There are more than 3 targets"):
        read('[{"targets": ["a.example", "b.example", "c.example", "d.example"]}]')
