"""Several name servers as one."""

import pytest

from manara.model import Failure, NameServer, Reason
from manara.probes.border import LookFailed
from manara.probes.name_servers import Patience, ask_around, most_telling

FIRST, SECOND, THIRD = (NameServer(f"192.0.2.{n}") for n in (1, 2, 3))


class Answers:
    """Servers that give these reasons, one a question, and answer once there are no more."""

    def __init__(self, *reasons: Reason) -> None:
        self._reasons = list(reasons)
        self.asked: list[tuple[NameServer, float]] = []

    async def __call__(self, server: NameServer, timeout_s: float) -> str:
        self.asked.append((server, timeout_s))
        if self._reasons:
            raise LookFailed(self._reasons.pop(0), f"{server} failed")
        return f"{server} knows"


async def test_the_first_that_knows_is_believed() -> None:
    answers = Answers(Reason.SERVFAIL)

    said = await ask_around((FIRST, SECOND, THIRD), Patience(try_s=2, all_s=60), answers)

    assert said == "192.0.2.2 knows"
    assert answers.asked == [(FIRST, 2), (SECOND, 2)]


async def test_only_silent_servers_are_asked_again_after_the_others() -> None:
    answers = Answers(Reason.DNS_TIMEOUT, Reason.SERVFAIL, Reason.DNS_TIMEOUT)

    said = await ask_around((FIRST, SECOND, THIRD), Patience(all_s=60), answers)

    assert said == "192.0.2.1 knows"
    assert [server for server, _ in answers.asked] == [FIRST, SECOND, THIRD, FIRST]


@pytest.mark.parametrize("final", [Reason.NXDOMAIN, Reason.NO_ADDRESSES, Reason.CNAME_LOOP])
async def test_what_is_known_of_the_name_ends_the_round(final: Reason) -> None:
    answers = Answers(final)

    with pytest.raises(LookFailed) as caught:
        await ask_around((FIRST, SECOND), Patience(), answers)

    assert caught.value.failure == Failure(final, "192.0.2.1 failed")


async def test_no_server_gets_more_time_than_is_left_for_all() -> None:
    answers = Answers()

    await ask_around((FIRST,), Patience(try_s=60, all_s=5), answers)

    assert 0 < answers.asked[0][1] <= 5


async def test_without_servers_it_cannot_be_told() -> None:
    with pytest.raises(LookFailed) as caught:
        await ask_around((), Patience(), Answers())

    assert caught.value.failure.reason is Reason.NO_RESOLVER


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ((Reason.DNS_TIMEOUT, Reason.SERVFAIL), Reason.SERVFAIL),
        ((Reason.DNS_UNREACHABLE, Reason.DNS_TIMEOUT), Reason.DNS_TIMEOUT),
        ((Reason.OUT_OF_RESOURCES, Reason.NETWORK_UNREACHABLE), Reason.NETWORK_UNREACHABLE),
        ((Reason.DNS_REFUSED, Reason.SERVFAIL, Reason.DNS_BAD_ANSWER), Reason.SERVFAIL),
        ((Reason.OUT_OF_RESOURCES,), Reason.OUT_OF_RESOURCES),
    ],
)
def test_the_failure_that_says_most_stands_for_all(reasons: tuple[Reason, ...], expected: Reason) -> None:
    failures = [Failure(reason, f"said {reason.value}") for reason in reasons]

    failure = most_telling(failures).failure

    assert failure.reason is expected
    assert failure.detail == "; ".join(f"said {reason.value}" for reason in reasons)
