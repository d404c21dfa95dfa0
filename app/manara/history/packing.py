"""Small numbers as few bytes: how looks and their summaries stand in the file."""

import struct
from collections.abc import Iterable, Mapping, Sequence

from manara.model import Timings

PER_MS = 10
"""Durations in the file are whole tenths of a millisecond."""


def tenths(ms: float | None) -> int | None:
    """Return a duration in tenths of a millisecond, None for None."""
    return None if ms is None else max(0, round(ms * PER_MS))


def packed_phases(timings: Timings) -> bytes | None:
    """Return the phases of a look: each its duration and 1, or 0 for one not reached; None where there is none."""
    spent = [tenths(ms) for ms in (timings.dns_ms, timings.connect_ms, timings.tls_ms, timings.first_byte_ms)]
    return (
        packed_numbers(0 if each is None else each + 1 for each in spent)
        if any(each is not None for each in spent)
        else None
    )


def unpacked_phases(packed: bytes | None) -> Sequence[int | None]:
    """Return the phases of a look, None for one that was not reached."""
    if packed is None:
        return _NO_PHASES
    return [number - 1 if number else None for number in unpacked_numbers(packed)]


_NO_PHASES = (None, None, None, None)


def packed_bins(bins: Mapping[int, int]) -> bytes:
    """Return bins as pairs of one byte each, number and count; a large count takes several pairs."""
    packed = bytearray()
    for number, count in sorted(bins.items()):
        left = count
        while left > 0:
            packed += bytes((number, min(left, 255)))
            left -= 255
    return bytes(packed)


def unpacked_bins(packed: bytes) -> dict[int, int]:
    """Return the bins that were packed."""
    bins: dict[int, int] = {}
    for number, count in zip(packed[::2], packed[1::2], strict=True):
        bins[number] = bins[number] + count if number in bins else count
    return bins


def packed_sums(sums: Sequence[int]) -> bytes:
    """Return sum and count of each phase with four bytes each: larger than could be, but charts read thousands."""
    return _SUMS.pack(*[min(each, _MOST) for each in sums])


def unpacked_sums(packed: bytes) -> tuple[int, ...]:
    """Return the sums that were packed; raise `ValueError` for bytes that are none."""
    if len(packed) != _SUMS.size:
        raise ValueError("these are not the sums of the phases")
    return _SUMS.unpack(packed)


_SUMS = struct.Struct(f"<{2 * len(_NO_PHASES)}I")
# The looks at one check in one day take 864 million tenths of a millisecond at most: one is under way at a time.
_MOST = 0xFFFF_FFFF


def packed_numbers(numbers: Iterable[int]) -> bytes:
    """Return whole numbers from 0 on with 7 bits to a byte, the low ones first (LEB128)."""
    packed = bytearray()
    for number in numbers:
        left = number
        while left > 127:
            packed.append(left & 127 | 128)
            left >>= 7
        packed.append(left)
    return bytes(packed)


def unpacked_numbers(packed: bytes) -> list[int]:
    """Return the numbers that were packed."""
    numbers: list[int] = []
    number = shift = 0
    for byte in packed:
        if byte < 128:
            numbers.append(number | byte << shift)
            number = shift = 0
        else:
            number |= (byte & 127) << shift
            shift += 7
    return numbers
