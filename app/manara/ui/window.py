"""The window: the grid of services, and beside it the one that was opened."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QPoint, Qt, QUrl, Signal, SignalInstance, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from manara.model import Event, ServicesChanged, TileSize, Transitioned
from manara.ui.editor.undo_bar import UndoBar
from manara.ui.empty import Empty
from manara.ui.filter_bar import FilterBar
from manara.ui.grid import TileView
from manara.ui.incidents.banner import Banner
from manara.ui.overview import Overview
from manara.ui.plain import isolated, tooltip
from manara.ui.refused_bar import RefusedBar
from manara.ui.service_actions import ServiceActions, ServiceWishes
from manara.ui.service_drawer import ServiceDrawer
from manara.ui.silence_menu import SilenceMenu
from manara.ui.tile import Choice, Tile
from manara.ui.tile_model import TileModel
from manara.wording import Translator

_NARROW_EM = 40
"""Below so many line heights, the page takes the place of the tiles."""


class Commands(Protocol):
    """What the window can ask of the monitor; none of it may wait."""

    def check_now(self, service_ids: Iterable[str]) -> None:
        """Look at these services at once."""

    def acknowledge(self, service_ids: Iterable[str]) -> None:
        """Tell nothing of these services until they are well again."""

    def unacknowledge(self, service_ids: Iterable[str]) -> None:
        """Tell of these services again."""

    def undo(self, undo: Any) -> Future[None]:
        """Take a change of the settings back."""


class Window(QMainWindow):
    """Shows what it is told and passes wishes on."""

    hidden_by_user = Signal()
    """The user has closed the window."""
    order_changed = Signal(list)
    """The user has put the services into another order: their ids."""
    history_wished = Signal(str)
    """The user wants to see the past of this service; of none in particular where it is empty."""
    incident_wished = Signal(str)
    """The user wants to see this incident; the list of all where it is empty."""
    leave_wished = Signal()
    """The user wants to end the program."""
    preferences_wished = Signal()
    """The user wants to choose how the program works."""
    choosing_wished = Signal()
    """The user wants to choose services from the catalogue, or paste addresses."""
    add_wished = Signal()
    """The user wants to describe one service more."""
    import_wished = Signal()
    """The user wants to bring services along from another program."""
    export_wished = Signal()
    """The user wants to write the services into a file."""
    edit_wished = Signal(list)
    """The user wants to change services: their ids."""
    remove_wished = Signal(dict)
    """The user does not want to watch services any more: their names by their ids."""
    pause_wished = Signal(dict)
    """The user wants services to be left alone for now: their names by their ids."""
    resume_wished = Signal(dict)
    """The user wants services to be watched again: their names by their ids."""

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
        self.drawer = ServiceDrawer(tr, now)
        self.banner = Banner(tr, now)
        self._empty = Empty(tr)
        self._middle = QStackedWidget()
        self._overview = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._freshness = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.bar = UndoBar(tr, commands.undo)
        self.refused = RefusedBar(tr)
        self.addAction(self.bar.action)
        self._actions = ServiceActions(tr, self._chosen, self._wishes(), self.banner.board.incident_of, self)
        self._lay_out()
        self._connect()
        self._show_whether_empty()

    def take(self, events: Sequence[Event]) -> None:
        """Show what happened."""
        self.tiles.take(events)
        self.refused.take(events)
        self.banner.take(events)
        for event in events:
            if isinstance(event, ServicesChanged):
                self.filters.offer(event.services)
                self.grid.setAccessibleDescription(self._tr("{n} services").format(n=len(event.services)))
        self._show_whether_empty()
        self._refresh_page()
        if self.drawer.shown_id in _changed(events):
            self.drawer.page.remember()
        self._actions.refresh()

    def show_overview(self, seen: Overview) -> None:
        """Show how everything is together, in the status bar; what is wrong with our own connection, above all."""
        self.banner.show_overview(seen)
        self._overview.setText(isolated(seen.summary))
        self._overview.setToolTip(tooltip(*seen.lines))
        self._freshness.setText(isolated(seen.freshness))
        self._freshness.setToolTip(tooltip(seen.freshness))

    def open_service(self, service_id: str) -> None:
        """Show one service in full."""
        tile = self.tiles.tile(service_id)
        if tile is not None:
            self.drawer.open(tile, self.banner.board.incident_of(service_id))
            self._share_room()
            self.grid.show_service(service_id)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show grid and page side by side where there is room for both."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        narrow = self.width() < self.fontMetrics().height() * _NARROW_EM
        self._middle.setVisible(not narrow or self.drawer.isHidden())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the user does not want to see the window."""
        super().closeEvent(event)
        self.hidden_by_user.emit()

    def fill_menu_bar(self, silence: SilenceMenu) -> None:
        """Put everything that can be done into the menu bar."""
        tr = self._tr
        program = self.menuBar().addMenu(tr("&Manara"))
        check = program.addAction(tr("Check all now"))
        check.triggered.connect(self.check_all)
        history = program.addAction(tr("History"))
        history.triggered.connect(lambda _checked: self.history_wished.emit(""))
        incidents = program.addAction(tr("Incidents"))
        incidents.setShortcut(QKeySequence("Ctrl+Shift+I"))
        incidents.triggered.connect(lambda _checked: self.incident_wished.emit(""))
        program.addMenu(silence)
        program.addSeparator()
        for text, key, wish in (
            (tr("Choose services…"), "Ctrl+Shift+N", self.choosing_wished),
            (tr("Add a service…"), "Ctrl+N", self.add_wished),
            (tr("Import…"), "", self.import_wished),
            (tr("Export…"), "", self.export_wished),
            (tr("Preferences…"), "Ctrl+,", self.preferences_wished),
        ):
            action = program.addAction(text)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(partial(_emit, wish))
        program.addAction(self.bar.action)
        program.addSeparator()
        leave = program.addAction(tr("Quit"))
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.triggered.connect(lambda _checked: self.leave_wished.emit())
        self._actions.fill(self.menuBar().addMenu(tr("&Service")))

    def _wishes(self) -> ServiceWishes:
        return ServiceWishes(
            open_page=self.open_service,
            open_history=self.history_wished.emit,
            open_incident=self._open_incident,
            open_site=self._open_site,
            check_now=self._commands.check_now,
            copy=self._copy,
            acknowledge=self._commands.acknowledge,
            unacknowledge=self._commands.unacknowledge,
            pause=lambda service_ids: self.pause_wished.emit(self._names(service_ids)),
            resume=lambda service_ids: self.resume_wished.emit(self._names(service_ids)),
            edit=lambda service_ids: self.edit_wished.emit(list(service_ids)),
            remove=lambda service_ids: self.remove_wished.emit(self._names(service_ids)),
        )

    def _lay_out(self) -> None:
        self._middle.addWidget(self.grid)
        self._middle.addWidget(self._empty)
        side_by_side = QSplitter(childrenCollapsible=False)
        side_by_side.addWidget(self._middle)
        side_by_side.addWidget(self.drawer)
        side_by_side.setStretchFactor(0, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.refused)
        layout.addWidget(self.banner)
        layout.addWidget(self.filters)
        layout.addWidget(side_by_side, stretch=1)
        layout.addWidget(self.bar)
        self.setCentralWidget(whole)
        self.statusBar().addWidget(self._overview, 1)
        self.statusBar().addPermanentWidget(self._freshness)
        em = self.fontMetrics().height()
        self._overview.setContentsMargins(em // 2, 0, em // 2, 0)
        self.grid.setFocus()
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(em * 62, round(room.width() * 0.9)), min(em * 42, round(room.height() * 0.9)))

    def _connect(self) -> None:
        self._empty.choosing_wished.connect(self.choosing_wished)
        self._empty.add_wished.connect(self.add_wished)
        self.filters.chosen.connect(self._choose)
        self.filters.density_chosen.connect(self._set_density)
        self.filters.search_ended.connect(self.grid.setFocus)
        self.tiles.order_changed.connect(self.order_changed)
        self.grid.service_opened.connect(self.open_service)
        self.grid.selectionModel().selectionChanged.connect(self._actions.refresh)
        self.grid.pointed.connect(self._actions.refresh)
        self.drawer.closed.connect(self._close_page)
        self.drawer.history_wished.connect(self.history_wished)
        self.drawer.incident_wished.connect(self._open_incident)
        self.banner.incident_wished.connect(self.incident_wished)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._offer)
        for key, slot in (
            (QKeySequence(Qt.Key.Key_F5), self.check_selected),
            (QKeySequence("Ctrl+R"), self.check_selected),
            (QKeySequence("Shift+F5"), self.check_all),
            (QKeySequence(Qt.Key.Key_Escape), self._step_back),
        ):
            QShortcut(key, self).activated.connect(slot)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.grid)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy_details)

    @Slot()
    def check_selected(self) -> None:
        """Look at the selected services at once, else at the one that is shown in full, else at all of them."""
        shown = [self.drawer.shown_id] if self.drawer.shown_id else []
        self._commands.check_now(self.grid.selected() or shown or [tile.service.id for tile in self.tiles.tiles])

    @Slot()
    def check_all(self) -> None:
        """Look at all services at once."""
        self._commands.check_now([tile.service.id for tile in self.tiles.tiles])

    @Slot()
    def copy_details(self) -> None:
        """Put a line about each selected service on the clipboard."""
        self._copy(self.grid.selected())

    def _copy(self, service_ids: Sequence[str]) -> None:
        chosen = [tile for service_id in service_ids if (tile := self.tiles.tile(service_id))]
        lines = [f"{tile.name}: {tile.sentence(self._tr, self._now())}" for tile in chosen]
        QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot(object)
    def _choose(self, choice: Choice) -> None:
        self.tiles.choose(choice)
        self._show_whether_empty()

    @Slot(object)
    def _set_density(self, density: TileSize) -> None:
        self.grid.set_density(density)

    @Slot(QPoint)
    def _offer(self, where: QPoint) -> None:
        if self.grid.selected():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._actions.fill(menu)
            menu.popup(self.grid.viewport().mapToGlobal(where))

    def _chosen(self) -> list[Tile]:
        """Return what the actions are about: the selected tiles, else the one shown in full, else the focused one."""
        shown = (self.drawer.shown_id,) if self.drawer.shown_id else ()
        ids = self.grid.selected() or shown or self.grid.focused()
        return [tile for service_id in ids if (tile := self.tiles.tile(service_id))]

    def _open_site(self, service_id: str) -> None:
        tile = self.tiles.tile(service_id)
        if tile is not None:
            QDesktopServices.openUrl(QUrl(tile.site))

    @Slot(str)
    def _open_incident(self, service_id: str) -> None:
        incident_id = self.banner.board.incident_of(service_id)
        if incident_id:
            self.incident_wished.emit(incident_id)

    def _names(self, service_ids: Iterable[str]) -> dict[str, str]:
        tiles = (self.tiles.tile(service_id) for service_id in service_ids)
        return {tile.service.id: tile.name for tile in tiles if tile is not None}

    @Slot()
    def _close_page(self) -> None:
        # Who types a search goes on typing.
        had_focus = self.drawer.isAncestorOf(self.focusWidget())
        self.drawer.hide()
        self._share_room()
        if had_focus:
            self.grid.setFocus()

    @Slot()
    def _step_back(self) -> None:
        """Close the page, else drop the search, else hide the window."""
        if self.drawer.isVisible():
            self._close_page()
        elif not self.filters.clear_search():
            self.close()

    def _refresh_page(self) -> None:
        shown = self.drawer.shown_id
        if shown and self.tiles.tile(shown) is None:
            self._close_page()
        elif shown:
            self.drawer.refresh(self.banner.board.incident_of(shown))

    def _show_whether_empty(self) -> None:
        self._empty.tell(anything_watched=bool(self.tiles.tiles))
        self._middle.setCurrentWidget(self.grid if self.tiles.rowCount() else self._empty)


def _changed(events: Iterable[Event]) -> set[str]:
    """Return the ids of the services of which something else is believed now."""
    return {event.transition.service_id for event in events if isinstance(event, Transitioned)}


def _emit(signal: SignalInstance, _checked: object = None) -> None:
    signal.emit()
