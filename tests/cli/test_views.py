import json
from dataclasses import replace

from fakes.recorded import BEGAN, NOW, dns_dead, good_look, service, up
from fakes.terminal import pipe, screen
from manara.cli.views import JsonView, LinesView, TableView
from manara.model import (
    HistoryKept,
    Keeping,
    Line,
    LineChanged,
    LineState,
    NotObserved,
    Reason,
    ResultArrived,
    ServicesChanged,
    SettingsRefused,
    Transition,
    Transitioned,
    Verdict,
)
from manara.monitor import Snapshot
from manara.wording import Translator

TR = Translator()
SNAPSHOT = Snapshot(Line(), (service(),), (dns_dead(),))
RESULT = ResultArrived("example", 0, NOW, good_look(), up())
DOWN = Transitioned(Transition("example", Verdict.UP, Verdict.DOWN, Reason.DNS_TIMEOUT, BEGAN), dns_dead())


def shown(view_type, *events, snapshot=SNAPSHOT, console=None):
    """All that a view wrote about these events and the end."""
    console = console or pipe()
    with view_type(TR, lambda: NOW, console) as view:
        view.show(events, snapshot)
        view.end(snapshot)
    return console.file.getvalue()


def lines(*events, snapshot=SNAPSHOT):
    return shown(LinesView, *events, snapshot=snapshot).splitlines()[:-1]


def test_the_table_warns_while_the_history_is_not_kept_well():
    elsewhere = HistoryKept(NOW, Keeping.ELSEWHERE)

    warned = shown(TableView, elsewhere, console=screen())
    well_again = shown(TableView, elsewhere, HistoryKept(NOW, Keeping.WELL), console=screen())

    assert "Another Manara keeps the history" in warned
    assert "keeps the history" not in well_again


def test_lines_tell_changes_and_not_every_look():
    assert lines(RESULT, DOWN) == [
        "15:52:10 ✖ Example  Down for 12 min: the name servers did not answer (example.example)"
    ]


def test_lines_tell_the_other_events():
    assert lines(
        HistoryKept(NOW, Keeping.IN_MEMORY, "disk\nfull"),
        ServicesChanged(NOW, (service(),), (up(),)),
        LineChanged(Line()),
        LineChanged(Line(LineState.OFFLINE, NOW)),
        NotObserved(BEGAN.after, BEGAN.by),
        SettingsRefused(NOW, ("first", "se\ncond")),
    ) == [
        "15:52:10 The history cannot be written; it stays in memory until it can (disk full)",
        "15:52:10 watching 1 service",
        "15:52:10 Your own connection is down",
        "15:52:10 nobody was looking between 15:39:10 and 15:40:10",
        "15:52:10 settings not taken over: first",
        "15:52:10 settings not taken over: se cond",
    ]


def test_a_change_of_a_service_that_was_removed_meanwhile_is_left_out():
    assert lines(DOWN, snapshot=Snapshot()) == []


def test_a_service_that_came_with_the_same_events_is_known():
    seen = lines(ServicesChanged(NOW, (service(),), (up(),)), DOWN, snapshot=Snapshot())

    assert seen[1].startswith("15:52:10 ✖ Example  Down")


def test_lines_end_with_the_numbers():
    assert shown(LinesView).splitlines() == ["1 down"]


def test_json_is_one_event_a_line_and_the_final_state():
    documents = [json.loads(line) for line in shown(JsonView, RESULT, DOWN).splitlines()]

    assert [document["event"] for document in documents] == ["result", "transition", "final"]
    assert {document["schema"] for document in documents} == {1}
    assert documents[-1]["services"][0]["verdict"] == "down"


def test_the_table_is_drawn_with_the_last_looks_and_the_cursor_comes_back():
    written = shown(TableView, RESULT, RESULT, console=screen(NO_COLOR="1"))

    assert "▂▂" in written
    assert "Down for 12 min" in written
    assert written.rindex("\x1b[?25h") > written.rindex("\x1b[?25l")


def test_refused_settings_stay_on_show_until_they_are_good():
    console = screen()
    refused = SettingsRefused(NOW, ("services[0]: no id",))
    changed = ServicesChanged(NOW, (service(),), (up(),))

    with TableView(TR, lambda: NOW, console) as view:
        view.show([refused], SNAPSHOT)
        view.show([], SNAPSHOT)
        assert console.file.getvalue().count("settings not taken over") == 2
        view.show([changed], SNAPSHOT)
        assert console.file.getvalue().count("settings not taken over") == 2


def test_looks_of_removed_services_are_forgotten():
    console = screen()
    other = replace(service(), id="other")

    with TableView(TR, lambda: NOW, console) as view:
        view.show([RESULT, ServicesChanged(NOW, (other,), (up(),))], SNAPSHOT)

    assert "▂" not in console.file.getvalue()


def test_events_that_the_table_shows_anyway_change_nothing():
    assert "Down for 12 min" in shown(TableView, DOWN, console=screen())


def test_after_a_resize_the_table_is_drawn_on_a_clean_screen():
    console = screen()

    with TableView(TR, lambda: NOW, console) as view:
        view.show([], SNAPSHOT)
        before = console.file.getvalue()
        console.size = (60, 10)
        view.show([], SNAPSHOT)
        after = console.file.getvalue().removeprefix(before)

    assert "\x1b[2J" not in before
    assert after.startswith("\x1b[2J\x1b[H")
