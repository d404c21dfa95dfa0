from datetime import timedelta

import pytest

from fakes.checks import FakeCheck, make_service
from manara.engine.carry_over import kept_checks
from manara.probes import TcpCheck

A, B, C = (FakeCheck(name=name) for name in "abc")
PATIENT = FakeCheck(name="a", interval=timedelta(hours=1), confirm=9, required=False)


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ((A, B), (A, B), (0, 1)),
        ((A, B), (B, A), (1, 0)),
        ((A, B), (B,), (1,)),
        ((A, B), (A, C, B), (0, None, 1)),
        ((A, B), (PATIENT, B), (0, 1)),
        ((A, PATIENT), (PATIENT,), (1,)),
        ((A, A), (A, A, A), (0, 1, None)),
        ((TcpCheck(host="a", port=1),), (A,), (None,)),
    ],
)
def test_a_check_is_kept_as_long_as_it_asks_the_same(before, after, kept):
    assert kept_checks(make_service("shop", *before), make_service("shop", *after)) == kept
