"""Databases as Uptime Kuma 2 makes them, built here with the columns that matter."""

import sqlite3
from contextlib import closing

import pytest

from manara.catalog.imports import ImportCancelled, ImportRefused, Kind, read_import
from manara.catalog.imports.kuma_database import drafts_of_database
from manara.catalog.imports.steps import Steps

SCHEMA = """
CREATE TABLE monitor (
  id INTEGER PRIMARY KEY, name TEXT, active INTEGER, type TEXT, url TEXT, interval INTEGER, retry_interval INTEGER,
  maxretries INTEGER, timeout REAL, keyword TEXT, invert_keyword INTEGER, hostname TEXT, port INTEGER, parent INTEGER,
  accepted_statuscodes_json TEXT, dns_resolve_type TEXT, dns_resolve_server TEXT, upside_down INTEGER, headers TEXT,
  auth_method TEXT, basic_auth_user TEXT, basic_auth_pass TEXT, json_path TEXT, json_path_operator TEXT,
  expected_value TEXT, conditions TEXT, proxy_id INTEGER, database_connection_string TEXT, ignore_tls INTEGER
);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT, color TEXT);
CREATE TABLE monitor_tag (id INTEGER PRIMARY KEY, monitor_id INTEGER, tag_id INTEGER, value TEXT);
CREATE TABLE proxy (id INTEGER PRIMARY KEY, protocol TEXT, host TEXT, port INTEGER, auth INTEGER, password TEXT);
CREATE TABLE notification (id INTEGER PRIMARY KEY, name TEXT, config TEXT);
INSERT INTO tag VALUES (1, 'eu', '#fff');
INSERT INTO monitor_tag VALUES (1, 2, 1, 'west');
INSERT INTO proxy VALUES (1, 'http', 'proxy.example', 3128, 0, NULL);
INSERT INTO notification VALUES (1, 'Bot', '{"token": "verysecret"}');
INSERT INTO monitor (id, name, active, type) VALUES (1, 'Work', 1, 'group');
INSERT INTO monitor (id, name, active, type, url, interval, keyword, parent, accepted_statuscodes_json, headers,
  auth_method, basic_auth_user, basic_auth_pass, proxy_id, ignore_tls, timeout, maxretries, retry_interval)
  VALUES (2, 'Shop', 1, 'keyword', 'https://shop.example/', 30, 'Cart', 1, '["200-299","301"]',
  '{"X-Key":"verysecret"}', 'basic', 'me', 'verysecret', 1, 1, 24, 2, 30);
INSERT INTO monitor (id, name, active, type, url, json_path, json_path_operator, expected_value)
  VALUES (3, 'Health', 0, 'json-query', 'https://h.example/', '$.a', '>', '3');
INSERT INTO monitor (id, name, active, type, hostname, upside_down) VALUES (4, 'Backwards', 1, 'ping', 'h.example', 1);
INSERT INTO monitor (id, name, active, type, hostname) VALUES (5, CAST(X'FF41' AS TEXT), 1, 'globalping', 'x.example');
"""


@pytest.fixture
def kuma(tmp_path):
    """A database that nobody has open."""
    path = tmp_path / "data" / "kuma.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA)
    return path


def test_monitors_tags_groups_and_proxies_come_over_without_secrets(read, kuma):
    found = read(kuma)

    assert found.preview.kind is Kind.UPTIME_KUMA_DATABASE
    assert found.table("Shop") == {
        "id": "shop",
        "name": "Shop",
        "group": "Work",
        "tags": ["eu: west"],
        "checks": [
            {
                "type": "http",
                "url": "https://shop.example/",
                "headers": {"X-Key": "env:MANARA_SHOP_X_KEY"},
                "contains": "Cart",
                "accept": ["200-299", "301"],
                "days_left_warning": 0,
                "username": "me",
                "password": "env:MANARA_SHOP_PASSWORD",
                "verify": False,
                "proxy": "http://proxy.example:3128",
                "interval": "30s",
                "timeout": "24s",
            }
        ],
    }
    assert found.table("Health")["paused"] is True
    assert found.check("Health")["json_operator"] == ">"
    assert found.table("Backwards")["paused"] is True
    assert found.general == ["notification: ways to notify are not brought over."]
    assert "verysecret" not in repr(found.preview)


def test_a_name_that_is_no_text_stops_nothing(read, kuma):
    found = read(kuma)

    assert found.names[-1] == "\N{REPLACEMENT CHARACTER}A"
    assert found.by_name[found.names[-1]].service.paused


def test_a_database_that_kuma_has_open_is_read_with_its_latest_changes_and_stays_as_it_is(read, kuma):
    with closing(sqlite3.connect(kuma, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("INSERT INTO monitor (id, name, type, hostname) VALUES (9, 'Latest', 'ping', 'l.example')")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO monitor (id, name, type, hostname) VALUES (10, 'Undecided', 'ping', 'u.example')"
        )
        before = {file.name: file.read_bytes() for file in kuma.parent.iterdir() if not file.name.endswith("-shm")}

        found = read(kuma)

        after = {file.name: file.read_bytes() for file in kuma.parent.iterdir() if not file.name.endswith("-shm")}
    assert "Latest" in found.names
    assert "Undecided" not in found.names
    assert after == before


def test_a_damaged_database_is_refused_with_one_sentence(read, kuma):
    content = bytearray(kuma.read_bytes())
    content[100:] = b"\xa5" * (len(content) - 100)
    kuma.write_bytes(content)

    with pytest.raises(ImportRefused, match=r"^kuma\.db is damaged or not a database of Uptime Kuma: .+\.$"):
        read(kuma)


def test_a_database_of_something_else_is_refused(read, tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE bookmark (id INTEGER); CREATE VIEW monitor AS SELECT * FROM bookmark;")

    with pytest.raises(ImportRefused, match="it has no monitors"):
        read(path)


def test_a_kuma_without_monitors_is_an_empty_preview(read, kuma):
    with closing(sqlite3.connect(kuma, isolation_level=None)) as connection:
        connection.execute("DELETE FROM monitor")
        connection.execute("DELETE FROM notification")

    assert read(kuma).preview.services == ()


def test_what_only_says_that_it_is_a_database_is_refused(read, tmp_path):
    path = tmp_path / "kuma.db"
    path.write_text("https://a.example/\n")

    with pytest.raises(ImportRefused, match="file is not a database"):
        read(path, kind=Kind.UPTIME_KUMA_DATABASE)
    with pytest.raises(ImportRefused, match="text is not a database"):
        read("https://a.example/", kind=Kind.UPTIME_KUMA_DATABASE)


def test_a_database_that_is_too_large_is_refused_before_it_is_copied(read, kuma):
    with kuma.open("r+b") as file:
        file.truncate(4 * 1024**3 + 1)

    with pytest.raises(ImportRefused, match=r"kuma\.db is larger than 4 GiB"):
        read(kuma)


def test_a_database_that_is_written_all_the_time_is_refused(kuma):
    def write(done, total):
        # Somebody else writes between the beginning and the end of every copy.
        kuma.write_bytes(kuma.read_bytes() + b"x")

    with pytest.raises(ImportRefused, match="being written all the time"):
        drafts_of_database(kuma, Steps(write))


def test_a_database_that_goes_away_is_refused(kuma):
    def remove(done, total):
        kuma.unlink(missing_ok=True)

    with pytest.raises(ImportRefused, match="cannot be"):
        drafts_of_database(kuma, Steps(remove))


def test_a_query_that_never_ends_is_stopped_when_nobody_wants_it(into, kuma):
    with closing(sqlite3.connect(kuma)) as connection:
        # A column that is counted out anew for every row.
        connection.executescript(
            "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            "INSERT INTO monitor (id, name, type) SELECT i, 'x', 'push' FROM n;"
        )
    asked = []

    def cancelled():
        asked.append(None)
        return len(asked) > 3

    with pytest.raises(ImportCancelled):
        read_import(kuma, into(), cancelled=cancelled)
