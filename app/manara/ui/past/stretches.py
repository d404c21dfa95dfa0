"""Which stretches of verdicts can be seen on a line of pixels. Pure, and quick: it is asked at every frame."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from manara.model import Verdict

_TOUCHING = 0.5
_WORST_LAST = (Verdict.UP, Verdict.MAINTENANCE, Verdict.DEGRADED, Verdict.DOWN)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a line with one verdict: in the measure of a time axis, or in pixels."""

    left: float
    right: float
    verdict: Verdict
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    """All stretches that look alike, in the order of their places."""

    verdict: Verdict
    labelled: bool
    lefts: Sequence[float]
    rights: Sequence[float]
    """How far all up to here reach."""


class Stretches:
    """The stretches of one service on a time axis."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        found: dict[tuple[Verdict, bool], list[Stretch]] = {}
        for stretch in sorted(stretches, key=lambda each: each.left):
            found.setdefault((stretch.verdict, stretch.labelled), []).append(stretch)
        self._kinds = [
            _Kind(*kind, [each.left for each in alike], list(accumulate((each.right for each in alike), max)))
            for kind, alike in sorted(found.items(), key=lambda item: _WORST_LAST.index(item[0][0]))
        ]

    def all(self, left: float, right: float, width: float, least: float) -> list[Stretch]:
        """Return what can be seen of all, in pixels, where `width` of them show the axis from `left` to `right`.

        The worst comes last; of a kind, they come in the order of their places. Each is at least so wide (`least`), and
        those that touch become one: however many there are, no more than the pixels are returned of a kind.
        """
        return list(_seen(self._kinds, left, right, width, least))

    def bad(self, left: float, right: float, width: float, least: float) -> list[Stretch]:
        """Return the same of those that were not up."""
        return list(_seen([kind for kind in self._kinds if kind.verdict is not Verdict.UP], left, right, width, least))

    def labelled(self, left: float, right: float, width: float, least: float) -> list[Stretch]:
        """Return the same of those that the user has labelled."""
        return list(_seen([kind for kind in self._kinds if kind.labelled], left, right, width, least))


def _seen(kinds: Iterable[_Kind], left: float, right: float, width: float, least: float) -> Iterator[Stretch]:
    for kind in kinds:
        for begin, end in _joined(kind, left, right, width, least):
            yield Stretch(begin, end, kind.verdict, kind.labelled)


def _joined(kind: _Kind, left: float, right: float, width: float, least: float) -> Iterator[tuple[float, float]]:
    scale = width / (right - left)
    places = slice(bisect_right(kind.rights, left), bisect_left(kind.lefts, right))
    begin = end = -1.0
    for at, until in zip(kind.lefts[places], kind.rights[places], strict=True):
        first = (at - left) * scale
        last = min(width, max((until - left) * scale, first + least))
        first = max(0.0, first)
        if last <= first:
            continue
        if end >= 0 and first - end < _TOUCHING:
            end = max(end, last)
            continue
        if end >= 0:
            yield begin, end
        begin, end = first, last
    if end >= 0:
        yield begin, end
