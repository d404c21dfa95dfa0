from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.outages import MINUTE, moment
from manara.model import (
    Happening,
    Interval,
    Member,
    OfficialIncident,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Post,
    Reason,
    Stage,
    Verdict,
)
from manara.ui.incidents.page_lines import answer_lines, beside_lines, post_lines, service_lines, timeline_rows
from manara.wording import Translator

TR = Translator()
NAME_SERVERS = "a–\N{WORD JOINER}d.ns.facebook.com"
WORD = OfficialWord(
    OfficialPage(PageKind.META, "https://status.example/"),
    OfficialState.MAJOR_OUTAGE,
    incidents=(
        OfficialIncident(
            "1",
            "No apps",
            OfficialState.MAJOR_OUTAGE,
            moment("15:50:00"),
            posts=(Post(moment("16:14:10"), "We're aware\nof <b>trouble</b>.", "investigating"),),
        ),
    ),
    read_at=moment("16:15:00"),
)


def recover(world, at="22:46:10"):
    world.at(at)
    world.up(*(service.id for service in world.services))
    return world.last


def cells(lines):
    return [line.cells for line in lines]


def test_questions_stand_beside_their_answers(morning):
    lines = list(answer_lines(TR, morning.last, morning.snapshot(), (), morning.now))

    assert lines[1].cells == ("Is it me?", "It is them: your connection is fine (4 of 8 services reachable).")
    assert lines[1].spoken == "Is it me?: It is them: your connection is fine (4 of 8 services reachable)."


def test_the_timeline_has_a_line_for_each_thing_that_happened(morning):
    lines = list(timeline_rows(TR, morning.last, morning.snapshot(), morning.now))

    assert cells(lines)[:4] == [
        ("15:40:10", "Facebook: the first look that failed"),
        ("15:40:10", "Facebook: confirmed"),
        ("15:40:10", "WhatsApp fails as well"),
        ("15:40:10", "Messenger fails as well"),
    ]
    assert [line.mark for line in lines[:4]] == [None, Verdict.DOWN, Verdict.DOWN, Verdict.DOWN]


def test_what_happens_to_several_at_the_same_moment_is_one_line(morning):
    at = moment("21:20:00")
    back = tuple(Happening(at, Stage.NAMES_RESOLVE, each) for each in ("facebook", "whatsapp"))
    incident = replace(morning.last, timeline=back)

    assert cells(timeline_rows(TR, incident, morning.snapshot(), morning.now)) == [
        ("21:20:00", "Facebook and WhatsApp: names resolve again")
    ]


def test_days_have_headings_where_it_was_not_today(morning):
    incident = recover(morning)

    lines = list(timeline_rows(TR, incident, morning.snapshot(), morning.now + timedelta(days=2)))

    assert lines[0].heading
    assert lines[0].cells == ("", "Mon 4 Oct 2021")
    assert not any(line.heading for line in lines[1:])
    assert (lines[-1].cells, lines[-1].mark) == (("22:46:10", "All is well again"), Verdict.UP)


def test_each_service_has_its_own_interval_and_conclusion(morning):
    morning.at("16:00:10")
    morning.up("instagram")

    lines = list(service_lines(TR, morning.last, morning.now))

    assert lines[0].cells == (
        "Facebook",
        "20 min",
        f"The name servers of its operator ({NAME_SERVERS}) do not answer. Began between 15:39:10 and 15:40:10.",
    )
    assert lines[3].mark is Verdict.UP
    assert lines[3].cells[2].endswith("Up again between 15:40:10 and 16:00:10.")


def test_of_a_service_of_which_nothing_was_found_out_only_the_time_is_told(day):
    day.down("bank")

    (line,) = service_lines(TR, day.last, day.now)

    assert line.cells[2] == "Began between 15:39:10 and 15:40:10."


def test_posts_are_told_with_what_the_pages_say_now(morning):
    morning.at("16:15:00")
    for service_id in ("facebook", "instagram"):
        morning.hear(service_id, WORD)

    told = cells(post_lines(TR, morning.last, morning.snapshot(), morning.now))

    assert told == [
        ("16:14:10", "We're aware of <b>trouble</b>."),
        ("", "Facebook: Officially: major outage: No apps (posted 50 s ago)"),
        ("15:50:00", "No apps (major outage)"),
        ("16:14:10", "investigating: We're aware of <b>trouble</b>."),
        ("", "Instagram: Officially: major outage: No apps (posted 50 s ago)"),
    ]


def test_of_the_past_only_what_was_posted_then_is_told(morning):
    morning.at("16:15:00")
    morning.hear("facebook", WORD)
    incident = recover(morning)

    told = cells(post_lines(TR, incident, morning.snapshot(), morning.now + timedelta(days=1)))

    assert told == [("2021-10-04 16:14:10", "We're aware of <b>trouble</b>.")]


def test_that_nothing_was_said_is_told(morning):
    incident = recover(morning)

    assert cells(post_lines(TR, incident, morning.snapshot(), morning.now)) == [
        ("", "No official word was found while it went on.")
    ]


def test_others_are_down_slower_or_fine_meanwhile_and_that_is_no_cause(morning):
    morning.at("15:54:10")
    morning.look("telegram", Reason.SLOWER_THAN_USUAL)
    morning.at("16:30:10")
    morning.down("bank", reason=Reason.CONNECT_TIMEOUT)
    incident = next(each for each in morning.open if len(each.members) == 4)

    lines = list(beside_lines(TR, incident, morning.snapshot(), ()))

    assert cells(lines) == [
        ("", "What happened at the same time. That says nothing about the reason."),
        ("Measured down as well: 1", "Bank"),
        ("Slower than usual since it began: 1", "Telegram"),
        ("Watched and fine: 2", "Signal, Google"),
    ]
    assert [line.mark for line in lines[1:]] == [Verdict.DOWN, Verdict.DEGRADED, Verdict.UP]


def member(name):
    return Member(name.lower(), name, Interval(None, moment("16:00:00")))


@pytest.mark.parametrize(
    ("began", "ended", "named"),
    [
        ("16:00:00", "17:00:00", True),
        ("10:00:00", "15:40:00", False),
        ("22:50:00", "22:55:00", False),
        ("16:00:00", None, True),
    ],
)
def test_of_the_past_it_is_known_what_else_was_down(morning, began, ended, named):
    incident = recover(morning)
    other = replace(
        incident,
        id="other",
        members=(member("Rogers"), member("Facebook")),
        began=Interval(None, moment(began)),
        ended=Interval(None, moment(ended)) if ended else None,
    )

    told = cells(beside_lines(TR, incident, morning.snapshot(), (incident, other)))

    assert told[1:] == [
        ("Measured down as well: 1", "Rogers") if named else ("", "Nothing else is known of that time.")
    ]


def test_what_began_while_another_goes_on_is_beside_it(morning):
    morning.wait(MINUTE)
    incident = recover(morning)
    other = replace(incident, id="other", members=(member("Rogers"),), ended=None)
    going_on = replace(incident, ended=None)

    assert ("Measured down as well: 1", "Rogers") in cells(beside_lines(TR, incident, morning.snapshot(), (other,)))
    assert not any("Rogers" in line.cells[1] for line in beside_lines(TR, going_on, morning.snapshot(), (other,)))
