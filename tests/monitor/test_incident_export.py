import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import make_service
from fakes.outages import Outages
from manara.model import (
    Conclusion,
    Confidence,
    Diagnosis,
    Happening,
    Layer,
    Line,
    LineState,
    Reason,
    Stage,
    Step,
    StepKind,
    Window,
)
from manara.monitor import Snapshot
from manara.monitor.incident_export import incident_paper, lasted, list_document, list_paper, told_document
from manara.monitor.paper import html, markdown
from manara.wording import Translator

TR = Translator()
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2021, 10, 4, 18, 0, 0, tzinfo=BERLIN)
META = (
    replace(make_service("facebook", operator="Meta"), name="Facebook"),
    replace(make_service("whatsapp", operator="Meta"), name="WhatsApp"),
)


def the_day():
    """The morning of 4 October 2021, as far as two services and a third are concerned."""
    world = Outages(*META, make_service("maps"))
    world.at("15:39:10")
    world.up("facebook", "whatsapp", "maps")
    world.at("15:40:10")
    world.down("facebook", "whatsapp")
    world.explain(Conclusion.NAME_SERVERS_SILENT, "facebook", "whatsapp", named=["a.ns.facebook.com"])
    return world


def believed(world):
    return Snapshot(Line(LineState.ONLINE), world.services, tuple(world.states.values()))


def tables(paper):
    return {table.heading: table for table in paper.tables}


def test_an_incident_is_told_with_answers_timeline_and_services_in_local_time_with_utc_beside():
    world = the_day()
    (incident,) = world.open

    paper = incident_paper(TR, incident, believed(world), [incident], NOW)

    assert paper.title == "Facebook and WhatsApp are down"
    assert dict(paper.answers)["Is it me?"] == "It is them: your connection is fine (1 of 3 services reachable)."
    assert dict(paper.answers)["Before"] == "No earlier outage in the same year is known."
    timeline = tables(paper)["Timeline"]
    assert timeline.columns == ("Local time", "UTC", "What happened")
    assert timeline.rows[0] == (
        "2021-10-04 17:40:10 +0200",
        "2021-10-04 15:40:10",
        "Facebook: the first look that failed",
    )
    assert tables(paper)["Services"].rows[0] == (
        "Facebook",
        "between 17:39:10 and 17:40:10",
        "",
        "19 min",
        "The name servers of its operator (a.ns.facebook.com) do not answer",
    )
    assert paper.foot == f"Written by Manara on 2021-10-04 18:00 CEST · {incident.id}"


def test_who_reads_in_utc_has_it_once():
    world = the_day()
    paper = incident_paper(TR, world.open[0], believed(world), [], NOW.astimezone(UTC))

    assert tables(paper)["Timeline"].columns == ("UTC", "What happened")
    assert tables(paper)["Timeline"].rows[0][0] == "2021-10-04 15:40:10"


def test_posts_what_became_slower_and_the_evidence_have_tables_of_their_own():
    world = the_day()
    post = Happening(world.now, Stage.OFFICIAL, text="We are aware\nof it.")
    incident = replace(world.open[0], knock_on=("maps", "gone"))
    incident = replace(incident, timeline=(*incident.timeline, post))
    step = Step(StepKind.NAME_SERVER, Layer.DNS, "a.ns.facebook.com", Reason.DNS_TIMEOUT)
    line = Step(StepKind.LINE, Layer.LINK, "online", ms=12.0)
    found = Diagnosis(
        "facebook", 0, world.now, Conclusion.NAME_SERVERS_SILENT, Confidence.CERTAIN, (line, step), ("a.ns",)
    )
    world.states["facebook"] = replace(world.states["facebook"], diagnosis=found)

    told = tables(incident_paper(TR, incident, believed(world), [], NOW))

    assert told["What its operator said"].rows == ((*told["Timeline"].rows[-1][:2], "We are aware\nof it."),)
    assert told["Slower than usual since it began"].rows == (("Maps",), ("gone",))
    evidence = told["Evidence: Facebook, 2021-10-04 17:40: The name servers of its operator (a.ns) do not answer"]
    assert [row[0] for row in evidence.rows] == ["✓", "✗"]
    assert evidence.rows[0][3] == "12 ms"
    assert "no answer" in evidence.rows[1][2]


def test_of_what_goes_on_nothing_is_claimed_of_the_time_in_which_nobody_watched():
    world = the_day()
    (incident,) = world.open
    stopped = incident.began.by + timedelta(minutes=5)

    paper = incident_paper(TR, incident, believed(world), [], NOW, stopped=stopped)

    assert dict(paper.answers)["Known until"].startswith("Manara is not running; it last watched")
    assert tables(paper)["Services"].rows[0][3] == "5 min"
    assert lasted(TR, incident, NOW, stopped) == "at least 5 min"
    assert lasted(TR, incident, NOW) == "goes on, 19 min"


def test_what_is_over_is_told_with_its_end_and_the_earlier_outages():
    world = the_day()
    (first,) = world.open
    world.at("15:50:10")
    world.up("facebook", "whatsapp")
    ended = world.told[-1].incident
    march = replace(first, id="20210301-000000-1", began=replace(first.began, by=datetime(2021, 3, 1, tzinfo=UTC)))
    march = replace(march, ended=replace(first.began, by=datetime(2021, 3, 1, 1, tzinfo=UTC)))

    paper = incident_paper(TR, ended, believed(world), [ended, march], NOW)
    document = told_document(TR, ended, believed(world), [ended, march], NOW)["incident"]

    assert paper.title == "Facebook and WhatsApp were down"
    assert dict(paper.answers)["Before"].startswith("Second outage this year (Mar)")
    assert tables(paper)["Services"].rows[0][2:4] == ("between 17:40:10 and 17:50:10", "10 min")
    assert not any(heading.startswith("Evidence") for heading in tables(paper))
    assert (document["earlier"], document["recurrence"]) == ([march.id], dict(paper.answers)["Before"])
    assert lasted(TR, ended, NOW) == "10 min"


def test_names_are_joined_for_people_alone():
    world = the_day()
    world.explain(Conclusion.NAME_SERVERS_SILENT, *world.open[0].service_ids, named=["a.ns.x.org", "b.ns.x.org"])
    (incident,) = world.open

    paper = incident_paper(TR, incident, believed(world), [], NOW)
    document = told_document(TR, incident, believed(world), [], NOW)["incident"]

    assert "a–\N{WORD JOINER}b.ns.x.org" in dict(paper.answers)["What and why"]
    assert "a–b.ns.x.org" in document["text"]
    assert document["members"][0]["named"] == ["a.ns.x.org", "b.ns.x.org"]


def test_a_list_has_a_row_for_each():
    world = the_day()

    paper = list_paper(TR, world.open, "Incidents, today", NOW)

    (table,) = paper.tables
    assert table.columns == ("Local time", "UTC", "Lasted", "What", "Id")
    assert table.rows[0][2:] == ("goes on, 19 min", "Facebook and WhatsApp are down", world.open[0].id)
    assert paper.foot == "Written by Manara on 2021-10-04 18:00 CEST"


def test_a_list_as_json():
    world = the_day()
    window = Window(NOW.astimezone(UTC) - timedelta(days=30), NOW.astimezone(UTC))

    document = list_document(world.open, window, NOW)

    assert document["window"] == {"from": "2021-09-04T16:00:00.000Z", "to": "2021-10-04T16:00:00.000Z"}
    assert [each["id"] for each in document["incidents"]] == [world.open[0].id]


@given(st.text(), st.text())
def test_remote_text_breaks_out_of_nothing_and_json_comes_back(name, said):
    world = the_day()
    (incident,) = world.open
    member = replace(incident.members[0], name=name, named=(said,))
    post = Happening(world.now, Stage.OFFICIAL, text=said)
    incident = replace(incident, members=(member, *incident.members[1:]), timeline=(*incident.timeline, post))

    document = told_document(TR, incident, believed(world), [], NOW)
    paper = incident_paper(TR, incident, believed(world), [], NOW)

    assert json.loads(json.dumps(document)) == document
    moments = [datetime.fromisoformat(each["at"]) for each in document["incident"]["timeline"]]
    assert moments == [each.at for each in incident.timeline]
    assert html(paper).count("<tr>") == sum(len(table.rows) + 1 for table in paper.tables)
    rows = [line for line in markdown(paper).split("\n") if line.startswith("| ")]
    assert len(rows) == sum(len(table.rows) + 2 for table in paper.tables)
