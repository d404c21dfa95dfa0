"""The history as the commands open it: one that is missing is an answer, one that cannot be read is explained."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from manara.cli.exits import HISTORY_UNREADABLE, Refused
from manara.history import NAME, HistoryUnreadable, Reader, read_history
from manara.wording import one_line


@contextmanager
def opened_history(folder: Path) -> Iterator[Reader | None]:
    """Read the history of a folder; None where there is none yet."""
    try:
        if _is_missing(folder / NAME):
            yield None
            return
        with read_history(folder) as reader:
            yield reader
    except HistoryUnreadable as unreadable:
        where = one_line(str(folder / NAME))
        line = f"manara: the history {where} cannot be read: {one_line(str(unreadable))}"
        raise Refused(HISTORY_UNREADABLE, line) from unreadable


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        # What is in the way is told by whoever tries to open it.
        return False
    return False
