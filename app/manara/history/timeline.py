"""One line of time that holds one thing at every moment: pure functions over pieces, in milliseconds.

Clocks jump, so two pieces may claim the same moment. The newer measurement counts: it is laid over the older one.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, Self, TypeVar

from manara.model import Circumstance, Label, Verdict
from manara.model.verdict import Cause


class Piece(NamedTuple):
    """From `begin` up to `until`, one verdict and its cause. `after`: see `manara.model.Span`."""

    begin: int
    until: int
    verdict: Verdict
    cause: Cause
    after: int | None = None
    label: Label | None = None


class _Stretch(Protocol):
    """What has a begin, an end, and perhaps a last look before it."""

    @property
    def begin(self) -> int: ...

    @property
    def until(self) -> int: ...

    def _replace(self, *, begin: int = ..., until: int = ..., after: int | None = ...) -> Self: ...


_Cut = TypeVar("_Cut", bound=_Stretch)


def without(pieces: Iterable[_Cut], begin: int, until: int) -> Iterator[_Cut]:
    """Return what the pieces leave outside of the time from `begin` up to `until`."""
    for piece in pieces:
        if piece.until <= begin or piece.begin >= until:
            yield piece
            continue
        if piece.begin < begin:
            yield piece._replace(until=begin)
        if piece.until > until:
            # What was cut in two did not begin where the cut ends: nothing changed there.
            yield piece._replace(begin=until, after=None)


def lay_over(pieces: Iterable[Piece], newer: Piece) -> list[Piece]:
    """Return the pieces in the order of time with a newer one laid over them."""
    if newer.until <= newer.begin:
        return sorted(pieces, key=_begin)
    return sorted([*without(pieces, newer.begin, newer.until), newer], key=_begin)


def within(pieces: Iterable[Piece], begin: int, until: int) -> Iterator[Piece]:
    """Return the parts of the pieces that lie from `begin` up to `until`."""
    for piece in pieces:
        if begin <= piece.begin < piece.until <= until:
            yield piece
            continue
        inside_begin, inside_until = max(begin, piece.begin), min(until, piece.until)
        if inside_begin < inside_until:
            yield piece._replace(begin=inside_begin, until=inside_until)


class Watch(NamedTuple):
    """From `begin` up to `until` somebody was looking; `ended` says what ended it, None for a crash or not yet."""

    begin: int
    until: int
    ended: Circumstance | None


def filled(pieces: Sequence[Piece], watches: Sequence[Watch], begin: int, until: int) -> list[Piece]:
    """Return the pieces of a window with its holes filled: nobody looked, and why; equal neighbours become one."""
    filled_up: list[Piece] = []
    at = begin
    for piece in (*within(pieces, begin, until), None):
        hole_ends = until if piece is None else piece.begin
        if hole_ends > at:
            filled_up += _hole(watches, at, hole_ends)
        if piece is not None:
            filled_up.append(piece)
            at = piece.until
    return _joined(filled_up)


def _hole(watches: Sequence[Watch], begin: int, until: int) -> Iterator[Piece]:
    """Say why a service was not observed: nobody was running, nobody was awake, or nobody was to look at it."""
    at = begin
    why = Circumstance.NOT_RUNNING
    for watch in watches:
        if watch.begin >= until:
            break
        if watch.begin > at:
            yield Piece(at, watch.begin, Verdict.UNKNOWN, why)
            at = watch.begin
        if watch.until > at:
            inside_until = min(until, watch.until)
            yield Piece(at, inside_until, Verdict.UNKNOWN, Circumstance.NOT_WATCHED)
            at = inside_until
        why = watch.ended or Circumstance.NOT_RUNNING
    if at < until:
        yield Piece(at, until, Verdict.UNKNOWN, why)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].until == piece.begin and _alike(joined[-1], piece):
            joined[-1] = joined[-1]._replace(until=piece.until)
        else:
            joined.append(piece)
    return joined


def _alike(left: Piece, right: Piece) -> bool:
    return (left.verdict, left.cause, left.label) == (right.verdict, right.cause, right.label)


def _begin(piece: Piece) -> int:
    return piece.begin
