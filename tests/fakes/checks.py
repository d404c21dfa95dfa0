"""Checks, results and services made for tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from fakes.clock import START
from manara.model import Check, CheckResult, Facts, Failure, Reason, Service, Timings, option


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeCheck(Check):
    """A check that a fake look answers."""

    type: ClassVar[str] = "fake"
    name: str = option("a", help="What it is called")

    @property
    def target(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        return f"{self.name}.example"


def make_service(service_id: str, *checks: Check, **fields: Any) -> Service:
    """Make a service with the given checks, or with one that is looked at every minute."""
    return Service(service_id, service_id.title(), checks or (FakeCheck(name=service_id),), **fields)


def make_result(
    reason: Reason | None = None,
    *,
    at_s: float = 0.0,
    address: str | None = "203.0.113.7",
    total_ms: float = 12.0,
    **facts: Any,
) -> CheckResult:
    """Make the result of a look that began `at_s` after the tests' clock started; good without a reason."""
    failure = Failure(reason) if reason else None
    at = START + timedelta(seconds=at_s)
    return CheckResult(at, failure, Timings(total_ms=total_ms), address, Facts(**facts))
