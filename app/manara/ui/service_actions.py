"""What can be done with the selected services: the same actions in the menu bar, in the context menu and by keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from manara.model import Verdict
from manara.ui.tile import Tile
from manara.wording import Translator

_TROUBLE = (Verdict.DOWN, Verdict.DEGRADED)


@dataclass(frozen=True, slots=True)
class ServiceWishes:
    """What happens when something is wished of services, given their ids."""

    open_page: Callable[[str], object]
    open_history: Callable[[str], object]
    open_incident: Callable[[str], object]
    open_site: Callable[[str], object]
    check_now: Callable[[Sequence[str]], object]
    copy: Callable[[Sequence[str]], object]
    acknowledge: Callable[[Sequence[str]], object]
    unacknowledge: Callable[[Sequence[str]], object]
    pause: Callable[[Sequence[str]], object]
    resume: Callable[[Sequence[str]], object]
    edit: Callable[[Sequence[str]], object]
    remove: Callable[[Sequence[str]], object]


class ServiceActions(QObject):
    """Actions on whatever tiles are chosen at the moment; what makes no sense for them cannot be chosen."""

    def __init__(
        self,
        tr: Translator,
        chosen: Callable[[], Sequence[Tile]],
        wishes: ServiceWishes,
        incident_of: Callable[[str], str],
        window: QWidget,
    ) -> None:
        """`incident_of` returns the incident that a service is in, empty for none."""
        super().__init__(window)
        self._chosen = chosen
        self._incident_of = incident_of
        self._details = self._for_one(tr("Details"), wishes.open_page)
        self._history = self._for_one(tr("History"), wishes.open_history, "Ctrl+H")
        self._incident = self._for_one(tr("Incident"), wishes.open_incident, "Ctrl+I")
        self._site = self._for_one(tr("Open the site"), wishes.open_site)
        self._check = self._for_all(tr("Check now"), wishes.check_now)
        self._copy = self._for_all(tr("Copy details"), wishes.copy)
        self._acknowledge = self._for_all(tr("Acknowledge"), wishes.acknowledge, "Ctrl+K")
        self._unacknowledge = self._for_all(tr("Tell me about it again"), wishes.unacknowledge)
        self._pause = self._for_all(tr("Pause"), wishes.pause, "Ctrl+P")
        self._resume = self._for_all(tr("Resume"), wishes.resume)
        self._edit = self._for_all(tr("Edit"), wishes.edit, "Ctrl+E")
        self._remove = self._for_all(tr("Remove"), wishes.remove, "Del")
        window.addActions([self._history, self._incident, self._acknowledge, self._pause, self._edit, self._remove])

    def fill(self, menu: QMenu) -> None:
        """Put the actions into a menu; it is brought up to date whenever it is about to be shown."""
        menu.addActions([self._details, self._history, self._incident, self._check])
        menu.addSeparator()
        menu.addActions([self._acknowledge, self._unacknowledge, self._pause, self._resume])
        menu.addSeparator()
        menu.addActions([self._edit, self._remove])
        menu.addSeparator()
        menu.addActions([self._copy, self._site])
        menu.aboutToShow.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Offer what makes sense for the chosen tiles."""
        tiles = self._chosen()
        for action in (self._check, self._copy, self._edit, self._remove):
            action.setEnabled(bool(tiles))
        for action in (self._details, self._history):
            action.setEnabled(len(tiles) == 1)
        self._incident.setEnabled(len(tiles) == 1 and bool(self._incident_of(tiles[0].service.id)))
        self._site.setVisible(len(tiles) == 1 and bool(tiles[0].site))
        acknowledged = any(tile.acknowledged for tile in tiles)
        in_trouble = any(tile.state.verdict in _TROUBLE and not tile.acknowledged for tile in tiles)
        self._acknowledge.setEnabled(in_trouble)
        self._unacknowledge.setVisible(acknowledged)
        self._pause.setEnabled(any(not tile.service.paused for tile in tiles))
        self._resume.setVisible(any(tile.service.paused for tile in tiles))

    def _for_one(self, text: str, wish: Callable[[str], object], key: str = "") -> QAction:
        def do(ids: Sequence[str]) -> None:
            wish(ids[0])

        return self._for_all(text, do, key)

    def _for_all(self, text: str, wish: Callable[[Sequence[str]], object], key: str = "") -> QAction:
        action = QAction(text, self)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(partial(self._do, wish))
        return action

    def _do(self, wish: Callable[[Sequence[str]], object], _checked: object = None) -> None:
        ids = [tile.service.id for tile in self._chosen()]
        if ids:
            wish(ids)
