"""Whose certificates were refused lately: when those of many unrelated owners are, it is our own trust that is old."""

from manara.model import CheckResult, Clock, Reason

LATELY_S = 600.0
_TELLING = frozenset({Reason.CERTIFICATE_UNKNOWN_ISSUER, Reason.CERTIFICATE_EXPIRED, Reason.CERTIFICATE_INVALID})
"""Those that an old list of authorities brings about; a wrong name is always the other side."""


class Refusals:
    """The refused certificates of the last minutes, by host."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, tuple[float, Reason]] = {}

    def take(self, host: str, result: CheckResult) -> None:
        """Take note of a look whose certificate was refused."""
        now_s = self._clock.monotonic()
        self._seen = {key: seen for key, seen in self._seen.items() if seen[0] >= now_s - LATELY_S}
        reason = None if result.failure is None else result.failure.reason
        if host and reason in _TELLING and not _is_over(result):
            self._seen[host] = (now_s, reason)

    def alike(self, host: str, result: CheckResult) -> tuple[str, ...]:
        """Return hosts of other owners whose certificates were refused for the same reason."""
        reason = None if result.failure is None else result.failure.reason
        owners: dict[str, str] = {}
        for other, (_, seen) in self._seen.items():
            if seen is reason and _owner(other) != _owner(host):
                owners.setdefault(_owner(other), other)
        return tuple(owners.values())


def _is_over(result: CheckResult) -> bool:
    """Whether the certificate itself has run out, which is its owner's fault."""
    certificate = result.facts.certificate
    return certificate is not None and certificate.not_after <= result.at


def _owner(host: str) -> str:
    # Two labels are too few for `co.uk`: such owners count as one, which makes the conclusion rarer, never wrong.
    return ".".join(host.rsplit(".", 2)[-2:])
