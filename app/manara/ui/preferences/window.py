"""The window of the preferences: a list of pages with a search above it, and the page that is shown.

Pages are made when they are first shown. The window reads the settings file anew when it opens, when it comes to the
front, and whenever the monitor says that something has changed.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from manara.model import Event, ServicesChanged, SettingsRefused
from manara.settings import Stored
from manara.ui.editor.message import Message
from manara.ui.editor.undo_bar import UndoBar
from manara.ui.preferences.finding import matcher
from manara.ui.preferences.page import Page
from manara.ui.preferences.pages import PAGES
from manara.ui.preferences.section_page import SectionPage
from manara.ui.preferences.surroundings import Surroundings
from manara.ui.questions import Questions
from manara.ui.window_size import take_size
from manara.wording import one_line
from manara.wording.preferences import conflict_sentence
from manara.wording.problems import why

if TYPE_CHECKING:
    from concurrent.futures import Future

_WIDTH_EM = 52
_HEIGHT_EM = 38
_LIST_EM = 12


class PreferencesWindow(QMainWindow):
    """Shows one page at a time. Lives on the GUI thread and never waits."""

    _taken_back = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        tr = self._tr = around.tr
        self.setWindowTitle(tr("Preferences"))
        self._stored: Stored | None = None
        self._made: dict[int, Page] = {}
        self._areas: list[QScrollArea] = []
        self._questions = Questions(self)
        self._questions.failed.connect(self._tell_unreadable)
        self.search_field = QLineEdit(placeholderText=tr("Search"), clearButtonEnabled=True)
        self.list = QListWidget()
        self.nothing = QListWidgetItem(tr("Nothing was found"))
        self._pages = QStackedWidget()
        self.bar = UndoBar(tr, self._take_back)
        self.addAction(self.bar.action)
        self.file_message = Message()
        self.conflict_message = Message()
        self._lay_out()
        self._connect()
        self.list.setCurrentRow(0)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._made[self.list.currentRow()]

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._questions.waiting or self.bar.is_busy or any(page.is_busy for page in self._made.values())

    def show_page(self, name: str) -> None:
        """Show the page of this name."""
        self.search_field.clear()
        self.list.setCurrentRow([page.name for page in PAGES].index(name))

    def take(self, events: Sequence[Event]) -> None:
        """See whether the settings say something else now."""
        if self.isVisible() and any(isinstance(event, (ServicesChanged, SettingsRefused)) for event in events):
            self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Read the settings file and show what it says."""
        self._questions.ask("stored", self._around.commands.stored(), self._show)

    def close_for_good(self) -> None:
        """Wait for no answer any more: the program ends."""
        self._questions.close()
        self.bar.close_questions()
        for page in self._made.values():
            page.close_page()
        self.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Show what the file says now."""
        super().showEvent(event)
        self.look_again()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Apply what was typed last."""
        for page in self._made.values():
            page.commit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Look at the file again when the user comes back, perhaps from a text editor."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.look_again()

    def _lay_out(self) -> None:
        tr = self._tr
        self.search_field.setAccessibleName(tr("Search the preferences"))
        # What Qt puts into the field has no name: a screen reader would say no more than "button".
        for inside in self.search_field.findChildren(QAbstractButton):
            inside.setAccessibleName(tr("Clear the search"))
        self.list.setAccessibleName(tr("Pages"))
        # Bare: letters that are typed must be what a title begins with.
        self.list.addItems([tr(page.title) for page in PAGES])
        self.nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(self.nothing)
        self.nothing.setHidden(True)
        left = _column(self.search_field, self.list)
        right = _column(self.file_message, self.conflict_message, self._pages, self.bar)
        em = self.fontMetrics().height()
        left.setMinimumWidth(em * _LIST_EM * 2 // 3)
        for _ in PAGES:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            # The fields in it are gone to by the keyboard, and it follows them.
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._pages.addWidget(area)
            self._areas.append(area)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([em * _LIST_EM, em * (_WIDTH_EM - _LIST_EM)])
        self.setCentralWidget(split)
        take_size(self, _WIDTH_EM, _HEIGHT_EM)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.search_field.textChanged.connect(self._search)
        self.search_field.returnPressed.connect(self._go_to_first)
        self._taken_back.connect(self.look_again, Qt.ConnectionType.QueuedConnection)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self._begin_search)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search_field)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.list.setFocus)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self._step_back)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self).activated.connect(self.close)

    @Slot(int)
    def _choose(self, row: int) -> None:
        for page in self._made.values():
            page.commit()
        if row not in self._made:
            self._make(row)
        self._pages.setCurrentIndex(row)
        self._highlight()

    def _make(self, row: int) -> None:
        page = self._made[row] = PAGES[row](self._around)
        page.done.connect(self.bar.offer)
        page.told.connect(self.bar.say)
        page.stale.connect(self.look_again)
        if isinstance(page, SectionPage):
            page.conflicted.connect(lambda torn: self._tell_conflict(page, torn))
        self._areas[row].setWidget(page)
        if self._stored is not None:
            page.show_stored(self._stored)
        page.set_locked(locked=self._stored is None or not self._stored.writable)

    @Slot(str)
    def _search(self, words: str) -> None:
        found = matcher(words)
        hits = [row for row, page in enumerate(PAGES) if any(map(found, page.texts(self._tr)))]
        for row in range(len(PAGES)):
            self.list.item(row).setHidden(row not in hits)
        self.nothing.setHidden(bool(hits))
        if hits and self.list.currentRow() not in hits:
            self.list.setCurrentRow(hits[0])
        self._highlight()

    def _highlight(self) -> None:
        """Mark what is found on the page that is shown, and bring the first of it into sight."""
        words = self.search_field.text().strip()
        found: Callable[[str], bool] = matcher(words) if words else lambda _: False
        first = self.page.search(found)
        area = self._areas[self._pages.currentIndex()]
        if first is not None:
            # What was unfolded for it has no place yet.
            QTimer.singleShot(0, first, lambda: area.ensureWidgetVisible(first))

    @Slot()
    def _go_to_first(self) -> None:
        """Let the user go on in what was found."""
        words = self.search_field.text().strip()
        first = self.page.search(matcher(words)) if words else None
        start = first if first is not None else self.page
        control = next((each for each in start.findChildren(QWidget) if _can_be_used(each)), self.list)
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _begin_search(self) -> None:
        self.search_field.setFocus()
        self.search_field.selectAll()

    @Slot()
    def _step_back(self) -> None:
        if self.search_field.text():
            self.search_field.clear()
        else:
            self.close()

    def _show(self, stored: Stored) -> None:
        self._stored = stored
        if stored.writable:
            self.file_message.clear()
        else:
            text = self._tr("{path} cannot be written, so nothing in it can be changed here.")
            self.file_message.tell(text.format(path=one_line(str(stored.path))))
        for page in self._made.values():
            page.show_stored(stored)
            page.set_locked(locked=not stored.writable)

    @Slot(object, object)
    def _tell_unreadable(self, _topic: object, error: BaseException) -> None:
        text = self._tr("Something is wrong in the settings file, so nothing can be changed here: {why}")
        self.file_message.tell(text.format(why=one_line(why(self._tr, error))))
        for page in self._made.values():
            page.set_locked(locked=True)

    def _tell_conflict(self, page: SectionPage, torn: Sequence[tuple[str, Any]]) -> None:
        tr = self._tr
        told = (conflict_sentence(tr, label, value) for label, value in torn)
        self.conflict_message.tell(
            " ".join((tr("The settings file was changed while you were typing."), *told)),
            (tr("Take it over"), lambda: self._decide(page.take_over)),
            (tr("Keep mine"), lambda: self._decide(page.keep_mine)),
        )

    def _decide(self, how: Callable[[], object]) -> None:
        self.conflict_message.clear()
        how()

    def _take_back(self, undo: Any) -> "Future[None]":
        """Take a change back: one of the settings file, or one that knows itself how."""
        answer: Future[None] = undo() if callable(undo) else self._around.commands.undo(undo)
        answer.add_done_callback(lambda _: self._taken_back.emit())
        return answer


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    gap = holder.fontMetrics().height() // 2
    column.setContentsMargins(gap, gap, gap, gap)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def _can_be_used(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
