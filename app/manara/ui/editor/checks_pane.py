"""All checks of a service: their list, the form of the selected one, and trying it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from manara.model import Problem, options_of
from manara.probes import CHECK_TYPES
from manara.settings import Interpreter
from manara.ui.editor.check_list import CheckList, Listed
from manara.ui.editor.check_page import CheckPage
from manara.ui.editor.commands import Commands
from manara.ui.editor.draft import Known, subject_of
from manara.ui.editor.trial import Trial
from manara.ui.form.describing import MakeEditor
from manara.ui.form.highlight import padding
from manara.ui.form.label import Label, Weight
from manara.wording import Translator, one_line
from manara.wording.editing import check_type_word
from manara.wording.problems import problem_sentence


@dataclass(slots=True)
class _Item:
    """A check; its page is made when it is first looked at."""

    table: Mapping[str, Any]
    page: CheckPage | None = None
    problems: list[Problem] = field(default_factory=list)

    def now(self) -> dict[str, Any]:
        return dict(self.table) if self.page is None else self.page.table()


class ChecksPane(QSplitter):
    """Edits the tables of `[[services.checks]]`. `beside` stands above the list."""

    changed = Signal()

    def __init__(
        self,
        tr: Translator,
        now: Callable[[], datetime],
        commands: Commands,
        known: Known,
        interpreter: Interpreter,
        *,
        make_editor: MakeEditor,
        beside: QWidget,
    ) -> None:
        super().__init__(childrenCollapsible=False)
        self._tr = tr
        self._known = known
        self._make_editor = make_editor
        self._interpreter = interpreter
        self._items: list[_Item] = []
        self._locked = False
        kinds = {word: check_type_word(tr, word) for word in CHECK_TYPES}
        self.list = CheckList(tr, kinds)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of look"))
        self.kind.setAccessibleDescription(tr("In which way the service is looked at"))
        for word, text in kinds.items():
            self.kind.addItem(text, word)
        self.pages = QStackedWidget()
        self.trial = Trial(tr, now, commands.try_check)
        self._lay_out(beside)
        self.list.selected.connect(self._show)
        self.list.add_wished.connect(self.add_check)
        self.list.remove_wished.connect(self.remove_check)
        self.list.move_wished.connect(self.move_check)
        self.kind.activated.connect(self._change_kind)
        self.trial.wished.connect(self._try)
        self._refresh(-1)

    @property
    def current(self) -> CheckPage | None:
        """The form of the selected check."""
        position = self.list.list.currentRow()
        return self._items[position].page if 0 <= position < len(self._items) else None

    def tables(self) -> list[dict[str, Any]]:
        """Return the tables as they stand in the forms."""
        return [item.now() for item in self._items]

    def show_tables(self, tables: Iterable[Mapping[str, Any]]) -> None:
        """Show these checks, and select the first one."""
        for item in self._items:
            self._drop_page(item)
        self._items = [_Item(table) for table in tables]
        self._refresh(0 if self._items else -1)

    def problems(self) -> dict[int, list[Problem]]:
        """Return by position what is wrong with single fields that were looked at."""
        found = {position: item.page.problems() for position, item in enumerate(self._items) if item.page}
        return {position: problems for position, problems in found.items() if problems}

    def show_problems(self, problems: Mapping[int, list[Problem]]) -> None:
        """Show what is wrong, and go to the first of it."""
        for position, item in enumerate(self._items):
            item.problems = problems.get(position, [])
            if item.page is not None:
                item.page.show_problems(item.problems)
        first = min(problems, default=self.list.list.currentRow())
        self._refresh(first)
        if problems:
            self._page(self._items[first]).focus_first(problems[first])

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change anything; it can still be read and tried."""
        self._locked = locked
        self.list.set_locked(locked=locked)
        self._refresh(self.list.list.currentRow())

    @Slot(str)
    def add_check(self, kind: str) -> None:
        """Add a check of a type, and let the user fill it in."""
        self._items.append(_Item({"type": kind}))
        self._refresh(len(self._items) - 1)
        self.changed.emit()
        self._page(self._items[-1]).focus_first([])

    @Slot(int)
    def remove_check(self, position: int) -> None:
        """Leave out a check."""
        self._drop_page(self._items.pop(position))
        self._refresh(min(position, len(self._items) - 1))
        self.list.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot(int, int)
    def move_check(self, position: int, to: int) -> None:
        """Put a check elsewhere."""
        self._items.insert(to, self._items.pop(position))
        self._refresh(to)
        self.changed.emit()

    def _lay_out(self, beside: QWidget) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        # The list is as high as its rows, and the fields have the rest.
        column.addWidget(beside, stretch=1)
        column.addWidget(Label(self._tr("How it is looked at:"), padded=True))
        edge = padding(self)
        self.list.setContentsMargins(edge, 0, edge, 0)
        column.addWidget(self.list)
        left.setMinimumWidth(self.fontMetrics().height() * 18)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        self._head = QWidget()
        row = QFormLayout(self._head)
        row.setContentsMargins(edge, 0, edge, 0)
        row.addRow(self._tr("&Kind of look"), self.kind)
        self._empty = Label(self._tr("Add a check: it says what is looked at, and how."), Weight.FAINT)
        gap = self.fontMetrics().height()
        self._empty.setContentsMargins(gap, gap // 2, gap, 0)
        column.addWidget(self._empty)
        column.addWidget(self._head)
        column.addWidget(self.pages, stretch=1)
        self.trial.setContentsMargins(edge, 0, edge, 0)
        column.addWidget(self.trial)
        self.addWidget(left)
        self.addWidget(right)
        self.setStretchFactor(1, 1)

    @Slot(int)
    def _show(self, position: int) -> None:
        """Show the form of a check; what was tried before was another one."""
        self.trial.clear()
        self._refresh(position)

    def _refresh(self, position: int) -> None:
        item = self._items[position] if 0 <= position < len(self._items) else None
        if item is not None:
            self._show_page(item)
        self.list.show_checks([self._listed(item) for item in self._items], position)
        for widget in (self._head, self.pages, self.trial):
            widget.setVisible(item is not None)
        self._empty.setVisible(item is None)

    def _page(self, item: _Item) -> CheckPage:
        """Return the form of a check, which is made when it is first needed."""
        if item.page is None:
            cls = CHECK_TYPES[str(item.table["type"])]
            defaults = self._known.defaults
            item.page = CheckPage(self._tr, cls, item.table, defaults=defaults, make_editor=self._make_editor)
            item.page.show_problems(item.problems)
            item.page.changed.connect(self._take_change)
            self.pages.addWidget(item.page)
        return item.page

    def _show_page(self, item: _Item) -> None:
        page = self._page(item)
        page.set_locked(locked=self._locked)
        self.kind.setEnabled(not self._locked)
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(self.kind.findData(page.cls.type))
        self.pages.setCurrentWidget(page)

    @Slot()
    def _take_change(self) -> None:
        position = self.list.list.currentRow()
        # What was wrong was said of what stood there before.
        self._items[position].problems = []
        self.list.show_checks([self._listed(item) for item in self._items], position)
        self.changed.emit()

    @Slot()
    def _change_kind(self) -> None:
        """Look in another way; what both ways have in common stays."""
        position, kind = self.list.list.currentRow(), str(self.kind.currentData())
        item = self._items[position]
        if kind == item.table["type"]:
            return
        known = options_of(CHECK_TYPES[kind])
        common = {name: value for name, value in item.now().items() if name in known}
        self._drop_page(item)
        self._items[position] = _Item({"type": kind, **common})
        self.trial.clear()
        self._refresh(position)
        self.changed.emit()

    @Slot()
    def _try(self) -> None:
        """Look once with what is in the form, or show why nobody can."""
        position = self.list.list.currentRow()
        item = self._items[position]
        wrong = item.page.problems() if item.page else []
        check, found = (None, wrong) if wrong else self._interpreter.check_of(item.now(), (), self._known.defaults)
        self.show_problems({position: found} if found else {})
        if check is not None:
            self.trial.look(check)
        else:
            self.trial.say(self._tr("This cannot be tried before it is filled in."))

    def _listed(self, item: _Item) -> Listed:
        table = item.now()
        cls = CHECK_TYPES[str(table["type"])]
        return Listed(
            check_type_word(self._tr, cls.type),
            self._target(table),
            one_line(problem_sentence(self._tr, item.problems[0])) if item.problems else "",
        )

    def _target(self, table: Mapping[str, Any]) -> str:
        """Return what is looked at, as far as it can be told while it is typed."""
        check, _ = self._interpreter.check_of(table, (), self._known.defaults)
        return subject_of(table) if check is None else check.target

    def _drop_page(self, item: _Item) -> None:
        if item.page is not None:
            self.pages.removeWidget(item.page)
            item.page.deleteLater()
