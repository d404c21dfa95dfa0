"""How far an import is, and whether anybody still wants it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from manara.catalog.imports.refusal import ImportCancelled

_EVERY = 50
_Item = TypeVar("_Item")


def _nothing(done: int, total: int) -> None:
    pass


def _never() -> bool:
    return False


class Steps:
    """Tells the progress of one phase after the other and raises `ImportCancelled` when nobody wants it any more."""

    def __init__(
        self, on_progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._on_progress = on_progress or _nothing
        self._cancelled = cancelled or _never

    @property
    def cancelled(self) -> bool:
        """Whether nobody wants the import any more."""
        return self._cancelled()

    def tell(self, done: int, total: int) -> None:
        """Say that `done` of `total` are done."""
        if self._cancelled():
            raise ImportCancelled
        self._on_progress(done, total)

    def over(self, items: Sequence[_Item]) -> Iterator[_Item]:
        """Give each item and tell the progress now and then."""
        for position, item in enumerate(items):
            if position % _EVERY == 0:
                self.tell(position, len(items))
            yield item
        self.tell(len(items), len(items))
