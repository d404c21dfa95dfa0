import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.model import Failure, Outcome, Reason
from manara.probes.statuses import WhenRefused, judge_status, parse_statuses


def judged(status: int, headers: dict[str, str] | None = None, accept: tuple[str, ...] = ()) -> Reason | None:
    failure = judge_status(status, headers or {}, parse_statuses(accept), WhenRefused.DEGRADED)
    return failure.reason if failure else None


@pytest.mark.parametrize("status", [200, 204, 299, 301, 304, 399])
def test_success_and_redirects_are_good_by_default(status: int) -> None:
    assert judged(status) is None


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, Reason.NOT_FOUND),
        (410, Reason.NOT_FOUND),
        (500, Reason.SERVER_ERROR),
        (503, Reason.SERVER_ERROR),
        (599, Reason.SERVER_ERROR),
        (400, Reason.CLIENT_ERROR),
        (418, Reason.CLIENT_ERROR),
        (600, Reason.UNEXPECTED_STATUS),
        (401, Reason.REFUSES_AUTOMATION),
        (403, Reason.REFUSES_AUTOMATION),
        (429, Reason.REFUSES_AUTOMATION),
        (451, Reason.REFUSES_AUTOMATION),
        (999, Reason.REFUSES_AUTOMATION),
    ],
)
def test_a_bad_status_is_named_by_its_class(status: int, reason: Reason) -> None:
    assert judged(status) is reason


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (503, {"server": "cloudflare", "cf-mitigated": "challenge"}),
        (202, {"x-amzn-waf-action": "challenge"}),
        (405, {"x-amzn-waf-action": "captcha"}),
    ],
)
def test_a_robot_wall_is_known_by_its_headers(status: int, headers: dict[str, str]) -> None:
    assert judged(status, headers) is Reason.REFUSES_AUTOMATION


@pytest.mark.parametrize("status", [403, 999])
def test_a_refusal_is_excused_where_the_service_is_known_for_it(status: int) -> None:
    own = judge_status(status, {}, (), WhenRefused.DEGRADED)
    known = judge_status(status, {}, (), WhenRefused.UP)

    assert own == Failure(Reason.REFUSES_AUTOMATION, f"HTTP {status}")
    assert own.outcome is Outcome.DEGRADED
    assert known is not None
    assert known.outcome is Outcome.OK


@pytest.mark.parametrize("status", [400, 404, 410, 418])
def test_a_page_that_is_gone_is_excused_where_being_reachable_is_enough(status: int) -> None:
    known = judge_status(status, {}, (), WhenRefused.UP)
    own = judge_status(status, {}, (), WhenRefused.DEGRADED)

    assert known is not None
    assert own is not None
    assert (known.outcome, own.outcome) == (Outcome.OK, Outcome.FAILED)


@pytest.mark.parametrize("accepted", [(), (range(200, 300),)])
def test_a_server_that_fails_is_not_excused(accepted: tuple[range, ...]) -> None:
    failure = judge_status(500, {}, accepted, WhenRefused.UP)

    assert failure == Failure(Reason.SERVER_ERROR, "HTTP 500")


def test_where_statuses_are_listed_nothing_else_is_excused() -> None:
    failure = judge_status(404, {}, (range(200, 300),), WhenRefused.UP)

    assert failure == Failure(Reason.NOT_FOUND, "HTTP 404")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (200, None),
        (299, None),
        (401, None),
        (403, Reason.UNEXPECTED_STATUS),
        (302, Reason.UNEXPECTED_STATUS),
        (404, Reason.NOT_FOUND),
        (502, Reason.SERVER_ERROR),
    ],
)
def test_listed_statuses_take_the_place_of_the_default(status: int, reason: Reason | None) -> None:
    assert judged(status, {"cf-mitigated": "challenge"}, accept=("200-299", "401")) is reason


@given(st.integers(100, 999), st.integers(100, 999))
def test_a_range_holds_both_its_ends_and_nothing_outside(one: int, other: int) -> None:
    low, high = sorted((one, other))

    (statuses,) = parse_statuses([f" {low} - {high} "])

    assert (statuses[0], statuses[-1], len(statuses)) == (low, high, high - low + 1)


@pytest.mark.parametrize(
    "text", ["", "ok", "2xx", "200-", "-200", "99", "1000", "399-200", "099-200", "200-300-400", "²00"]
)
def test_what_is_no_status_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (status|range)"):
        parse_statuses([text])
