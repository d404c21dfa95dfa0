from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fakes.checks import make_result, make_service
from fakes.commands import stored
from manara.model import Failure, Reason, Verdict
from manara.probes import CHECK_TYPES
from manara.ui.preferences.self_test import (
    Finding,
    SelfTest,
    as_text,
    name_to_look_up,
    ping_finding,
    resolver_finding,
    settings_finding,
    tray_finding,
)
from manara.ui.preferences.system_tests import LIBRARIES, adjtimex, clock_finding, folder_finding, versions
from manara.wording import Translator

TR = Translator()
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def run(qtbot):
    """Run all tests and return what was found, by what was tested."""
    made = []

    def test(fake):
        one = SelfTest(fake.around)
        made.append(one)
        told = []
        one.found.connect(told.append)
        one.run()
        qtbot.waitUntil(lambda: not one.is_busy)
        return {each.what: each for each in told[-1]}

    yield test
    for one in made:
        one.close()


def test_every_test_ends_in_a_mark(run, fake):
    found = run(fake)

    assert len(found) == 8
    assert Verdict.PAUSED not in {each.mark for each in found.values()}
    assert found["Name servers"].sentence == "127.0.0.53 answered in 12 ms."
    assert [check.type for check in fake.commands.tried] == ["ping", "dns"]


def test_only_a_name_that_is_watched_is_looked_up(run, fake):
    found = run(fake)

    assert fake.commands.tried[1].name == "shop.example"
    assert found["Name servers"].mark is Verdict.UP


def test_names_of_other_servers_and_addresses_are_not_looked_up():
    dns = CHECK_TYPES["dns"](name="x.example", servers=("ns.example",))
    tcp = [CHECK_TYPES["tcp"](host=host, port=1) for host in ("203.0.113.7", "localhost", "::1")]
    web = CHECK_TYPES["http"](url="https://shop.example/")

    assert name_to_look_up([make_service("a", dns, *tcp)]) == ""
    assert name_to_look_up([make_service("a", dns, *tcp, web)]) == "shop.example"


def test_where_there_is_no_name_to_look_up_it_cannot_be_told(run, fake):
    fake.around = replace(fake.around, services=tuple)

    assert run(fake)["Name servers"].mark is Verdict.UNKNOWN


@pytest.mark.parametrize(("tray", "mark"), [(True, Verdict.DEGRADED), (False, Verdict.DOWN)])
def test_a_desktop_without_notifications_is_told(run, fake, tray, mark):
    fake.server, fake.tray = OSError(), tray

    assert run(fake)["Notifications"].mark is mark


def test_a_test_that_cannot_be_made_is_told(run, fake):
    fake.commands.answers["try"] = OSError("no luck")

    found = run(fake)["Ping (ICMP)"]

    assert found == Finding("Ping (ICMP)", "This could not be tested: no luck", Verdict.UNKNOWN)


def test_a_monitor_that_watches_nothing_tests_nothing(run, fake):
    gone = Future()
    gone.cancel()
    gone.set_running_or_notify_cancel()
    fake.commands.answers["try"] = gone

    assert run(fake)["Name servers"].mark is Verdict.UNKNOWN


@pytest.mark.parametrize(("method", "mark"), [("icmp", Verdict.UP), ("ping", Verdict.UP), ("tcp", Verdict.DEGRADED)])
def test_every_way_to_ping_has_its_words(method, mark):
    assert ping_finding(TR, make_result(method=method))[1] is mark


def test_no_way_to_ping_is_told_as_the_check_tells_it():
    result = make_result()
    failed = type(result)(result.at, Failure(Reason.NO_PERMISSION, "Nobody may"))

    assert ping_finding(TR, failed) == ("Nobody may", Verdict.DEGRADED)


def test_name_servers_that_do_not_answer_are_bad():
    result = make_result(Reason.DNS_TIMEOUT)

    assert resolver_finding(TR, result) == ("No name server answers.", Verdict.DOWN)


def test_no_tray_is_a_restriction():
    assert tray_finding(TR, there=False)[1] is Verdict.DEGRADED


def test_settings_are_good_restricted_or_bad():
    assert settings_finding(TR, None)[1] is Verdict.DOWN
    assert settings_finding(TR, stored(writable=False))[1] is Verdict.DEGRADED
    assert settings_finding(TR, stored()) == ("/home/you/settings.toml", Verdict.UP)


@pytest.mark.parametrize(("state", "mark"), [(0, Verdict.UP), (5, Verdict.DEGRADED), (-1, Verdict.UNKNOWN)])
def test_the_clock_is_told_with_what_keeps_it_right(state, mark):
    sentence, found = clock_finding(TR, lambda: NOW, lambda: state)

    assert sentence.startswith("09:30:00, time zone UTC.")
    assert found is mark


def test_the_system_says_something_of_its_clock():
    assert adjtimex() in range(-1, 6)


def test_a_system_without_such_a_call_says_nothing_of_its_clock():
    def missing(_name):
        raise OSError

    assert adjtimex(missing) == -1


def test_a_folder_is_measured(tmp_path):
    (tmp_path / "history.sqlite3").write_bytes(b"x" * 2000)

    sentence, mark = folder_finding(TR, tmp_path, least_free=0)

    assert "2.0 kB are used" in sentence
    assert mark is Verdict.UP
    assert folder_finding(TR, tmp_path, least_free=10**18)[1] is Verdict.DEGRADED


def test_a_folder_that_is_not_there_or_not_ours_is_bad(tmp_path):
    file = tmp_path / "file"
    file.write_text("")

    assert folder_finding(TR, tmp_path / "none")[1] is Verdict.DOWN
    assert folder_finding(TR, file)[1] is Verdict.DOWN
    assert folder_finding(TR, tmp_path, may=lambda _folder, _how: False)[1] is Verdict.DOWN


def test_versions_name_everything_that_matters():
    text = versions((*LIBRARIES, "no-such-library"))

    assert all(name in text for name in ("Manara", "Python", "Qt", "httpx", "SQLite", "no-such-library -"))


def test_findings_are_lines_of_text():
    findings = [Finding("A", "Fine.", Verdict.UP), Finding("B", "Who knows.", Verdict.UNKNOWN), Finding("C", "…")]

    assert [line.partition(" ")[2] for line in as_text(TR, findings).splitlines()] == [
        "A (good): Fine.",
        "B (cannot tell): Who knows.",
        "C (under way): …",
    ]
