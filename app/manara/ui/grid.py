"""The grid of tiles: one view for one to ten thousand services."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from manara.model import TileSize
from manara.ui.contrast import wants_high_contrast
from manara.ui.theme import theme_of
from manara.ui.tile import Tile
from manara.ui.tile_delegate import TileDelegate
from manara.ui.tile_model import TILE_ROLE, TileModel
from manara.wording import Translator

REPAINT_EVERY_MS = 1000
"""Durations and ages on the tiles grow even when nothing happens."""
REST_AFTER_MS = 10_000
"""A pointer that lies still for so long does not keep the tiles from being sorted."""
_TILES = "application/x-manara-tiles"


class TileView(QListView):
    """Shows tiles in columns that fill the width."""

    service_opened = Signal(str)
    """The user wants to see more of this service."""
    pointed = Signal()
    """The keys are about another tile, or about none before."""

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
        self._drop_row: int | None = None
        self.setFrameShape(QListView.Shape.NoFrame)
        # Tiles are cards on the paper of the window.
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName(tr("Services"))
        self.set_density(TileSize.ROOMY)
        self.activated.connect(self._open)
        self._repaint = QTimer(self, interval=REPAINT_EVERY_MS)
        self._repaint.timeout.connect(self.viewport().update)
        self._rest = QTimer(self, singleShot=True, interval=REST_AFTER_MS)
        self._rest.timeout.connect(model.release)
        model.grouping_changed.connect(self._take_grouping)
        model.rowsInserted.connect(self._point)
        self.selectionModel().currentChanged.connect(self.pointed)

    @property
    def density(self) -> TileSize:
        """How much room a tile takes."""
        return self._painter.density

    def set_density(self, density: TileSize) -> None:
        """Give tiles more room or less."""
        self._painter.density = density
        in_a_list = density is TileSize.LIST
        self.setViewMode(QListView.ViewMode.ListMode if in_a_list else QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # Qt's own way moves the picture of a tile only, not its place in the order.
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self._fit()

    def selected(self) -> tuple[str, ...]:
        """Return the ids of the selected services, in the order in which they are shown."""
        rows = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return tuple(tile.service.id for index in rows if isinstance(tile := index.data(TILE_ROLE), Tile))

    def focused(self) -> tuple[str, ...]:
        """Return the id of the service that the keys are about, selected or not; nothing while they go elsewhere."""
        tile = self.currentIndex().data(TILE_ROLE) if self.hasFocus() else None
        return (tile.service.id,) if isinstance(tile, Tile) else ()

    def show_service(self, service_id: str) -> None:
        """Select a service and bring it into view."""
        index = self._tiles.index_of(service_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Let the keys be about a tile from the beginning."""
        super().focusInEvent(event)
        self._point()
        self.pointed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open by Return, for which not every style sends `activated`; move what is selected by Alt and an arrow."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self._tiles.shift(self.selected(), steps[Qt.Key(event.key())])
            self.scrollTo(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the new width."""
        self._fit()
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the order while the pointer is in use here."""
        self._hold()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Sort again."""
        self._rest.stop()
        self._tiles.release()
        super().leaveEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Let the user carry the selected tiles to another place."""
        drag = QDrag(self)
        tiles = QMimeData()
        tiles.setData(_TILES, b"")
        drag.setMimeData(tiles)
        drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take tiles of this grid and nothing else."""
        if event.source() is self and event.mimeData().hasFormat(_TILES):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the tiles would go, and scroll at the edges."""
        self._show_drop(self._row_at(event.position().toPoint()))
        self._scroll_towards(event.position().toPoint().y())
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Forget where they would have gone."""
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Put the selected tiles where they were dropped."""
        self._show_drop(None)
        self._tiles.move(self.selected(), self._row_at(event.position().toPoint()))
        event.acceptProposedAction()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the tiles, and a line where dragged ones would go."""
        # Once for all tiles of a frame.
        self._painter.strong = wants_high_contrast()
        super().paintEvent(event)
        if self._drop_row is None:
            return
        painter = QPainter(self.viewport())
        painter.fillRect(self._drop_line(self._drop_row), theme_of(self.palette()).focus)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Repaint only what can be seen."""
        self._repaint.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while nothing can be seen."""
        self._repaint.stop()
        self._rest.stop()
        self._tiles.release()
        self._painter.forget_pictures()
        super().hideEvent(event)

    def _fit(self) -> None:
        # Qt keeps room for the scroll bar whether it is there or not; so do the tiles, and stay where they are.
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        self._painter.fit(room, self.fontMetrics().height())
        self.scheduleDelayedItemsLayout()

    @Slot()
    def _point(self) -> None:
        """Give the focus to the first tile where none has it."""
        if not self.hasFocus() or self.currentIndex().isValid():
            return
        rows = map(self._tiles.index, range(self._tiles.rowCount()))
        first = next((index for index in rows if isinstance(index.data(TILE_ROLE), Tile)), QModelIndex())
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    @Slot()
    def _take_grouping(self) -> None:
        # With headings among them, each row is asked for its size.
        self.setUniformItemSizes(not self._tiles.grouped)

    def _hold(self) -> None:
        self._tiles.held = True
        self._rest.start()

    def _row_at(self, where: QPoint) -> int:
        """Return before which row something is dropped at a place."""
        index = self.indexAt(where)
        if not index.isValid():
            return self._tiles.rowCount()
        tile = self.visualRect(index)
        if self.viewMode() is QListView.ViewMode.ListMode:
            behind = where.y() > tile.center().y()
        else:
            behind = (where.x() > tile.center().x()) is not self.isRightToLeft()
        return index.row() + behind

    def _drop_line(self, row: int) -> QRect:
        """Return the line before a row, or behind the last one."""
        last = self._tiles.rowCount() - 1
        tile = self.visualRect(self._tiles.index(min(row, last)))
        behind = row > last
        if self.viewMode() is QListView.ViewMode.ListMode:
            return QRect(tile.left(), (tile.bottom() if behind else tile.top()) - 1, tile.width(), 3)
        at_right = behind is not self.isRightToLeft()
        return QRect((tile.right() if at_right else tile.left()) - 1, tile.top(), 3, tile.height())

    def _show_drop(self, row: int | None) -> None:
        self._drop_row = row
        self.viewport().update()

    def _scroll_towards(self, y: int) -> None:
        margin, bar = self.fontMetrics().height() * 2, self.verticalScrollBar()
        if y < margin:
            bar.setValue(bar.value() - margin)
        elif y > self.viewport().height() - margin:
            bar.setValue(bar.value() + margin)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        tile = index.data(TILE_ROLE)
        if isinstance(tile, Tile):
            self.service_opened.emit(tile.service.id)
