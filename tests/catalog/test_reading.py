import pytest

from manara.catalog import read_catalogue
from manara.model import Service
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.probes.http import HttpCheck
from manara.probes.statuses import WhenRefused
from manara.probes.tcp import TcpCheck
from manara.settings import Interpreter, Settings, SettingsInvalid, table_of

_ENTRY = """\
[[services]]
id = "a"
name = "A"
category = "social"
checks = [{ type = "tcp", host = "a.example", port = 1 }]
"""


def _problems(folder, text):
    path = folder / "catalogue.toml"
    path.write_text(text)
    with pytest.raises(SettingsInvalid) as caught:
        read_catalogue(path, CHECK_TYPES)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue(resource("catalogue.toml"), CHECK_TYPES)


def test_an_entry_becomes_a_service_of_its_category(tmp_path):
    path = tmp_path / "catalogue.toml"
    path.write_text('starter = ["a"]\n' + _ENTRY)

    found = read_catalogue(path, CHECK_TYPES)

    service = Service("a", "A", (TcpCheck(host="a.example", port=1),), group="social", catalogue="a")
    assert dict(found) == {"a": service}
    assert found.starter_services() == (service,)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ["services: These must be sections that each begin with [[services]]."]),
        ("services = [1]", ["line 1, services: These must be sections that each begin with [[services]]."]),
        ('starters = ["a"]\n' + _ENTRY, ['line 1, starters: There is no such setting here. Did you mean "starter"?']),
        ('starter = ["aa"]\n' + _ENTRY, ['line 1, starter: There is no service "aa". Did you mean "a"?']),
        (
            _ENTRY + 'alias = ["b"]',
            ['line 6, services[0].alias: There is no such setting here. Did you mean "aliases"?'],
        ),
        (
            '[[services]]\nid = "a"\nname = "A"\ncategory = "x"',
            ["line 1, services[0]: There is nothing to look at: checks are missing."],
        ),
        (
            _ENTRY.replace('"tcp"', '"tpc"'),
            [
                (
                    "line 5, services[0].checks[0].type: There is no such type of check; "
                    'there are "http", "tcp", "tls", "dns", "ping". Did you mean "tcp"?'
                ),
            ],
        ),
        (
            _ENTRY + _ENTRY.replace('id = "a"', 'id = "b"\naliases = ["A"]'),
            ['line 1, services: "a" means more than one service.'],
        ),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_explained(tmp_path, text, sentences):
    assert _problems(tmp_path, text) == sentences


def test_a_missing_catalogue_is_told(tmp_path):
    with pytest.raises(SettingsInvalid, match=r"The catalogue is missing\."):
        read_catalogue(tmp_path / "none.toml", CHECK_TYPES)


def test_the_services_of_the_day_are_known(catalogue):
    day = "Facebook Instagram WhatsApp Messenger Google Amazon AWS TikTok X Twitter Telegram AT&T Verizon T-Mobile"
    later = "Downdetector Reuters MarketWatch YouTube GitHub Wikipedia Cloudflare Netflix Discord Signal Reddit"
    words = [*day.split(), *later.split(), "Microsoft 365", "LinkedIn", "Spotify", "ChatGPT", "Snapchat"]

    assert [word for word in words if catalogue.find(word) is None] == []


def test_the_starter_set_is_the_one_people_expect(catalogue):
    assert [service.name for service in catalogue.starter_services()] == [
        *("Facebook", "Instagram", "WhatsApp", "Messenger", "Telegram", "X", "TikTok", "Google", "YouTube", "Amazon"),
        *("GitHub", "Wikipedia"),
    ]


def test_services_that_turn_programs_away_count_as_up(catalogue):
    checks = [check for service in catalogue.values() for check in service.checks]

    assert all(isinstance(check, HttpCheck) and check.when_refused is WhenRefused.UP for check in checks)


def test_the_renewal_of_their_certificates_is_their_own_business(catalogue):
    checks = [check for service in catalogue.values() for check in service.checks]

    assert {check.days_left_warning for check in checks} == {0}


def test_services_of_one_operator_are_one_group(catalogue):
    meta = [service.id for service in catalogue.values() if service.group == "Meta"]

    assert meta == ["facebook", "instagram", "whatsapp", "messenger", "threads"]


def test_every_entry_can_be_watched_by_its_id_alone(catalogue):
    tables = [table_of(service, catalogue=catalogue) for service in catalogue.values()]

    settings, problems = Interpreter(CHECK_TYPES, catalogue).settings_of({"services": tables})

    assert (settings, problems) == (Settings(services=tuple(catalogue.values())), [])
    assert all(table.keys() == {"id", "catalogue"} for table in tables)
