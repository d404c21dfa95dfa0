from datetime import timedelta

from fakes.clock import START
from manara.engine.timeline import FIRST_KEPT, LONGEST, TIMES_TOLD, with_happenings
from manara.model import Happening, Stage

SECOND = timedelta(seconds=1)


def line(seconds, stage=Stage.RELAPSED, service_id="shop", text=""):
    return Happening(START + seconds * SECOND, stage, service_id, text=text)


def test_each_line_stands_in_its_place():
    timeline = with_happenings((line(5),), [line(9), line(1), line(5, Stage.ANSWERS)])

    assert timeline == (line(1), line(5), line(5, Stage.ANSWERS), line(9))


def test_what_comes_again_and_again_is_told_the_first_times_and_the_last():
    timeline = with_happenings((), [line(n) for n in range(100)])

    assert timeline == (*(line(n) for n in range(TIMES_TOLD - 1)), line(99))


def test_the_same_of_another_service_is_another_thing():
    timeline = with_happenings((), [line(n, service_id=f"s{n % 3}") for n in range(9)])

    assert len(timeline) == 9


def test_posts_and_notes_are_never_folded():
    timeline = with_happenings((), [line(n, Stage.OFFICIAL, text="Working on it") for n in range(20)])

    assert len(timeline) == 20


def test_it_is_bounded_and_keeps_its_beginning_and_its_end():
    timeline = with_happenings((), [line(n, service_id=f"s{n}") for n in range(LONGEST + 30)])

    assert len(timeline) == LONGEST
    assert timeline[:FIRST_KEPT] == tuple(line(n, service_id=f"s{n}") for n in range(FIRST_KEPT))
    assert timeline[-1] == line(LONGEST + 29, service_id=f"s{LONGEST + 29}")
