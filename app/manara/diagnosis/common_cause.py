"""What fails together: pure functions from failing services and what is known of all of them to groups.

Services belong together when they began to fail at about the same time and share something that fits the rung on which
they fail. Of several such things, that one names the group which covers most of the failing and fewest of the healthy.
Healthy services that share it are evidence against; too many of them end the guess.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from manara.model import CommonCause, Conclusion, Interval, Layer, Trait, TraitKind, Verdict

WINDOW = timedelta(minutes=5)
"""So far apart two services may begin to fail and still belong together."""
ENDS_A_GUESS = 2
"""So many healthy services that share something are evidence against it, if they are also more than the share below."""
HEALTHY_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Failing:
    """A service that fails, or did in an incident that goes on."""

    service_id: str
    began: Interval
    layer: Layer | None
    """The rung on which it fails, by its diagnosis, else by its look; None where that is not known."""
    traits: frozenset[Trait] = frozenset()
    conclusion: Conclusion | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """A service that is watched, failing or not."""

    service_id: str
    verdict: Verdict
    traits: frozenset[Trait] = frozenset()
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Services that fail together: ids in the order in which they began, then alphabetical."""

    service_ids: tuple[str, ...]
    cause: CommonCause | None = None
    """None where it is one service alone."""


def groups_of(failing: Iterable[Failing], watched: Iterable[Watched]) -> tuple[Group, ...]:
    """Return which of the failing services belong together; each is in one group, alone if nothing ties it to others.

    The order in which they are given does not matter.
    """
    alone = {each.service_id: each for each in sorted(failing, key=_place)}
    if len(alone) < 2:
        return tuple(Group((service_id,)) for service_id in alone)
    known = _sharers(alone.values(), watched)
    having = _having(alone.values())
    guesses = {trait: list(_guesses(trait, members.values(), known)) for trait, members in having.items()}
    found: list[Group] = []
    while (best := min((each for row in guesses.values() for each in row), key=_Guess.rank, default=None)) is not None:
        found.append(Group(tuple(each.service_id for each in best.members), best.cause))
        touched: set[Trait] = set()
        for each in best.members:
            del alone[each.service_id]
            for trait in each.traits & having.keys():
                having[trait].pop(each.service_id, None)
                touched.add(trait)
        for trait in touched:
            guesses[trait] = list(_guesses(trait, having[trait].values(), known))
    return (*found, *(Group((service_id,)) for service_id in alone))


@dataclass(frozen=True, slots=True)
class _Known:
    """How many services fail, how many are watched, and who has each thing that the failing have."""

    failing: int
    watched: int
    sharers: Mapping[Trait, Sequence[Watched]]


@dataclass(frozen=True, slots=True)
class _Guess:
    members: tuple[Failing, ...]
    shared: Trait
    well: tuple[str, ...]
    lift: float
    """How much more often the failing have it than all that are watched."""

    @property
    def cause(self) -> CommonCause:
        return CommonCause(_common_layer(self.members), self.shared, self.well)

    def rank(self) -> tuple[int, int, float, int, str]:
        """Return the place of the guess among others, the best first."""
        return -len(self.members), len(self.well), -self.lift, _TELLS_MOST.index(self.shared.kind), self.shared.value


# When two things cover the same services, the one that says more of what is broken names the incident.
_TELLS_MOST = (
    TraitKind.NAME_SERVERS,
    TraitKind.NAME_SERVER_DOMAIN,
    TraitKind.DELIVERY,
    TraitKind.ALIAS_DOMAIN,
    TraitKind.ISSUER,
    TraitKind.PREFIX,
    TraitKind.NETWORK,
    TraitKind.OPERATOR,
)
_OF_DELIVERY = frozenset({TraitKind.DELIVERY, TraitKind.ALIAS_DOMAIN})
_OF_PLACE = frozenset({TraitKind.PREFIX, TraitKind.NETWORK})
_FITTING = {
    Layer.LINK: _OF_PLACE,
    Layer.DNS: frozenset({TraitKind.NAME_SERVERS, TraitKind.NAME_SERVER_DOMAIN, TraitKind.ALIAS_DOMAIN}),
    Layer.TCP: _OF_PLACE | _OF_DELIVERY,
    Layer.ICMP: _OF_PLACE,
    Layer.TLS: frozenset({TraitKind.ISSUER}) | _OF_DELIVERY,
    Layer.HTTP: _OF_DELIVERY | _OF_PLACE,
    Layer.CONTENT: _OF_DELIVERY,
}
"""What can be the reason for a failure on a rung. The operator can be for all of them."""


_NOT_SHARED = (Conclusion.ORIGIN_FAILS, Conclusion.PAGE_GONE, Conclusion.MAINTENANCE_TOLD)
"""What lies behind a delivery network fails, or was changed: whoever else is behind that network has no part in it."""


def _fits(kind: TraitKind, failing: Failing) -> bool:
    if kind is TraitKind.OPERATOR:
        return True
    if failing.layer is None or failing.conclusion in _NOT_SHARED:
        return False
    return kind in _FITTING.get(failing.layer, ())


def _place(each: Failing) -> tuple[datetime, str]:
    return each.began.by, each.service_id


def _sharers(failing: Collection[Failing], watched: Iterable[Watched]) -> _Known:
    wanted = frozenset[Trait]().union(*(each.traits for each in failing))
    found: dict[Trait, list[Watched]] = defaultdict(list)
    number = 0
    for each in watched:
        number += 1
        for trait in each.traits & wanted:
            found[trait].append(each)
    return _Known(len(failing), max(number, len(failing)), found)


def _having(failing: Iterable[Failing]) -> dict[Trait, dict[str, Failing]]:
    """Return who fails so that a thing can be the reason, for each thing that more than one of them has."""
    found: dict[Trait, dict[str, Failing]] = defaultdict(dict)
    for each in failing:
        for trait in each.traits:
            if _fits(trait.kind, each):
                found[trait][each.service_id] = each
    return {trait: members for trait, members in found.items() if len(members) > 1}


def _guesses(trait: Trait, having: Iterable[Failing], known: _Known) -> Iterator[_Guess]:
    """Return which of them this thing could tie together."""
    for members in _at_one_time(having):
        if len(members) > 1 and (guess := _guess(trait, members, known)) is not None:
            yield guess


def _guess(trait: Trait, members: Sequence[Failing], known: _Known) -> _Guess | None:
    """Return the guess that this is what the members share, or None where the healthy speak against it."""
    ids = {each.service_id for each in members}
    others = [each for each in known.sharers.get(trait, ()) if each.service_id not in ids]
    begun = min(each.began.by for each in members)
    # A look that is older than the beginning says nothing of it.
    well = sorted(
        each.service_id
        for each in others
        if each.verdict is Verdict.UP and each.looked_at is not None and each.looked_at >= begun
    )
    lift = (len(members) / known.failing) / ((len(members) + len(others)) / known.watched)
    if len(well) >= ENDS_A_GUESS and len(well) > HEALTHY_SHARE * (len(well) + len(members)):
        return None
    if well and lift <= 1:
        return None
    return _Guess(tuple(members), trait, tuple(well), lift)


def _at_one_time(members: Iterable[Failing]) -> Iterator[list[Failing]]:
    """Split them where more than the window lies between one and the next; each began somewhere in its interval."""
    row: list[Failing] = []
    until = _EVER
    for each in sorted(members, key=_place):
        after = each.began.after or _EVER
        if row and after > until + WINDOW:
            yield row
            row = []
        # One that was not looked at for long is no bridge between two that lie far apart.
        until = max(until, after) if row else each.began.by
        row.append(each)
    if row:
        yield row


_EVER = datetime.min.replace(tzinfo=UTC)
"""Where nobody saw the beginning, it may have been at any time before."""


def _common_layer(members: Sequence[Failing]) -> Layer | None:
    """Return the rung on which more than half of them fail."""
    layers = [each.layer for each in members]
    return next((layer for layer in Layer if layers.count(layer) * 2 > len(layers)), None)
