"""The icon in the system tray: one small picture that tells the truth, and a menu from which everything is reached.

A host for it may come late, at login, or go and come back. An icon that was made before there was a host is never
shown by some of them, so it is made when a host appears, and made anew when one appears again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from manara.monitor import Snapshot
from manara.ui.overview import Overview, worst_first
from manara.ui.silence_menu import SilenceMenu
from manara.ui.theme import theme_of
from manara.ui.tray_icon import tray_icon
from manara.wording import Translator, one_line, service_sentence

LOOK_FOR_HOST_MS = 2000
WORST_LISTED = 5
_LONGEST_LINE = 80


@dataclass(frozen=True, slots=True)
class Wishes:
    """What can be wished from the tray."""

    open_window: Callable[[], object]
    open_service: Callable[[str], object]
    check_now: Callable[[], object]
    open_history: Callable[[], object]
    open_preferences: Callable[[], object]
    leave: Callable[[], object]


class Tray(QObject):
    """The icon and its menu, as long as there is a host for them."""

    host_changed = Signal(bool)
    """A host for the icon has appeared, or is gone."""
    message_clicked = Signal()
    """The user has clicked the message that `show_message` showed last."""

    def __init__(
        self,
        tr: Translator,
        wishes: Wishes,
        palette: Callable[[], QPalette],
        silence: SilenceMenu,
        host_is_there: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__()
        self._host_is_there = host_is_there
        self._tr = tr
        self._wishes = wishes
        self._palette = palette
        self._silence = silence
        self._icon: QSystemTrayIcon | None = None
        self._menu = QMenu()
        self._summary = self._menu.addAction("")
        self._worst = [self._menu.addAction("") for _ in range(WORST_LISTED)]
        self._service_ids: list[str] = []
        self._drawn: object = None
        self._tip = ""
        self._fill_menu()
        self._search = QTimer(self, interval=LOOK_FOR_HOST_MS)
        self._search.timeout.connect(self.look_for_host)

    @property
    def shown(self) -> bool:
        """Whether there is an icon in a host."""
        return self._icon is not None

    @property
    def has_place(self) -> bool:
        """Whether Qt draws the icon itself and knows where; a StatusNotifier host draws it and does not tell."""
        return self._icon is not None and not self._icon.geometry().isEmpty()

    def start(self) -> None:
        """Show the icon as soon as there is a host."""
        self.look_for_host()
        self._search.start()

    def stop(self) -> None:
        """Take the icon away."""
        self._search.stop()
        self._remove()

    @Slot()
    def look_for_host(self) -> None:
        """Make the icon if a host has appeared; drop it if the host is gone."""
        there = self._host_is_there()
        if there == self.shown:
            return
        if there:
            self._icon = QSystemTrayIcon(self)
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(self.message_clicked)
            self._icon.setContextMenu(self._menu)
            self._drawn, self._tip = None, ""
        else:
            self._remove()
        self.host_changed.emit(there)

    def show_message(self, title: str, text: str, *, quiet: bool) -> bool:
        """Show a message at the icon; return whether there is one."""
        if self._icon is None:
            return False
        kind = QSystemTrayIcon.MessageIcon.Information if quiet else QSystemTrayIcon.MessageIcon.Warning
        self._icon.showMessage(title, text, kind)
        return True

    def show_overview(self, seen: Overview, snapshot: Snapshot, now: datetime) -> None:
        """Show how everything is; what did not change is left alone, since a host fetches every picture anew."""
        self._tell_in_menu(seen, snapshot, now)
        if self._icon is None:
            return
        palette = self._palette()
        drawn = (seen.mark, seen.count, palette.cacheKey())
        if drawn != self._drawn:
            self._drawn = drawn
            self._icon.setIcon(tray_icon(seen.mark, seen.count, theme_of(palette), self._tr.number))
            self._icon.show()
        tip = "\n".join(seen.lines)
        if tip != self._tip:
            self._tip = tip
            self._icon.setToolTip(tip)

    def _fill_menu(self) -> None:
        tr, wishes = self._tr, self._wishes
        font = self._summary.font()
        font.setBold(True)
        self._summary.setFont(font)
        # A menu tells whether an action is checked, too; wishes do not ask for that.
        self._summary.triggered.connect(lambda _checked: wishes.open_window())
        for position, action in enumerate(self._worst):
            action.triggered.connect(partial(self._open_worst, position))
        self._menu.addSeparator()
        self._add(tr("Open Manara"), wishes.open_window)
        self._add(tr("History"), wishes.open_history)
        self._add(tr("Check all now"), wishes.check_now)
        self._menu.addMenu(self._silence)
        self._add(tr("Preferences"), wishes.open_preferences)
        self._menu.addSeparator()
        self._add(tr("Quit"), wishes.leave)

    def _add(self, text: str, wish: Callable[[], object]) -> QAction:
        action = self._menu.addAction(text)
        action.triggered.connect(lambda _checked: wish())
        return action

    def _tell_in_menu(self, seen: Overview, snapshot: Snapshot, now: datetime) -> None:
        self._summary.setText(_plain(seen.summary))
        worst = worst_first(snapshot)[:WORST_LISTED]
        self._service_ids = [service.id for service, _ in worst]
        for position, action in enumerate(self._worst):
            action.setVisible(position < len(worst))
            if position < len(worst):
                service, state = worst[position]
                text = f"{one_line(service.name)}: {service_sentence(self._tr, service, state, now)}"
                action.setText(_plain(one_line(text, _LONGEST_LINE)))

    def _open_worst(self, position: int) -> None:
        if position < len(self._service_ids):
            self._wishes.open_service(self._service_ids[position])

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._wishes.open_window()
        elif reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self._wishes.check_now()

    def _remove(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None


def _plain(text: str) -> str:
    """Return a text for a menu, in which an ampersand would mark a key."""
    return text.replace("&", "&&")
