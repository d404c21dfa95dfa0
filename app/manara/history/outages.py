"""Outages: rows of pieces become times of being down. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from manara.history.moments import moment_of, moment_or_none
from manara.history.timeline import Piece
from manara.model import OBSERVED, Interval, Outage, Verdict
from manara.model.verdict import Cause


def outages_of(service_id: str, pieces: Iterable[Piece]) -> Iterator[Outage]:
    """Return the outages in pieces that leave no holes.

    One in which nobody was looking for a while stays one outage, since nobody saw it end; the time in between does
    not count as down.
    """
    current: _Outage | None = None
    for piece in pieces:
        if piece.verdict is Verdict.DOWN:
            current = current or _Outage(piece.after, piece.begin)
            current.go_on(piece)
        elif current is not None and piece.verdict in OBSERVED:
            yield current.ended(service_id, piece)
            current = None
        elif current is not None:
            current.unseen += piece.until - piece.begin
    if current is not None:
        yield current.ended(service_id, None)


@dataclass(slots=True)
class _Outage:
    after: int | None
    by: int
    seen_until: int = 0
    down: int = 0
    not_observed: int = 0
    unseen: int = 0
    """Not observed since it was last seen to be down."""
    causes: list[Cause] = field(default_factory=list)

    def go_on(self, piece: Piece) -> None:
        self.seen_until = piece.until
        self.down += piece.until - piece.begin
        self.not_observed += self.unseen
        self.unseen = 0
        if piece.cause not in self.causes:
            self.causes.append(piece.cause)

    def ended(self, service_id: str, following: Piece | None) -> Outage:
        end = None
        if following is not None:
            after = self.seen_until if self.unseen else following.after
            end = Interval(moment_or_none(after), moment_of(following.begin))
        return Outage(
            service_id,
            Interval(moment_or_none(self.after), moment_of(self.by)),
            end,
            timedelta(milliseconds=self.down),
            timedelta(milliseconds=self.not_observed),
            tuple(self.causes),
        )
