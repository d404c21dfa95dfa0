"""The grid of tiles: one view for one to ten thousand services."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from manara.ui.tile import Tile
from manara.ui.tile_delegate import Density, TileDelegate
from manara.ui.tile_model import TILE_ROLE, TileModel
from manara.wording import Translator

REPAINT_EVERY_MS = 1000
"""Durations and ages on the tiles grow even when nothing happens."""


class TileView(QListView):
    """Shows tiles in columns that fill the width."""

    service_opened = Signal(str)
    """The user wants to see more of this service."""

    def __init__(
        self, model: TileModel, tr: Translator, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tiles = model
        self._painter = TileDelegate(tr, now, self)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        # Tiles are cards on the paper of the window.
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName(tr("Services"))
        self.set_density(Density.ROOMY)
        self.activated.connect(self._open)
        self._repaint = QTimer(self, interval=REPAINT_EVERY_MS)
        self._repaint.timeout.connect(self.viewport().update)

    @property
    def density(self) -> Density:
        """How much room a tile takes."""
        return self._painter.density

    def set_density(self, density: Density) -> None:
        """Give tiles more room or less."""
        self._painter.density = density
        in_a_list = density is Density.LIST
        self.setViewMode(QListView.ViewMode.ListMode if in_a_list else QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._fit()

    def selected(self) -> tuple[str, ...]:
        """Return the ids of the selected services, in the order in which they are shown."""
        rows = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return tuple(tile.service.id for index in rows if isinstance(tile := index.data(TILE_ROLE), Tile))

    def show_service(self, service_id: str) -> None:
        """Select a service and bring it into view."""
        index = self._tiles.index_of(service_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the current service by the keyboard: not every style sends `activated` for Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the new width."""
        self._fit()
        super().resizeEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the order while the pointer is here."""
        self._tiles.held = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Sort again."""
        self._tiles.release()
        super().leaveEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Repaint only what can be seen."""
        self._repaint.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while nothing can be seen."""
        self._repaint.stop()
        super().hideEvent(event)

    def _fit(self) -> None:
        self._painter.fit(self.viewport().width(), self.fontMetrics().height())
        self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        tile = index.data(TILE_ROLE)
        if isinstance(tile, Tile):
            self.service_opened.emit(tile.service.id)
