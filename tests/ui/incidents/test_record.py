from dataclasses import replace

from fakes.outages import MINUTE, moment
from manara.model import Happening, IncidentChanged, Interval, Stage
from manara.ui.incidents.record import Record


def test_what_was_heard_is_newer_than_what_is_stored_and_notes_stay(morning):
    first = morning.told[0].incident
    note = Happening(moment("15:41:00"), Stage.NOTE, text="It is not the router.")
    record = Record()
    record.take_stored([replace(morning.last, timeline=(*first.timeline, note), members=first.members)])

    morning.at("15:54:10")
    morning.up("instagram")
    record.take(morning.told[-1])

    known = record.incident(morning.last.id)
    assert known.members == morning.last.members
    assert note in known.timeline
    assert [each.at for each in known.timeline] == sorted(each.at for each in known.timeline)


def test_without_a_note_what_was_heard_is_all(morning):
    record = Record()
    record.take_stored([morning.told[0].incident])
    record.meet(morning.open)

    assert record.incident(morning.last.id) is morning.open[0]


def test_what_became_part_of_another_is_found_there(morning):
    record = Record()
    other = replace(morning.last, id="other")
    record.take_stored([morning.last])

    record.take(IncidentChanged(morning.now, other, merged=(morning.last.id,)))

    assert record.incident(morning.last.id) is other
    assert record.all() == (other,)
    assert record.incident("unknown") is None


def test_the_newest_come_first(morning):
    record = Record()
    began = morning.last.began
    older = replace(morning.last, id="older", began=Interval(None, began.by - MINUTE))
    record.take_stored([older, morning.last])

    assert [each.id for each in record.all()] == [morning.last.id, "older"]
