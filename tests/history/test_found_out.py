"""What was found out is kept as it was told, comes back as it was, and goes when it is old."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import make_service
from fakes.clock import START
from fakes.history import HistoryFile, Watcher, moment, window
from history.made_by.make import PAGE, told_of_an_outage
from manara.history.found_out import found_out, incidents, open_incidents, posts, zones
from manara.history.latest import latest
from manara.history.moments import ms_of
from manara.model import Diagnosed, IncidentChanged, Interval, Stage, Verdict

BANK, SHOP, PARK = make_service("bank"), make_service("shop"), make_service("park")


@pytest.fixture
def file(tmp_path):
    file = HistoryFile(tmp_path / "history.sqlite3")
    yield file
    file.close()


@pytest.fixture
def watcher(file):
    watcher = Watcher(file)
    watcher.watch(BANK, SHOP, PARK)
    return watcher


def tell(watcher, *events):
    for event in events:
        watcher.recorder.take(event)
    watcher.flush()


def told(watcher):
    events = told_of_an_outage(watcher)
    tell(watcher, *events)
    return events


def test_incidents_come_back_as_they_were_told_the_newest_first(watcher, file):
    events = told(watcher)
    over, going_on = events[3].incident, events[5].incident

    with file.reader() as reader:
        assert incidents(reader, None, None, 10) == (going_on, over)
        assert incidents(reader, None, None, 1) == (going_on,)
        assert incidents(reader, None, "shop", 10) == (going_on,)
        assert open_incidents(reader) == (going_on,)


def test_an_incident_that_turned_out_to_be_another_is_gone(watcher, file):
    told(watcher)

    assert file.rows("SELECT incident FROM incidents ORDER BY incident") == [
        ("20211001-000000-1",),
        ("20211004-153910-1",),
    ]
    assert file.rows("SELECT count(*) FROM incident_services") == [(3,)]


def test_incidents_are_found_by_the_time_into_which_they_reach(watcher, file):
    going_on = told(watcher)[5].incident
    ended = replace(going_on, ended=Interval(moment(100), moment(200)))
    tell(watcher, IncidentChanged(moment(200), ended))

    with file.reader() as reader:
        assert incidents(reader, window(150, 300), None, 10) == (ended,)
        assert incidents(reader, window(200, 300), None, 10) == ()
        assert open_incidents(reader) == ()


def test_a_note_of_the_user_stands_in_the_timeline_and_stays_when_the_incident_goes_on(watcher, file):
    going_on = told(watcher)[5].incident

    assert file.store.note(going_on.id, moment(50), "rang them up")
    assert not file.store.note("19700101-000000-1", moment(50), "nothing")
    tell(watcher, IncidentChanged(moment(60), going_on))

    with file.reader() as reader:
        (found, _) = incidents(reader, None, None, 10)
    assert [(each.stage, each.text) for each in found.timeline if each.stage is Stage.NOTE] == [
        (Stage.NOTE, "rang them up")
    ]


def test_zones_and_posts_come_back(watcher, file):
    events = told(watcher)

    with file.reader() as reader:
        assert zones(reader) == dict.fromkeys(events[0].hosts, events[0].zone)
        ((at, title, state, text),) = posts(reader, PAGE.url, window(-10, 10_000))
    assert (at, title, state, text) == (watcher.clock.now(), "Trouble", "open", "We look")


def test_what_was_last_found_out_is_part_of_what_is_last_known(watcher, file):
    diagnosed = told(watcher)[1].state

    with file.reader() as reader:
        known = latest(reader, [BANK, SHOP, PARK], watcher.clock.now())
    assert [state.diagnosis for state in known.states] == [diagnosed.diagnosis, diagnosed.diagnosis, None]
    assert [state.official for state in known.states] == [diagnosed.official, None, None]


def test_a_diagnosis_that_no_longer_holds_is_forgotten(watcher, file):
    state = told(watcher)[1].state
    well = replace(state, verdict=Verdict.UP, diagnosis=None)

    tell(watcher, Diagnosed(moment(10), well), Diagnosed(moment(11), well))

    with file.reader() as reader:
        assert found_out(reader, "bank") == (None, state.official)


def test_what_only_a_later_version_knows_is_left_out(watcher, file):
    told(watcher)
    for table, column in (("incidents", "document"), ("zones", "document"), ("found_out", "diagnosis")):
        file.connection.execute(f"UPDATE {table} SET {column} = replace({column}, 'a', 'ä')")  # noqa: S608 - of here
    file.connection.execute("UPDATE found_out SET official = '{}'")

    with file.reader() as reader:
        assert incidents(reader, None, None, 10) == open_incidents(reader) == ()
        assert found_out(reader, "bank") == (None, None)


def test_half_a_character_of_a_server_does_no_harm(watcher, file):
    events = told(watcher)
    state = events[1].state
    diagnosis = replace(state.diagnosis, named=("\ud800",))

    tell(watcher, Diagnosed(moment(1), replace(state, diagnosis=diagnosis)))

    with file.reader() as reader:
        assert found_out(reader, "bank")[0] == diagnosis


def test_a_file_that_was_set_aside_gets_all_that_still_holds_again(watcher, file):
    going_on = told(watcher)[5].incident
    file.connection.execute("DELETE FROM incidents")

    watcher.recorder.restate()
    watcher.flush()

    with file.reader() as reader:
        assert open_incidents(reader) == (going_on,)


def test_old_incidents_posts_and_zones_go(watcher, file):
    told(watcher)
    going_on = told_of_an_outage(watcher)[5].incident
    ended = replace(going_on, ended=going_on.began)
    file.store.note(going_on.id, moment(0), "a note")
    tell(watcher, IncidentChanged(moment(1), ended))
    watcher.pass_by(1)
    later = START + timedelta(days=5 * 365 + 4)
    file.connection.execute("UPDATE watches SET until = begin + 3600000")

    file.keep_house(ms_of(later))

    tables = ("incidents", "incident_services", "incident_notes", "official_posts", "zones")
    assert {table: file.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables} == dict.fromkeys(tables, 0)  # noqa: S608 - of here
