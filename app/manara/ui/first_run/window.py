"""The window of the first run, and of adding services: a few short steps, each of which can be skipped.

Nothing is written before the end, and then all at once. To close the window is to skip everything.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from manara.login import AtLogin, LoginNotChanged
from manara.settings import AddServices, Stored, Undo
from manara.ui.editor.message import Message
from manara.ui.editor.surroundings import Surroundings
from manara.ui.first_run.address_step import AddressStep
from manara.ui.first_run.login_step import LoginStep
from manara.ui.first_run.notifications_step import NotificationsStep
from manara.ui.first_run.offer import table_of_entry, watched_entries
from manara.ui.first_run.outcome import with_own_ids
from manara.ui.first_run.pick_step import PickStep
from manara.ui.first_run.step import Step
from manara.ui.first_run.surroundings import System
from manara.ui.form.label import Label, Weight
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.questions import Questions
from manara.ui.window_size import take_size
from manara.wording import login_trouble_sentence, one_line
from manara.wording.editing import Deed, deed_sentence, not_done
from manara.wording.problems import why

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_WIDTH_EM = 58
_HEIGHT_EM = 36


class FirstRun(QDialog):
    """Leads through the steps; with `services_only`, through the first two of them."""

    saved = Signal(str, object)
    """What was done in one sentence, and the `Undo` of it: for `UndoBar.offer`."""

    def __init__(self, around: Surroundings, system: System, *, services_only: bool = False) -> None:
        super().__init__()
        tr = self._tr = around.tr
        self._commands = around.commands
        self._autostart = system.autostart
        self._services_only = services_only
        self._stored: Stored | None = None
        self._is_writing = self._is_written = False
        self._ends_after: int | None = None
        """Set while the end waits for what was typed last: how many lines were not understood before."""
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        self.pick = PickStep(tr, around.understanding, system.locale)
        self.addresses = AddressStep(around, lambda: tuple(entry.service for entry in self.pick.model.chosen))
        self.login = LoginStep(tr, system.autostart)
        others = () if services_only else (NotificationsStep(tr, system.desktop), self.login)
        self.steps: tuple[Step, ...] = (self.pick, self.addresses, *others)
        self._pages = QStackedWidget()
        self._where = Label(weight=Weight.FAINT)
        self.message = Message()
        self.total = Label()
        self.back = named(QPushButton(), tr("&Back"), tr("Go back to the step before"))
        self.go_on = named(QPushButton(), tr("&Next"), tr("Go on to the next step; Ctrl+Return does so, too"))
        self.finish = QPushButton()
        self._lay_out()
        self._connect()
        self._show_step(0)
        self._ask_stored()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self._pages.currentIndex()]

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._questions.waiting or any(step.is_busy for step in self.steps)

    @property
    def tables(self) -> "tuple[Mapping[str, Any], ...]":
        """The tables of everything that is chosen, as they will stand in the settings file."""
        picked = [table_of_entry(entry, arabic=self.pick.arabic) for entry in self.pick.model.chosen]
        own = [candidate.table for candidate in self.addresses.wanted]
        return with_own_ids([*picked, *own], self._stored.ids if self._stored is not None and self._keeps else ())

    @property
    def _keeps(self) -> bool:
        """Whether what is watched now goes on being watched: the starter set makes room for a first choice."""
        return self._services_only or (self._stored is not None and self._stored.chosen)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Skip everything."""
        self._end()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self._end()
        super().done(result)

    def _ask_stored(self) -> None:
        self._questions.ask("stored", self._commands.stored(), self._take_stored)

    def _end(self) -> None:
        self._questions.close()
        for step in self.steps:
            step.close_step()

    def _lay_out(self) -> None:
        tr = self._tr
        self.setWindowTitle(tr("Add services") if self._services_only else tr("Welcome"))
        for step in self.steps:
            self._pages.addWidget(step)
        for button in (self.back, self.go_on, self.finish):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self.total, 1, Qt.AlignmentFlag.AlignVCenter)
        # What most people press is last.
        for button in (self.back, self.finish, self.go_on):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        em = self.fontMetrics().height()
        column.setContentsMargins(em, em // 2, em, em // 2)
        column.addWidget(self._where)
        column.addWidget(self.message)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        take_size(self, _WIDTH_EM, _HEIGHT_EM)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._show_step(self._pages.currentIndex() - 1))
        self.go_on.clicked.connect(self._go_on)
        self.finish.clicked.connect(self.write)
        for step in self.steps:
            step.changed.connect(self._show_state)
        self.addresses.read.connect(self._end_after_all)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._go_on)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self).activated.connect(self.back.click)

    def _show_step(self, place: int) -> None:
        # From the step before, the keyboard would go to the first button of the new one.
        (self.finish if place + 1 == len(self.steps) else self.go_on).setFocus()
        self._pages.setCurrentIndex(place)
        self._show_state()
        tr, step = self._tr, self.step
        where = tr("Step {n} of {all}").format(n=place + 1, all=len(self.steps))
        self._where.tell(where)
        step.begin()
        announce(self, f"{where}: {tr(step.title)}")

    @Slot()
    def _go_on(self) -> None:
        self.addresses.field.give()
        place = self._pages.currentIndex()
        if place + 1 < len(self.steps):
            self._show_step(place + 1)
        else:
            self.write()

    @Slot()
    def write(self) -> None:
        """Take what was chosen, all at once, and end; nothing chosen is nothing written."""
        self.addresses.field.give()
        if not self.finish.isEnabled():
            return
        if self.addresses.is_reading:
            self._ends_after = self.addresses.strange
            return
        tables = self.tables
        if tables and not self._is_written:
            self._is_writing = True
            self._show_state()
            change = AddServices(tables, instead_of_starter=not self._keeps)
            self._questions.ask("write", self._commands.change(change), self._tell_saved)
        else:
            self._set_login()

    @Slot()
    def _end_after_all(self) -> None:
        """End, if that is what waits; what was typed last and is no address keeps the window open."""
        before, self._ends_after = self._ends_after, None
        if before is None:
            return
        if self.addresses.strange > before:
            self._show_step(self.steps.index(self.addresses))
        else:
            self.write()

    def _tell_saved(self, undo: Undo) -> None:
        names = [entry.service.name for entry in self.pick.model.chosen]
        names += [candidate.service.name for candidate in self.addresses.wanted]
        self.saved.emit(deed_sentence(self._tr, Deed.ADDED, names), undo)
        self._set_login()

    def _set_login(self) -> None:
        # What was written is not written again, even if this goes wrong.
        self._is_written = True
        wish = self.login.wish
        if wish is None:
            self.accept()
        else:
            self._questions.ask("login", self._autostart.set(wish), self._take_login)

    def _take_login(self, _state: AtLogin) -> None:
        self.accept()

    def _take_stored(self, stored: Stored) -> None:
        self._stored = stored
        if self._keeps:
            self.pick.model.set_watched(watched_entries(stored.services))
        self.addresses.set_stored(stored)
        if not stored.writable:
            text = self._tr("{path} cannot be written, so nothing in it can be changed here.")
            self.message.tell(text.format(path=one_line(str(stored.path))))
        self._show_state()

    @Slot(object, object)
    def _fail(self, topic: object, error: BaseException) -> None:
        self._is_writing = False
        if isinstance(error, LoginNotChanged):
            text = login_trouble_sentence(self._tr, error.trouble, error.detail)
        elif topic == "stored":
            text = self._tr("Something is wrong in the settings file, so nothing can be changed here: {why}")
            text = text.format(why=one_line(why(self._tr, error)))
        else:
            text = not_done(self._tr, error)
            # Perhaps somebody else has written the file meanwhile: the next try takes that into account.
            self._ask_stored()
        self.message.tell(text)
        self._show_state()

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self._is_writing = False
        self.message.tell(self._tr("Nothing is watched any more, so nothing can be changed."))
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        """Show how much is chosen, and what the buttons do now."""
        tr = self._tr
        place, last = self._pages.currentIndex(), len(self.steps) - 1
        count = len(self.pick.model.chosen) + self.addresses.model.wanted_count
        if count:
            text = tr.plural("{n} service is chosen", "{n} services are chosen", count).format(n=count)
        elif self._services_only:
            text = tr("Nothing is chosen yet")
        else:
            text = tr("Nothing is chosen yet; without a choice, some well-known services are watched")
        self.total.tell(text)
        writable = self._stored is not None and self._stored.writable
        self.back.setEnabled(place > 0 and not self._is_writing)
        self.go_on.setVisible(place < last)
        words = tr("&Finish") if place == last else tr("&Skip the rest")
        named(self.finish, words, tr("Take what is chosen, and end"))
        self.finish.setEnabled(not self._is_writing and (writable or not count))
        main = self.finish if place == last else self.go_on
        for button in (self.go_on, self.finish):
            button.setDefault(button is main)
