"""The pictures of the tiles that were painted last: scrolling paints only what comes into sight."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtGui import QPixmap


@dataclass(frozen=True, slots=True)
class _Kept:
    shows: Hashable
    picture: QPixmap


class TilePictures:
    """One picture for each service, as long as it still shows what the tile shows and there is room."""

    def __init__(self) -> None:
        self._style: Hashable = None
        self._kept: dict[str, _Kept] = {}
        self._bytes = 0

    @property
    def bytes_kept(self) -> int:
        """How much memory the pictures take."""
        return self._bytes

    def use_style(self, style: Hashable) -> None:
        """Drop every picture if it was made in another style."""
        if style != self._style:
            self._style = style
            self.clear()

    def clear(self) -> None:
        """Drop every picture."""
        self._kept.clear()
        self._bytes = 0

    def picture(self, service_id: str, shows: Hashable, most_bytes: int, paint: Callable[[], QPixmap]) -> QPixmap:
        """Return the picture of a service that shows this, painted now unless it is there; then drop the oldest.

        At most so many bytes are kept, besides the one that is returned.
        """
        kept = self._kept.pop(service_id, None)
        if kept is None or kept.shows != shows:
            if kept is not None:
                self._bytes -= _bytes_of(kept.picture)
            kept = _Kept(shows, paint())
            self._bytes += _bytes_of(kept.picture)
        # What was used last stands last.
        self._kept[service_id] = kept
        while self._bytes > most_bytes and len(self._kept) > 1:
            oldest = self._kept.pop(next(iter(self._kept)))
            self._bytes -= _bytes_of(oldest.picture)
        return kept.picture


def _bytes_of(picture: QPixmap) -> int:
    return picture.width() * picture.height() * picture.depth() // 8
