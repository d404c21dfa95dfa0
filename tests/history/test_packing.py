import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.history.packing import (
    packed_bins,
    packed_numbers,
    packed_phases,
    tenths,
    unpacked_bins,
    unpacked_numbers,
    unpacked_phases,
    unpacked_sums,
)
from manara.model import Timings

durations = st.none() | st.floats(0, 300_000)


def test_a_duration_is_kept_to_the_tenth_of_a_millisecond():
    assert [tenths(12.34), tenths(0.0), tenths(None)] == [123, 0, None]


def test_a_negative_duration_counts_as_none_at_all():
    assert tenths(-0.2) == 0


def test_a_look_that_came_to_no_phase_takes_no_room():
    assert packed_phases(Timings(total_ms=5000.0)) is None
    assert list(unpacked_phases(None)) == [None] * 4


def test_a_phase_that_took_no_time_is_not_one_that_was_not_reached():
    assert list(unpacked_phases(packed_phases(Timings(dns_ms=0.0)))) == [0, None, None, None]


def test_usual_phases_take_two_bytes_each_at_most():
    packed = packed_phases(Timings(dns_ms=4.2, connect_ms=11.0, tls_ms=23.4, first_byte_ms=101.2))

    assert len(packed) <= 8


@given(durations, durations, durations, durations)
def test_phases_come_back_as_they_were(dns, connect, tls, first_byte):
    packed = packed_phases(Timings(dns, connect, tls, first_byte))

    assert list(unpacked_phases(packed)) == [tenths(each) for each in (dns, connect, tls, first_byte)]


@given(st.lists(st.integers(0, 1 << 70)))
def test_numbers_come_back_as_they_were(numbers):
    assert unpacked_numbers(packed_numbers(numbers)) == numbers


@given(st.dictionaries(st.integers(0, 255), st.integers(1, 100_000), max_size=20))
def test_bins_come_back_as_they_were(bins):
    assert unpacked_bins(packed_bins(bins)) == bins


def test_bins_without_anything_in_them_take_no_room():
    assert packed_bins({3: 0}) == packed_bins({}) == b""


@pytest.mark.parametrize("packed", [b"", b"\x01" * 31, b"\x01" * 64])
def test_sums_that_are_none_are_refused(packed):
    with pytest.raises(ValueError, match="sums of the phases"):
        unpacked_sums(packed)
