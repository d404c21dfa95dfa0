"""The reader's own time zone, with its daylight saving, so that midnights and old moments are told as they were."""

import logging
import warnings
from collections.abc import Callable
from datetime import datetime, tzinfo

from tzlocal import get_localzone

from manara.model import Clock


def local_time(clock: Clock, find: Callable[[], tzinfo] = get_localzone) -> Callable[[], datetime]:
    """Return a function that tells the time here; where the zone has no name, the offset of that moment is used."""
    zone = _zone(find)
    return lambda: clock.now().astimezone(zone)


def _zone(find: Callable[[], tzinfo]) -> tzinfo | None:
    # A file left over from an earlier setting is worth a log line to tzlocal; it stands in nobody's way.
    logging.getLogger("tzlocal").addHandler(logging.NullHandler())
    with warnings.catch_warnings():
        # What tzlocal is in doubt about, the system's own offset is right about.
        warnings.simplefilter("error")
        try:
            return find()
        except (Warning, KeyError, ValueError, OSError):
            return None
