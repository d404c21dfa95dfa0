"""Whoever adds a service is reminded here of everything that the catalogue needs."""

from collections import Counter, defaultdict
from urllib.parse import urlsplit

import pytest

from manara.catalog import open_catalogue, read_catalogue
from manara.catalog.folding import compact, folded
from manara.catalog.search import popular_in
from manara.model import Category, PageKind, Region
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.probes.dns import DnsCheck
from manara.probes.http import HttpCheck
from manara.probes.statuses import WhenRefused
from manara.probes.tcp import TcpCheck
from manara.settings import Interpreter, Settings, table_of

_PATH = resource("catalogue.toml")
_ARABIC_SIGNS = set(" 0123456789+&.-()")


@pytest.fixture(scope="module")
def catalogue():
    """The catalogue, read as a whole: every entry has become real checks, or this fails with all its problems."""
    return read_catalogue(_PATH, CHECK_TYPES)


@pytest.fixture(scope="module")
def http_checks(catalogue):
    checks = [check for service in catalogue.values() for check in service.checks]
    return [check for check in checks if isinstance(check, HttpCheck)]


def _is_arabic(letter):
    return "\u0621" <= letter <= "\u064a" or letter in _ARABIC_SIGNS


def test_read_in_parts_it_is_what_it_is_as_a_whole(catalogue, tmp_path):
    opened = open_catalogue(_PATH, tmp_path / "none.toml", CHECK_TYPES)

    assert opened.entries == catalogue.entries
    assert opened.starter_services() == catalogue.starter_services()


def test_there_is_something_for_everybody(catalogue):
    assert len(catalogue) >= 200
    assert {entry.category for entry in catalogue.entries} == {*Category}
    assert all(len(popular_in(catalogue.entries, region)) >= 50 for region in Region)


def test_the_services_of_the_day_are_known(catalogue):
    day = "Facebook Instagram WhatsApp Messenger Google Amazon AWS TikTok X Twitter Telegram AT&T Verizon T-Mobile"
    later = "Downdetector Reuters MarketWatch YouTube GitHub Wikipedia Cloudflare Netflix Discord Signal Reddit"
    arabic = "Jawwal stc Etisalat Noon Careem Talabat Shahid Anghami الجزيرة العربية نون طلبات كريم جوال"
    more = ["Microsoft 365", "LinkedIn", "Spotify", "ChatGPT", "Snapchat", "Vodafone Egypt", "Al Jazeera", "Al Arabiya"]
    words = [*day.split(), *later.split(), *arabic.split(), *more]

    assert [word for word in words if catalogue.find(word) is None] == []


def test_the_starter_set_is_the_one_people_expect(catalogue):
    assert [service.name for service in catalogue.starter_services()] == [
        *("Facebook", "Instagram", "WhatsApp", "Messenger", "Telegram", "X", "TikTok", "Google", "YouTube", "Amazon"),
        *("GitHub", "Wikipedia"),
    ]


def test_every_name_means_one_service_however_it_is_spelled(catalogue):
    meanings = defaultdict(set)
    for entry in catalogue.entries:
        for name in entry.names:
            meanings[compact(folded(name))].add(entry.service.id)

    assert {name: ids for name, ids in meanings.items() if len(ids) > 1} == {}


def test_names_in_arabic_are_written_in_arabic(catalogue):
    names = [entry.name_ar for entry in catalogue.entries if entry.name_ar]

    assert [name for name in names if not all(map(_is_arabic, name))] == []
    assert len(names) >= 150


def test_what_is_popular_where_arabic_is_spoken_has_a_name_in_arabic(catalogue):
    entries = [entry for entry in catalogue.entries if Region.ARABIC in entry.popular]

    assert [entry.service.id for entry in entries if not entry.name_ar] == []


def test_no_two_services_are_looked_at_alike(catalogue):
    looks = Counter(frozenset(service.checks) for service in catalogue.values())

    assert [look for look, count in looks.items() if count > 1] == []


def test_every_look_is_at_a_host_of_the_internet(catalogue, http_checks):
    hosts = [urlsplit(check.url).hostname for check in http_checks]
    others = [check for service in catalogue.values() for check in service.checks if not isinstance(check, HttpCheck)]

    assert [check.url for check in http_checks if not check.url.startswith("https://")] == []
    assert [host for host in hosts if "." not in host] == []
    assert {type(check) for check in others} == {TcpCheck, DnsCheck}


def test_services_that_turn_programs_away_count_as_up(http_checks):
    assert {check.when_refused for check in http_checks} == {WhenRefused.UP}


def test_the_renewal_of_their_certificates_is_their_own_business(http_checks):
    assert {check.days_left_warning for check in http_checks} == {0}


def test_services_of_one_operator_are_one_group(catalogue):
    meta = {service.id for service in catalogue.values() if service.group == "Meta"}

    assert meta == {"facebook", "instagram", "whatsapp", "messenger", "threads"}


def test_every_way_in_which_pages_speak_is_spoken_by_one(catalogue):
    kinds = {entry.official.kind for entry in catalogue.entries if entry.official}

    # With Cachet, people publish on their own.
    assert kinds == {*PageKind} - {PageKind.AUTO, PageKind.CACHET}


def test_a_page_that_programs_can_read_says_where(catalogue):
    for_people = {PageKind.HTML, PageKind.HTML_TEXT}
    pages = {entry.service.id: entry.official for entry in catalogue.entries if entry.official}

    assert [name for name, page in pages.items() if (page.kind in for_people) != (not page.endpoints)] == []


def test_every_entry_can_be_watched_by_its_id_alone(catalogue):
    tables = [table_of(service, catalogue=catalogue) for service in catalogue.values()]

    settings, problems = Interpreter(CHECK_TYPES, catalogue).settings_of({"services": tables})

    assert (settings, problems) == (Settings(services=tuple(catalogue.values())), [])
    assert all(table.keys() == {"id", "catalogue"} for table in tables)
