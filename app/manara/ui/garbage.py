"""When Python looks for objects that hold one another and that nobody else holds.

A search visits everything there is, and what Manara loads stays until its end: some 300,000 objects, which would stop
the window for longer than a frame each time. So the search waits while they are loaded, and leaves them out later.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def search_postponed() -> Iterator[Callable[[], None]]:
    """Search for nothing until what is yielded is called, then among what comes after; to the end of the block."""
    gc.disable()
    try:
        yield _search_from_now
    finally:
        gc.unfreeze()
        gc.enable()


def _search_from_now() -> None:
    gc.freeze()
    gc.enable()
