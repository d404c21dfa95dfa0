"""How notifications appear on this desktop, an example of one, and pausing them."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from manara.ui.form.label import Label
from manara.ui.past.buttons import named
from manara.ui.preferences.page import Block, Page, at_start
from manara.ui.preferences.surroundings import Surroundings
from manara.ui.questions import Questions
from manara.wording import one_line
from manara.wording.translation import mark

if TYPE_CHECKING:
    from concurrent.futures import Future

_OF_EXAMPLE = mark("alerts bubbles")
_OF_PAUSE = mark("silence quiet mute")


class NotificationsPage(Page):
    """Nothing here stands in the settings file."""

    name: ClassVar[str] = "notifications"
    title: ClassVar[str] = mark("Notifications")
    about: ClassVar[str] = mark("You are told when a service goes down and when it is up again, once for each cause.")
    words: ClassVar[tuple[str, ...]] = (
        mark("How they appear here"),
        mark("Show me one"),
        mark("Pause notifications"),
        _OF_EXAMPLE,
        _OF_PAUSE,
    )

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        tr = self.tr_
        self._questions = Questions(self)
        self._questions.failed.connect(self._tell_there_is_none)
        self._server = Label()
        self.example = named(QPushButton(), tr("Show me one"), tr("Shows a notification now, as an example"))
        self.example.clicked.connect(self._show_one)
        words = f"{self.example.accessibleName()} {tr(_OF_EXAMPLE)}"
        self.add_block(Block(tr("How they appear here"), "", self._server, at_start(self.example), words=words))
        self.pause = named(QPushButton(), tr("Pause notifications"), tr("For a while, or until you resume them"))
        self.pause.setMenu(around.silence)
        text = tr("What happens is still measured and kept; afterwards you are told in one notification what is down.")
        self.add_block(Block(tr("Pause notifications"), text, at_start(self.pause), words=tr(_OF_PAUSE)))
        self.finish()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Find out who shows notifications: it may have changed."""
        super().showEvent(event)
        self._server.tell(self.tr_("Asking the desktop …"))
        answer: Future[str] = self.around.desktop.notification_server()
        self._questions.ask("server", answer, self._tell_server)

    def close_page(self) -> None:
        """Wait for no answer any more."""
        super().close_page()
        self._questions.close()

    def _tell_server(self, server: str) -> None:
        self._server.tell(self.tr_("{server} shows them.").format(server=one_line(server)))

    @Slot(object, object)
    def _tell_there_is_none(self, _topic: object, _error: BaseException) -> None:
        if self.around.desktop.has_tray():
            text = self.tr_("This desktop has no notifications, so they appear as messages at the tray icon.")
        else:
            text = self.tr_("This desktop has neither notifications nor a tray, so only the window tells.")
        self._server.tell(text)

    @Slot()
    def _show_one(self) -> None:
        self.around.desktop.show_notification()
        self.told.emit(self.tr_("A notification was sent. If you see none, the desktop may be set to show none."))
