"""The window: the grid of services, and beside it the one that was opened."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from manara.model import Event, ServicesChanged
from manara.ui.filter_bar import FilterBar
from manara.ui.grid import TileView
from manara.ui.overview import Overview
from manara.ui.service_page import ServicePage
from manara.ui.tile import Choice, Tile
from manara.ui.tile_delegate import Density
from manara.ui.tile_model import TileModel
from manara.wording import Translator


class Commands(Protocol):
    """What the window can ask of the monitor; none of it may wait."""

    def check_now(self, service_ids: Sequence[str]) -> None:
        """Look at these services at once."""


class Window(QMainWindow):
    """Shows what it is told and passes wishes on."""

    hidden_by_user = Signal()
    """The user has closed the window."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], commands: Commands) -> None:
        super().__init__()
        self._tr = tr
        self._now = now
        self._commands = commands
        # Qt adds the name of the program to every title.
        self.setWindowTitle(tr("Services"))
        self.tiles = TileModel(tr, now, self)
        self.grid = TileView(self.tiles, tr, now)
        self.filters = FilterBar(tr)
        self.page = ServicePage(tr, now)
        self._empty = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._middle = QStackedWidget()
        self._overview = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._freshness = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._lay_out()
        self._connect()
        self._show_whether_empty()

    def take(self, events: Sequence[Event]) -> None:
        """Show what happened."""
        self.tiles.take(events)
        for event in events:
            if isinstance(event, ServicesChanged):
                self.filters.offer_tags({tag for service in event.services for tag in service.tags})
                self.grid.setAccessibleDescription(self._tr("{n} services").format(n=len(event.services)))
        self._show_whether_empty()
        self._refresh_page()

    def show_overview(self, seen: Overview) -> None:
        """Show how everything is together, in the status bar."""
        self._overview.setText(seen.summary)
        self._freshness.setText(seen.freshness)

    def open_service(self, service_id: str) -> None:
        """Show one service in full."""
        tile = self.tiles.tile(service_id)
        if tile is not None:
            self.page.show_tile(tile)
            self.page.show()
            self.grid.show_service(service_id)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the user does not want to see the window."""
        super().closeEvent(event)
        self.hidden_by_user.emit()

    def _lay_out(self) -> None:
        self._middle.addWidget(self.grid)
        self._middle.addWidget(self._empty)
        side_by_side = QSplitter(childrenCollapsible=False)
        side_by_side.addWidget(self._middle)
        side_by_side.addWidget(self.page)
        side_by_side.setStretchFactor(0, 1)
        self.page.hide()
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filters)
        layout.addWidget(side_by_side, stretch=1)
        self.setCentralWidget(whole)
        self.statusBar().addWidget(self._overview, 1)
        self.statusBar().addPermanentWidget(self._freshness)
        em = self.fontMetrics().height()
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(em * 62, round(room.width() * 0.9)), min(em * 42, round(room.height() * 0.9)))

    def _connect(self) -> None:
        self.filters.chosen.connect(self._choose)
        self.filters.density_chosen.connect(self._set_density)
        self.grid.service_opened.connect(self.open_service)
        self.page.closed.connect(self._close_page)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._offer)
        for key, slot in (
            (QKeySequence(Qt.Key.Key_F5), self.check_selected),
            (QKeySequence("Ctrl+R"), self.check_selected),
            (QKeySequence("Shift+F5"), self.check_all),
            (QKeySequence(Qt.Key.Key_Escape), self._step_back),
        ):
            QShortcut(key, self).activated.connect(slot)

    @Slot()
    def check_selected(self) -> None:
        """Look at the selected services at once; at all of them when none is selected."""
        self._commands.check_now(self.grid.selected() or [tile.service.id for tile in self.tiles.tiles])

    @Slot()
    def check_all(self) -> None:
        """Look at all services at once."""
        self._commands.check_now([tile.service.id for tile in self.tiles.tiles])

    @Slot()
    def copy_details(self) -> None:
        """Put a line about each selected service on the clipboard."""
        chosen = [tile for service_id in self.grid.selected() if (tile := self.tiles.tile(service_id))]
        lines = [f"{tile.name}: {tile.sentence(self._tr, self._now())}" for tile in chosen]
        QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot(object)
    def _choose(self, choice: Choice) -> None:
        self.tiles.choose(choice)
        self._show_whether_empty()

    @Slot(object)
    def _set_density(self, density: Density) -> None:
        self.grid.set_density(density)

    @Slot(QPoint)
    def _offer(self, where: QPoint) -> None:
        chosen = self.grid.selected()
        if not chosen:
            return
        tr = self._tr
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Details")).triggered.connect(self._open_first_selected)
        menu.addAction(tr("Check now")).triggered.connect(self.check_selected)
        menu.addAction(tr("Copy details")).triggered.connect(self.copy_details)
        tile = self.tiles.tile(chosen[0])
        if len(chosen) == 1 and tile is not None and site_of(tile):
            menu.addAction(tr("Open the site")).triggered.connect(self._open_site)
        menu.popup(self.grid.viewport().mapToGlobal(where))

    @Slot()
    def _open_first_selected(self) -> None:
        for service_id in self.grid.selected()[:1]:
            self.open_service(service_id)

    @Slot()
    def _open_site(self) -> None:
        for service_id in self.grid.selected()[:1]:
            tile = self.tiles.tile(service_id)
            if tile is not None:
                QDesktopServices.openUrl(QUrl(site_of(tile)))

    @Slot()
    def _close_page(self) -> None:
        self.page.hide()
        self.grid.setFocus()

    @Slot()
    def _step_back(self) -> None:
        """Close the page, else drop the search, else hide the window."""
        if self.page.isVisible():
            self._close_page()
        elif not self.filters.clear_search():
            self.close()

    def _refresh_page(self) -> None:
        if self.page.isVisible():
            tile = self.tiles.tile(self.page.service_id)
            if tile is None:
                self._close_page()
            else:
                self.page.refresh()

    def _show_whether_empty(self) -> None:
        tr = self._tr
        if not self.tiles.tiles:
            self._empty.setText(tr("Nothing is watched yet.\nAdd a service: manara services add https://example.org/"))
        else:
            self._empty.setText(tr("No service is like this."))
        self._middle.setCurrentWidget(self.grid if self.tiles.rowCount() else self._empty)


def site_of(tile: Tile) -> str:
    """Return the address of the first check that has one a browser can open; nothing if none has."""
    targets = (check.target for check in tile.service.checks)
    return next((target for target in targets if target.startswith(("http://", "https://"))), "")
