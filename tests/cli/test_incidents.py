import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fakes.checks import make_service
from fakes.past import Chronicle, named
from fakes.recorded import HOSTILE
from manara.cli.arguments import parse
from manara.cli.exits import Refused
from manara.cli.incidents import run_incidents
from manara.cli.terminal import Terminal
from manara.history import NAME
from manara.model import (
    Conclusion,
    Happening,
    Incident,
    IncidentChanged,
    Interval,
    Member,
    Stage,
    Verdict,
)
from manara.wording import Translator

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 31, 12, 0, tzinfo=BERLIN)
END = NOW.astimezone(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHOP, MAIL = make_service("shop"), named("mail", "Company mail")


def incident(began, hours, *services):
    """What these services had together from a moment on for so long; None: it goes on."""
    ended = None if hours is None else Interval(began, began + hours * HOUR)
    members = tuple(
        Member(each.id, each.name, Interval(began - HOUR, began), ended, conclusion=Conclusion.SERVER_ERRORS)
        for each in services
    )
    timeline = tuple(Happening(began, Stage.CONFIRMED, each.id) for each in services)
    return Incident(f"{began:%Y%m%d-%H%M%S}-1", members, Interval(began - HOUR, began), ended, timeline=timeline)


JANUARY = incident(END - 80 * DAY, 2, SHOP)
MARCH = incident(END - 10 * DAY, 1, SHOP, MAIL)
TODAY = incident(END - HOUR, None, MAIL)


@pytest.fixture
def past(tmp_path):
    """Three incidents, the last of which goes on; watched until two seconds ago."""
    return written(tmp_path, END - timedelta(seconds=2))


def written(folder, heard):
    with Chronicle(folder, SHOP, MAIL) as chronicle:
        chronicle.begin(END - 90 * DAY)
        chronicle.look(END - 90 * DAY)
        chronicle.take(*(IncidentChanged(each.began.by, each) for each in (JANUARY, MARCH, TODAY)))
        chronicle.hear(heard)
        chronicle.write()
    return folder


def tell(folder, *typed, services=(SHOP, MAIL), now=NOW):
    out = Terminal(io.StringIO(), width=100, _environ={})
    code = run_incidents(parse(["incidents", *typed]), folder, services, tr=Translator(), now=now, out=out)
    assert code == 0
    return out.file.getvalue()


def refusal(folder, *typed):
    with pytest.raises(Refused) as refused:
        tell(folder, *typed)
    (line,) = refused.value.lines
    return refused.value.exit_code, line


def test_the_incidents_of_the_last_thirty_days_are_listed_the_newest_first(past):
    assert tell(past).splitlines() == [
        f"✖ {TODAY.id}  2026-03-31 11:00  goes on, 1 h  Company mail is down",
        f"● {MARCH.id}  2026-03-21 11:00  1 h           Shop and Company mail were down",
    ]


def test_a_period_and_a_service_can_be_chosen(past):
    assert tell(past, "--since", "90d", "--service", "Shop").splitlines() == [
        f"● {MARCH.id}  2026-03-21 11:00  1 h  Shop and Company mail were down",
        f"● {JANUARY.id}  2026-01-10 11:00  2 h  Shop was down",
    ]
    listed = json.loads(tell(past, "--from", "2026-01-01", "--to", "2026-02-01", "--json"))
    assert [each["id"] for each in listed["incidents"]] == [JANUARY.id]
    assert tell(past, "--from", "2026-02-01", "--to", "2026-02-02") == "No incident is known of this period.\n"


def test_a_service_without_a_history_has_no_incidents(past):
    services = (SHOP, MAIL, make_service("new"))

    assert tell(past, "--service", "new", services=services) == "No incident is known of this period.\n"
    assert refusal(past, "--service", "shpo") == (
        64,
        'manara: Nothing is known of a service shpo. Did you mean "shop"?',
    )


def test_one_incident_is_told_in_full_with_what_went_before(past):
    told = tell(past, MARCH.id)

    assert told.startswith("Shop and Company mail were down\n\nWhat and why: ")
    assert "Before: Second outage this year (Jan); the same layer; the earlier one lasted 2 h." in told
    assert "  2026-03-21 11:00:00 +0100  2026-03-21 10:00:00  Company mail: confirmed" in told


def test_one_incident_as_json(past):
    document = json.loads(tell(past, MARCH.id, "--json"))

    told = document["incident"]
    assert (document["schema"], document["running"]) == (1, True)
    assert document["watched_until"] == "2026-03-31T09:59:58.000Z"
    assert (told["id"], told["services"], told["earlier"]) == (MARCH.id, ["shop", "mail"], [JANUARY.id])
    assert told["title"] == "Shop and Company mail were down"


def test_one_and_the_list_as_markdown_and_as_a_page(past):
    assert tell(past, MARCH.id, "--markdown").startswith("# Shop and Company mail were down\n\n- **What and why:** ")
    assert tell(past, MARCH.id, "--html").startswith("<!DOCTYPE html>\n")
    assert f"| {MARCH.id} |" in tell(past, "--markdown")
    assert tell(past, "--markdown").startswith("# Incidents, 2026-03-01 11:00 to 2026-03-31 12:00 (30 d)\n")
    assert MARCH.id in tell(past, "--html")


def test_an_id_that_is_not_known_is_refused_with_the_nearest(past):
    wrong = MARCH.id[:-1] + "7"

    assert refusal(past, wrong) == (64, f'manara: There is no incident {wrong}. Did you mean "{MARCH.id}"?')
    assert refusal(past, HOSTILE)[1].isprintable()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("--json", "--html"), "manara: --json and --html cannot stand together."),
        (("--markdown", "--html"), "manara: --markdown and --html cannot stand together."),
        (("x", "--since", "1d"), "manara: --since is for the list: it cannot stand together with an id."),
        (("x", "--service", "shop"), "manara: --service is for the list: it cannot stand together with an id."),
        (("--since", "1d", "--to", "2026-03-01"), None),
    ],
)
def test_contradictions_are_refused(past, typed, sentence):
    code, line = refusal(past, *typed)

    assert code == 64
    assert sentence is None or line == sentence


def test_what_went_on_when_nobody_watched_any_more_is_told_so(tmp_path):
    past = written(tmp_path, END - timedelta(minutes=30))

    assert tell(past).splitlines()[::2] == [
        f"✖ {TODAY.id}  2026-03-31 11:00  at least 30 min  Company mail is down",
        "Manara is not running; it last watched 30 min ago (2026-03-31 11:30)",
    ]
    assert "Known until: Manara is not running" in tell(past, TODAY.id)
    assert json.loads(tell(past, TODAY.id, "--json"))["running"] is False
    assert "Manara is not running" not in tell(past, "--from", "2026-01-01", "--to", "2026-02-01")


def test_without_a_history_there_is_nothing_to_tell(tmp_path):
    nothing = "No history yet: it begins with manara watch\n"

    assert tell(tmp_path) == nothing
    assert tell(tmp_path, "--service", "shop") == nothing
    assert json.loads(tell(tmp_path, "--json"))["incidents"] == []
    assert refusal(tmp_path, "x") == (64, "manara: There is no incident x.")


def test_a_history_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / NAME).write_text("no database")

    assert refusal(tmp_path)[0] == 66


def test_names_from_elsewhere_stay_on_their_line(tmp_path):
    hostile = replace(incident(END - DAY, 1, SHOP), members=(replace(TODAY.members[0], name=HOSTILE),))
    with Chronicle(tmp_path, SHOP, MAIL) as chronicle:
        chronicle.begin(END - 2 * DAY)
        chronicle.take(IncidentChanged(END, replace(hostile, ended=None)))
        chronicle.hear(END)
        chronicle.write()

    assert len(tell(tmp_path).splitlines()) == 1
    assert "\x1b" not in tell(tmp_path, hostile.id) + tell(tmp_path, "--html") + tell(tmp_path, "--markdown")
    assert hostile.members[0].worst is Verdict.DOWN


def test_a_file_of_a_manara_that_knew_no_incidents_has_none(past):
    with closing(sqlite3.connect(past / NAME)) as connection:
        for table in ("incident_services", "incident_notes", "incidents", "found_out"):
            connection.execute(f"DROP TABLE {table}")

    assert tell(past) == "No incident is known of this period.\n"
    assert tell(past, "--service", "shop") == "No incident is known of this period.\n"
