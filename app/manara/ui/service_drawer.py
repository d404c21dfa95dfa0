"""The place beside the tiles where a service is shown in full. Its page is made when it is first opened."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from manara.loading import load
from manara.ui.tile import Tile
from manara.wording import Translator

if TYPE_CHECKING:
    from manara.ui.service_page import ServicePage


class ServiceDrawer(QWidget):
    """Shows the page of one service, or is hidden."""

    made = Signal(object)
    """There is a page now: a `ServicePage`."""
    closed = Signal()
    """The user has seen enough."""
    history_wished = Signal(str)
    """The user wants to see the past of this service."""
    incident_wished = Signal(str)
    """The user wants to see the incident that this service is in."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._page: ServicePage | None = None
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def page(self) -> "ServicePage":
        """The page. Many a day nobody wants to see one, and the window is there sooner without."""
        if self._page is None:
            self._page = self._make()
        return self._page

    @property
    def service_id(self) -> str:
        """The id of the service that was opened last, shown or not; empty for none."""
        return "" if self._page is None else self._page.service_id

    @property
    def shown_id(self) -> str:
        """The id of the service that is shown; empty while none is."""
        return self.service_id if self.isVisible() else ""

    def open(self, tile: Tile, incident_id: str) -> None:
        """Show a service in full, and offer the incident it is in; none where that is empty."""
        self.page.show_tile(tile)
        self.page.tell_incident(incident_id)
        self.show()

    def refresh(self, incident_id: str) -> None:
        """Show the service that is shown as it is now."""
        self.page.tell_incident(incident_id)
        self.page.refresh()

    def _make(self) -> "ServicePage":
        page: ServicePage = load("manara.ui.service_page:ServicePage")(self._tr, self._now)
        page.closed.connect(self.closed)
        page.history_wished.connect(self.history_wished)
        page.incident_wished.connect(self.incident_wished)
        self._room.addWidget(page)
        self.made.emit(page)
        return page
