"""Which incident each group of failing services belongs to: pure functions.

A young incident may still take over another, or turn out to be two; one that is no longer young keeps its services, and
others may join it. Of incidents that become one, that stays which has most of the services.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from manara.diagnosis.common_cause import Group
from manara.model import CommonCause


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """An incident that goes on."""

    id: str
    service_ids: frozenset[str]
    young: bool
    cause: CommonCause | None = None


@dataclass(slots=True, eq=False)
class Placed:
    """Services that are to be one incident."""

    id: str | None
    """The incident that it goes on as; None where it is a new one."""
    service_ids: list[str]
    cause: CommonCause | None


def placed(groups: Iterable[Group], known: Sequence[Known], over: frozenset[str] = frozenset()) -> list[Placed]:
    """Return the incidents that there are now; `known` are those there were, the oldest first.

    `over` are services in them that do not fail any more: by themselves they make no incident, but stay where most of
    theirs are. A known incident that is not returned has become a part of others.
    """
    home = {service_id: each for each in known for service_id in each.service_ids}
    found = [Placed(each.id, sorted(each.service_ids), each.cause) for each in known if not each.young]
    taken = {each.id or "": each for each in found}
    rows = [(_fitting(group, home), group) for group in groups if not over.issuperset(group.service_ids)]
    for fitting, group in sorted(rows, key=lambda row: (-max(row[0].values(), default=0), row[1].service_ids)):
        _place_group(group, fitting, home, taken, found)
    placed_ids = {service_id for each in found for service_id in each.service_ids}
    for service_id in sorted(home.keys() - placed_ids):
        _most_like(home[service_id], found).service_ids.append(service_id)
    return found


def _fitting(group: Group, home: Mapping[str, Known]) -> dict[Known, int]:
    """Return the known incidents with services of the group, and with how many: most first, then the oldest."""
    shares = Counter(home[service_id] for service_id in group.service_ids if service_id in home)
    age = {each: place for place, each in enumerate(dict.fromkeys(home.values()))} if len(shares) > 1 else {}
    return dict(sorted(shares.items(), key=lambda share: (-share[1], age.get(share[0], 0))))


def _place_group(
    group: Group, fitting: Iterable[Known], home: Mapping[str, Known], taken: dict[str, Placed], found: list[Placed]
) -> None:
    free = [each for each in group.service_ids if each not in home or home[each].young]
    lasting = next((each for each in fitting if not each.young), None)
    young = next((each for each in fitting if each.young and each.id not in taken), None)
    if lasting is None:
        made = Placed(young.id if young else None, free, group.cause)
        found.append(made)
        if young is not None:
            taken[young.id] = made
        return
    lasts = taken[lasting.id]
    lasts.service_ids += free
    # What most of it have in common now says more than what was known when it was young.
    alike = set(lasts.service_ids).intersection(group.service_ids)
    if len(alike) > 1 and 2 * len(alike) > len(lasts.service_ids):
        lasts.cause = group.cause


def _most_like(one: Known, found: Sequence[Placed]) -> Placed:
    """Return where most of the services of an incident are now."""
    return max(found, key=lambda each: (each.id == one.id, len(one.service_ids.intersection(each.service_ids))))
