import pytest

from manara.catalog.imports import Kind


@pytest.fixture
def found(read, files):
    return read(files / "upptimerc.yml")


def test_a_site_comes_over_with_what_upptime_accepts_by_itself(found):
    assert found.preview.kind is Kind.UPPTIME
    assert found.check("Plain") == {
        "type": "http",
        "url": "https://plain.example",
        "headers": {"User-Agent": "me"},
        "accept": ["200-208", "226", "300-308"],
        "interval": "10m",
    }
    assert found.notes("Plain") == ["Manara has no such setting: assignees."]
    assert found.general == ["notifications: ways to notify are not brought over."]


def test_every_option_that_there_is_here_comes_over(found):
    assert found.check("Full") == {
        "type": "http",
        "url": "https://full.example/",
        "method": "POST",
        "headers": {"User-Agent": "me", "Content-Type": "application/json", "Authorization2": "env:WHOLE"},
        "body": '{"a": 1}',
        "contains": "Welcome",
        "lacks": "Sorry",
        "accept": ["200", "201"],
        "bearer": "env:SECRET_TOKEN",
        "verify": False,
        "family": "ipv6",
        "interval": "10m",
        "slow_after": "5s",
    }
    assert "Not translated: __dangerous__body_degraded Slow." in found.notes("Full")


def test_ports_and_certificates_are_checked_without_http(found):
    assert found.check("Port") == {"type": "tcp", "host": "db.example", "port": 5432, "interval": "10m"}
    assert found.check("Certificate") == {"type": "tls", "host": "cert.example", "interval": "10m"}


def test_what_cannot_be_looked_at_comes_over_paused(found):
    paused = [candidate.service.name for candidate in found.preview.services if candidate.service.paused]

    assert paused == ["Socket", "Secret", "Secret body", "Odd place"]
    assert found.check("Socket")["port"] == 443
    assert "SECRET_SITE" in found.table("Secret")["note"]


def test_a_look_from_elsewhere_becomes_one_from_here(found):
    assert found.notes("Elsewhere") == [
        "Manara has no such setting: location.",
        "Manara has no such setting: type: globalping.",
    ]


def test_without_a_schedule_it_is_every_five_minutes(read):
    found = read('sites: [{name: A, url: "https://a.example/"}]\nworkflowSchedule: {uptime: "0 1 * * *"}\n')

    assert found.check("A")["interval"] == "5m"
