import pytest

from manara.catalog.imports.durations import seconds_of


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("1h30m", 5400), ("60s", 60), ("1.5h", 5400), ("500ms", 0.5), ("1d", 86400), ("2w", 1209600), (5, 5.0), ("0", 0),
     ("1m30.5s", 90.5)],
)  # fmt: skip
def test_durations_of_go_are_read(value, seconds):
    assert seconds_of(value) == pytest.approx(seconds)


@pytest.mark.parametrize("value", ["", "soon", "1h x", "-5s", True, None, [1], "1" * 100 + "s", "5"])
def test_what_is_no_duration_is_none(value):
    assert seconds_of(value) is None
