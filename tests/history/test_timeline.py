from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from manara.history.timeline import Piece, Watch, filled, lay_over, within, without
from manara.model import Circumstance, Reason, Verdict

UP, DOWN, UNKNOWN = Verdict.UP, Verdict.DOWN, Verdict.UNKNOWN
NOT_RUNNING, NOT_WATCHED, NOT_OBSERVED = (
    Circumstance.NOT_RUNNING,
    Circumstance.NOT_WATCHED,
    Circumstance.NOT_OBSERVED,
)


def up(begin, until, after=None):
    return Piece(begin, until, UP, None, after)


def down(begin, until, after=None):
    return Piece(begin, until, DOWN, Reason.SERVER_ERROR, after)


def nobody(begin, until, why):
    return Piece(begin, until, UNKNOWN, why)


def test_a_newer_piece_covers_the_older_one_where_both_claim_a_time():
    assert lay_over([up(0, 10)], down(5, 20)) == [up(0, 5), down(5, 20)]


def test_a_newer_piece_in_the_middle_leaves_both_ends_of_the_older_one():
    assert lay_over([down(0, 30, after=-1)], up(10, 20)) == [down(0, 10, after=-1), up(10, 20), down(20, 30)]


def test_what_a_newer_piece_covers_is_gone():
    assert lay_over([up(5, 10), down(10, 15)], up(0, 20)) == [up(0, 20)]


def test_a_newer_piece_without_a_length_covers_nothing():
    assert lay_over([down(5, 9), up(0, 5)], down(3, 3)) == [up(0, 5), down(5, 9)]


def test_neighbours_are_not_touched():
    assert list(without([up(0, 5), down(9, 12)], 5, 9)) == [up(0, 5), down(9, 12)]


def test_pieces_are_cut_at_the_edges_of_a_window():
    assert list(within([up(0, 5), down(5, 9, after=4), up(9, 20)], 3, 12)) == [up(3, 5), down(5, 9, after=4), up(9, 12)]


def test_pieces_outside_of_a_window_are_left_out():
    assert list(within([up(0, 5), up(12, 20)], 5, 12)) == []


def test_a_window_without_a_length_holds_no_piece():
    assert list(within([up(0, 5)], 3, 3)) == filled([up(0, 5)], [], 3, 3) == []


def test_a_window_before_anybody_watched_says_that_nobody_was_running():
    assert filled([], [], 0, 10) == [nobody(0, 10, NOT_RUNNING)]


def test_a_hole_while_somebody_watched_says_that_the_service_was_not_watched():
    assert filled([up(6, 10)], [Watch(2, 10, None)], 0, 10) == [
        nobody(0, 2, NOT_RUNNING),
        nobody(2, 6, NOT_WATCHED),
        up(6, 10),
    ]


def test_a_hole_after_a_watch_says_what_ended_it():
    watches = [Watch(0, 5, NOT_OBSERVED), Watch(8, 12, NOT_RUNNING), Watch(15, 18, None)]

    assert filled([up(0, 5), up(8, 12), up(15, 18)], watches, 0, 20) == [
        up(0, 5),
        nobody(5, 8, NOT_OBSERVED),
        up(8, 12),
        nobody(12, 15, NOT_RUNNING),
        up(15, 18),
        nobody(18, 20, NOT_RUNNING),
    ]


def test_a_watch_that_lies_before_a_hole_says_why_it_is_one():
    assert filled([], [Watch(0, 5, NOT_OBSERVED)], 10, 20) == [nobody(10, 20, NOT_OBSERVED)]


def test_a_watch_after_a_hole_says_nothing_about_it():
    assert filled([], [Watch(30, 50, None)], 10, 20) == [nobody(10, 20, NOT_RUNNING)]


def test_equal_neighbours_become_one_that_began_as_the_first_did():
    assert filled([up(0, 5, after=-3), up(5, 9), down(9, 12)], [], 0, 12) == [up(0, 9, after=-3), down(9, 12)]


def test_neighbours_with_different_causes_stay_two():
    other = down(5, 9)._replace(cause=Reason.CONNECT_TIMEOUT)

    assert filled([down(0, 5), other], [], 0, 9) == [down(0, 5), other]


times = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted)
claims = st.builds(
    lambda time, verdict: Piece(time[0], time[1], verdict, None), times, st.sampled_from([UP, DOWN, UNKNOWN])
)
watched = st.builds(
    lambda time, ended: Watch(time[0], time[1], ended), times, st.sampled_from([None, NOT_OBSERVED, NOT_RUNNING])
)


@given(st.lists(claims, max_size=12))
def test_at_every_moment_the_newest_claim_holds(pieces):
    line, newest = [], {}
    for piece in pieces:
        line = lay_over(line, piece)
        newest |= dict.fromkeys(range(piece.begin, piece.until), piece.verdict)

    assert {at: piece.verdict for piece in line for at in range(piece.begin, piece.until)} == newest
    assert all(left.until <= right.begin for left, right in pairwise(line))
    assert all(piece.begin < piece.until for piece in line)


@given(st.lists(claims, max_size=8), st.lists(watched, max_size=5), times)
def test_a_filled_window_has_neither_holes_nor_overlaps_and_claims_no_more_than_the_pieces(pieces, watches, window):
    line = []
    for piece in pieces:
        line = lay_over(line, piece)
    begin, until = window

    found = filled(line, sorted(watches, key=lambda watch: watch.begin), begin, until)

    assert [at for piece in found for at in range(piece.begin, piece.until)] == list(range(begin, until))
    observed = {at for piece in line if piece.verdict is not UNKNOWN for at in range(piece.begin, piece.until)}
    assert {at for piece in found if piece.verdict is not UNKNOWN for at in range(piece.begin, piece.until)} == {
        at for at in observed if begin <= at < until
    }
