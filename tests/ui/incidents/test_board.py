from dataclasses import replace
from datetime import timedelta

from fakes.desktop import watched
from manara.model import IncidentChanged, Reason, Silence, SilenceChanged
from manara.ui.incidents.board import STAYS, Board


def titles(board, world):
    return [[member.name for member in incident.members] for incident in board.told(world.now)]


def following(world):
    board = Board()
    board.take(world.told, world.now)
    return board


def recover(world):
    """Everything is well again."""
    world.up(*(service.id for service in world.services))


def test_services_that_fail_together_are_one_incident(morning):
    board = following(morning)

    assert titles(board, morning) == [["Facebook", "WhatsApp", "Messenger", "Instagram"]]
    assert board.incident_of("instagram") == board.incident_of("facebook") == morning.last.id
    assert board.incident_of("telegram") == ""


def test_what_became_part_of_another_is_told_no_more(morning):
    board = following(morning)
    other = replace(morning.last, id="20211004-153910-9")

    assert board.take([IncidentChanged(morning.now, other, merged=(morning.last.id,))], morning.now)

    assert [each.id for each in board.told(morning.now)] == [other.id]


def test_the_largest_is_told_first(morning):
    morning.down("bank", reason=Reason.CONNECT_TIMEOUT)

    assert titles(following(morning), morning) == [["Facebook", "WhatsApp", "Messenger", "Instagram"], ["Bank"]]


def test_what_is_over_is_told_for_a_minute(morning):
    board = following(morning)
    morning.at("22:46:10")
    recover(morning)
    assert board.take(morning.told, morning.now)

    assert not board.told(morning.now)[0].open
    assert board.incident_of("facebook") == ""
    assert board.told(morning.now + STAYS - timedelta(seconds=1)) != []
    assert board.told(morning.now + STAYS) == []


def test_what_is_said_of_an_end_later_does_not_tell_it_longer(morning):
    board = following(morning)
    morning.at("22:46:10")
    recover(morning)
    board.take(morning.told, morning.now)

    board.take([IncidentChanged(morning.now, morning.last)], morning.now + timedelta(seconds=50))
    assert board.told(morning.now + STAYS) == []
    board.take([IncidentChanged(morning.now, morning.last)], morning.now + timedelta(minutes=9))
    assert board.told(morning.now + timedelta(minutes=9)) == []


def test_what_begins_once_more_goes_on(morning):
    board = following(morning)
    morning.at("22:46:10")
    recover(morning)
    board.take(morning.told, morning.now)

    morning.at("22:47:10")
    morning.down("facebook")
    board.take(morning.told, morning.now)

    assert [each.open for each in board.told(morning.now)] == [True]


def test_a_single_service_that_is_merely_degraded_has_its_tile(day):
    day.look("bank", Reason.PACKET_LOSS)
    board = following(day)

    assert day.open
    assert board.told(day.now) == []
    assert board.incident_of("bank") == day.open[0].id


def test_of_what_the_user_knows_nothing_is_told(morning):
    board = following(morning)
    some, all_of_it = frozenset({"facebook"}), frozenset(morning.last.service_ids)

    assert board.take([SilenceChanged(morning.now, Silence(acknowledged=some))], morning.now)
    assert len(board.told(morning.now)) == 1
    assert board.take([SilenceChanged(morning.now, Silence(acknowledged=all_of_it))], morning.now)
    assert board.told(morning.now) == []


def test_what_went_on_before_the_start_is_met(morning):
    board = Board()

    board.meet(morning.open)

    assert titles(board, morning) == [["Facebook", "WhatsApp", "Messenger", "Instagram"]]
    assert not board.take([watched()], morning.now)
