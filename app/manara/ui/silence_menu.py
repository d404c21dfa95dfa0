"""The menu in which notifications are paused: for a while, until tomorrow, or until the user says so."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from manara.model import Silence
from manara.wording import Translator, moment

TOMORROW_AT = time(8)
"""When the day begins on which somebody wants to be told again."""


class SilenceMenu(QMenu):
    """Offers pauses, and the end of the one that holds; tells in its title which one does."""

    def __init__(
        self,
        tr: Translator,
        now: Callable[[], datetime],
        pause: Callable[[datetime | None], object],
        resume: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._pause = pause
        self._add(tr("For {n} minutes").format(n=30), lambda: now() + timedelta(minutes=30))
        self._add(tr("For {n} hour").format(n=1), lambda: now() + timedelta(hours=1))
        self._add(tr("Until tomorrow"), lambda: tomorrow(now()))
        self._add(tr("Until I resume them"), lambda: None)
        self.addSeparator()
        self._resume = self.addAction(tr("Resume notifications"))
        self._resume.triggered.connect(lambda _checked: resume())
        self.show_silence(Silence())

    def show_silence(self, silence: Silence) -> None:
        """Tell whether notifications are paused, and until when."""
        tr = self._tr
        self._resume.setEnabled(silence.paused)
        if not silence.paused:
            self.setTitle(tr("Pause notifications"))
        elif silence.paused_until is None:
            self.setTitle(tr("Notifications are paused"))
        else:
            until = moment(tr, silence.paused_until, self._now())
            self.setTitle(tr("Notifications are paused until {moment}").format(moment=until))

    def _add(self, text: str, until: Callable[[], datetime | None]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(lambda _checked: self._pause(until()))
        return action


def tomorrow(now: datetime) -> datetime:
    """Return the moment at which the next day begins for people, in the time zone of `now`."""
    return datetime.combine(now.date() + timedelta(days=1), TOMORROW_AT, now.tzinfo)
