"""Moments as the file has them: whole milliseconds since 1970 in UTC."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = 1 << 62
"""A millisecond that comes after every other."""
_MS = timedelta(milliseconds=1)


def ms_of(at: datetime) -> int:
    """Return the millisecond in which an aware moment lies."""
    return (at - EPOCH) // _MS


def ms_from(at: datetime) -> int:
    """Return the first millisecond that begins no earlier than an aware moment."""
    return -((EPOCH - at) // _MS)


def moment_of(ms: int) -> datetime:
    """Return the aware UTC moment at which a millisecond begins."""
    return EPOCH + ms * _MS


def moment_or_none(ms: int | None) -> datetime | None:
    """Return the moment, None for None."""
    return None if ms is None else moment_of(ms)


def ms_or_none(at: datetime | None) -> int | None:
    """Return the millisecond, None for None."""
    return None if at is None else ms_of(at)
