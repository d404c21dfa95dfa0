"""What is read again and again is told once."""

from dataclasses import replace
from datetime import timedelta

from manara.model import OfficialIncident, OfficialState, Post
from manara.official.dialects.nintendo import read_nintendo
from manara.official.steadying import steadied
from manara.official.told import Told
from official.samples import AT, answer, nintendo

EARLIER = AT - timedelta(minutes=5)


def told(*posts, **fields):
    incident = OfficialIncident("1", "No mail", OfficialState.DEGRADED, **{"began": None, **fields}, posts=posts)
    return Told(OfficialState.DEGRADED, "", (incident,))


def test_a_post_without_a_time_is_as_old_as_its_first_reading():
    document = nintendo({"software_title": "Online play", "message": "Fails", "event_status": "1"})
    first, second = read_nintendo(answer(document, EARLIER)), read_nintendo(answer(document, AT))
    assert first != second

    assert steadied(second, first) == first


def test_another_text_or_stage_is_news():
    before = told(Post(EARLIER, "Found.", "identified"))

    found = steadied(told(Post(AT, "Found.", "monitoring"), Post(AT, "Found.", "identified")), before).incidents[0]

    assert found.posts == (Post(AT, "Found.", "monitoring"), Post(EARLIER, "Found.", "identified"))


def test_a_time_that_is_moved_back_is_taken():
    assert steadied(told(Post(EARLIER, "x"), began=EARLIER), told(Post(AT, "x"), began=AT)) == told(
        Post(EARLIER, "x"), began=EARLIER
    )


def test_beginning_and_end_do_not_grow_younger():
    found = steadied(told(began=AT, ended=AT), told(began=EARLIER, ended=EARLIER)).incidents[0]

    assert (found.began, found.ended) == (EARLIER, EARLIER)


def test_what_had_ended_can_go_on_again():
    assert steadied(told(began=EARLIER), told(began=EARLIER, ended=EARLIER)).incidents[0].open


def test_other_incidents_stay_as_they_are():
    now = told(Post(AT, "x"))
    before = replace(now, incidents=(replace(now.incidents[0], id="2", posts=(Post(EARLIER, "x"),)),))

    assert steadied(now, before) == now
