"""What good looks saw, remembered for bad days: one entry for each check, the newest."""

from collections.abc import Iterable, Mapping

from manara.diagnosis.evidence import Remembered
from manara.model import Check, CheckResult

Key = tuple[str, str]
"""Type and target of a check."""


def key_of(check: Check) -> Key:
    """Return what a check is remembered by: the same check of two services has the same past."""
    return check.type, check.target


class Memory:
    """The last good look at each check."""

    def __init__(self, known: Mapping[Key, Remembered] | None = None) -> None:
        self._known = dict(known or {})

    def take(self, check: Check, result: CheckResult) -> None:
        """Take note of a look if it was good."""
        if result.failure is None:
            self._known[key_of(check)] = Remembered(result.at, result.address, result.facts)

    def of(self, check: Check) -> Remembered | None:
        """Return what the last good look saw."""
        return self._known.get(key_of(check))

    def aliases(self) -> Iterable[str]:
        """Return the name that the aliases of each check's host led to last."""
        return tuple(known.facts.cname_chain[-1] for known in self._known.values() if known.facts.cname_chain)

    def keep_only(self, checks: Iterable[Check]) -> None:
        """Forget what is not watched any more."""
        wanted = set(map(key_of, checks))
        self._known = {key: known for key, known in self._known.items() if key in wanted}
