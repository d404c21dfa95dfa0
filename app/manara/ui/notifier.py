"""Shows notices the system's way, and passes on what the user wishes in answer to one.

Where no way to show one works, nothing is shown: the window and its marks tell the same.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from manara.model import Event, Notice, Noticed, NoticeKind
from manara.ui.bubble import DEFAULT_ACTION, Bubble, BubbleWay
from manara.wording import Translator
from manara.wording.alerts import notice_text, notice_title

SNOOZE = timedelta(hours=1)
EXAMPLE = -1
"""The number of the bubble that is shown as an example; notices have others."""
REMEMBERED = 200
"""Of so many notices it is known what an answer to them means."""
_ACKNOWLEDGE = "acknowledge"
_SNOOZE = "snooze"
_SIGN_IN = "sign-in"

_CATEGORIES = {
    NoticeKind.DOWN: "network.error",
    NoticeKind.UNSTABLE: "network.error",
    NoticeKind.DEGRADED: "network.error",
    NoticeKind.OFFLINE: "network.disconnected",
    NoticeKind.SIGN_IN_WANTED: "network.disconnected",
    NoticeKind.UP_AGAIN: "network.connected",
    NoticeKind.STABLE_AGAIN: "network.connected",
    NoticeKind.ONLINE: "network.connected",
}


def open_in_browser(url: str) -> None:
    """Open a web page the system's way; nothing else is opened, whatever a network says."""
    if url.startswith(("http://", "https://")):
        QDesktopServices.openUrl(QUrl(url))


class Notifier(QObject):
    """Shows notices by the first of some ways that works."""

    open_wished = Signal(list, str)
    """The ids of the services to show (none: just the window), and a token for the right to raise a window."""
    acknowledge_wished = Signal(list)
    """The ids of the services of whose trouble the user knows now."""
    snooze_wished = Signal(object)
    """A `timedelta`: for so long nothing is to be told."""

    def __init__(
        self,
        tr: Translator,
        now: Callable[[], datetime],
        ways: Sequence[BubbleWay],
        parent: QObject | None = None,
        open_page: Callable[[str], object] = open_in_browser,
    ) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._ways = tuple(ways)
        self._open_page = open_page
        self._notices: dict[int, Notice] = {}
        for position, way in enumerate(self._ways):
            way.setParent(self)
            way.invoked.connect(self._answer)
            way.failed.connect(partial(self._show_by, position + 1))

    def take(self, events: Sequence[Event]) -> None:
        """Show what there is to tell among the events."""
        for event in events:
            if isinstance(event, Noticed):
                self._take_notice(event.notice)

    def show_example(self) -> None:
        """Show what a notification looks like here, whether or not they are paused."""
        title, text = self._tr("This is an example"), self._tr("So you are told when a service goes down.")
        self._show_by(0, EXAMPLE, Bubble(title, text, quiet=True))

    def close(self) -> None:
        """Show nothing more."""
        for way in self._ways:
            way.close()

    def _take_notice(self, notice: Notice) -> None:
        self._notices.pop(notice.id, None)
        if notice.kind is NoticeKind.WITHDRAWN:
            for way in self._ways:
                way.withdraw(notice.id)
            return
        self._notices[notice.id] = notice
        while len(self._notices) > REMEMBERED:
            del self._notices[next(iter(self._notices))]
        self._show_by(0, notice.id, self._bubble(notice))

    def _show_by(self, position: int, number: int, bubble: Bubble) -> None:
        if position < len(self._ways):
            self._ways[position].show(number, bubble)

    def _bubble(self, notice: Notice) -> Bubble:
        tr = self._tr
        actions = [(DEFAULT_ACTION, tr("Open"))]
        if notice.sign_in_url:
            actions.append((_SIGN_IN, tr("Sign in")))
        if notice.in_trouble:
            actions += [(_ACKNOWLEDGE, tr("Acknowledge")), (_SNOOZE, tr("Snooze {n} h").format(n=1))]
        return Bubble(
            notice_title(tr, notice),
            notice_text(tr, notice, self._now()),
            quiet=notice.quiet,
            update=notice.update,
            category=_CATEGORIES[notice.kind],
            actions=tuple(actions),
        )

    def _answer(self, number: int, key: str, token: str) -> None:
        notice = self._notices.get(number)
        if notice is None:
            return
        if key == DEFAULT_ACTION:
            told = notice.in_trouble or tuple(each.service.id for each in notice.services)
            self.open_wished.emit(list(told), token)
        elif key == _ACKNOWLEDGE:
            self.acknowledge_wished.emit(list(notice.in_trouble))
        elif key == _SIGN_IN:
            self._open_page(notice.sign_in_url)
        elif key == _SNOOZE:
            self.snooze_wished.emit(SNOOZE)
