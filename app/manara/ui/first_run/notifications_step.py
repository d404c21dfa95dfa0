"""The third step: how notifications appear on this desktop, and an example of one."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from manara.ui.first_run.step import Step
from manara.ui.form.label import Label, Weight
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.preferences.page import at_start
from manara.ui.preferences.surroundings import Desktop
from manara.wording import Translator, one_line
from manara.wording.translation import mark


class NotificationsStep(Step):
    """Asks the desktop when it is shown."""

    title: ClassVar[str] = mark("How are you told?")
    about: ClassVar[str] = mark(
        "You are told when a service goes down and when it is up again, once for each cause. "
        "Only what is confirmed is told, and nothing while your own connection is down."
    )

    def __init__(self, tr: Translator, desktop: Desktop) -> None:
        super().__init__(tr)
        self._desktop = desktop
        self.questions.failed.connect(self._tell_there_is_none)
        self.questions.cancelled.connect(self._tell_nothing)
        self.server = Label()
        self.example = named(QPushButton(), tr("&Show me one"), tr("Shows a notification now, as an example"))
        self.example.clicked.connect(self._show_one)
        self.told = Label(weight=Weight.FAINT)
        self.column.addWidget(self.server)
        self.column.addWidget(at_start(self.example))
        self.column.addWidget(self.told)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Find out who shows notifications."""
        self.server.tell(self.tr_("Asking the desktop …"))
        self.questions.ask("server", self._desktop.notification_server(), self._tell_server)

    def _tell_server(self, server: str) -> None:
        self.server.tell(self.tr_("{server} shows them.").format(server=one_line(server)))

    @Slot(object, object)
    def _tell_there_is_none(self, _topic: object, _error: BaseException) -> None:
        if self._desktop.has_tray():
            text = self.tr_("This desktop has no notifications, so they appear as messages at the tray icon.")
        else:
            text = self.tr_("This desktop has neither notifications nor a tray, so only the window tells.")
        self.server.tell(text)

    @Slot(object)
    def _tell_nothing(self, _topic: object) -> None:
        self.server.tell("")

    @Slot()
    def _show_one(self) -> None:
        self._desktop.show_notification()
        text = self.tr_("A notification was sent. If you see none, the desktop may be set to show none.")
        self.told.tell(text)
        announce(self, text)
