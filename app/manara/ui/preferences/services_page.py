"""What is watched: a list, and what can be done with what is selected in it."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QPushButton, QTreeView, QWidget

from manara.settings import ChangeServices, RemoveServices, Stored
from manara.ui.flow import Flow
from manara.ui.form.label import Label, Weight
from manara.ui.past.buttons import named
from manara.ui.preferences.finding import matcher
from manara.ui.preferences.page import Block, Page
from manara.ui.preferences.service_list import Row, ServiceList, rows_of
from manara.ui.preferences.surroundings import Surroundings
from manara.wording.editing import Deed, deed_sentence
from manara.wording.translation import mark


class ServicesPage(Page):
    """Changes go to the settings file; adding, editing, importing and exporting have windows of their own."""

    name: ClassVar[str] = "services"
    title: ClassVar[str] = mark("Services")
    about: ClassVar[str] = mark("What is watched. What was measured of a service that you delete is kept for a while.")
    words: ClassVar[tuple[str, ...]] = (mark("add edit delete pause import export"),)
    stretches = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        tr = self.tr_
        self.model = ServiceList(tr, self)
        self.search_field = QLineEdit(placeholderText=tr("Find a service"))
        self.search_field.setAccessibleName(tr("Find a service"))
        self.search_field.textChanged.connect(self._search_list)
        self.list = self._make_list()
        self.count = Label(weight=Weight.FAINT)
        doors = around.doors
        self.add = self._button(tr("Add…"), tr("Add a service (Insert)"), doors.add)
        self.edit = self._button(tr("Edit…"), tr("Edit what is selected (Return)"), self._edit)
        self.pause = self._button(tr("Pause"), tr("Leave what is selected alone for now, or no longer"), self._pause)
        self.delete = self._button(tr("Delete"), tr("Watch what is selected no longer (Delete)"), self._delete)
        self.import_ = self._button(
            tr("Import…"), tr("Take services over from another program or a list"), doors.import_file
        )
        self.export = self._button(tr("Export…"), tr("Write the services into a file"), doors.export_file)
        self._locked = False
        row = QWidget()
        buttons = Flow(row)
        for each in (self.add, self.edit, self.pause, self.delete, self.import_, self.export):
            buttons.addWidget(each)
        block = Block("", "", self.search_field, self.list, self.count, row, words=self.further_words)
        self.add_block(block)
        block.column.setStretchFactor(self.list, 1)
        self.column.setStretchFactor(block, 1)
        for key, slot in ((Qt.Key.Key_Delete, self._delete), (Qt.Key.Key_Insert, self.add.click)):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        self._show_what_can_be_done()
        self.finish()

    @property
    def selected(self) -> list[Row]:
        """The services that are selected, in the order of the list."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self.model.rows[place] for place in places]

    def show_stored(self, stored: Stored) -> None:
        """Show what the file says; what is selected and still there stays selected."""
        chosen = {row.id for row in self.selected}
        if self.model.show_rows(rows_of(stored, self.around.services())):
            self._select(chosen)
        self._show_what_can_be_done()

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change what is watched; exports change nothing."""
        self._locked = locked
        self._show_what_can_be_done()

    def _make_list(self) -> QTreeView:
        made = QTreeView()
        made.setModel(self.model)
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setAllColumnsShowFocus(True)
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setAccessibleName(self.tr_("Services"))
        made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = made.header()
        header.setAccessibleName(self.tr_("Columns"))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        made.selectionModel().selectionChanged.connect(self._show_what_can_be_done)
        made.activated.connect(self._edit)
        return made

    def _button(self, text: str, hint: str, do: Callable[[], object]) -> QPushButton:
        button = named(QPushButton(), text, hint)
        button.clicked.connect(lambda _checked: do())
        return button

    @Slot(str)
    def _search_list(self, words: str) -> None:
        chosen = {row.id for row in self.selected}
        self.model.search(matcher(words))
        self._select(chosen)
        self._show_what_can_be_done()

    def _select(self, service_ids: set[str]) -> None:
        flag = QItemSelectionModel.SelectionFlag
        for place, row in enumerate(self.model.rows):
            if row.id in service_ids:
                self.list.selectionModel().select(self.model.index(place, 0), flag.Select | flag.Rows)

    @Slot()
    def _show_what_can_be_done(self) -> None:
        chosen = self.selected
        for button in (self.edit, self.pause, self.delete):
            button.setEnabled(bool(chosen) and not self._locked)
        for button in (self.add, self.import_):
            button.setEnabled(not self._locked)
        resume = bool(chosen) and all(row.paused for row in chosen)
        self.pause.setText(self.tr_("Resume") if resume else self.tr_("Pause"))
        self.pause.setAccessibleName(self.pause.text())
        total = self.model.rowCount()
        text = self.tr_.plural("{n} service", "{n} services", total).format(n=total)
        if chosen:
            text = self.tr_("{services}, {n} selected").format(services=text, n=len(chosen))
        self.count.tell(text)

    @Slot()
    def _edit(self) -> None:
        if self.edit.isEnabled():
            self.around.doors.edit([row.id for row in self.selected])

    @Slot()
    def _pause(self) -> None:
        chosen = self.selected
        resume = all(row.paused for row in chosen)
        change = ChangeServices(tuple(row.id for row in chosen), {"paused": None if resume else True})
        self.send(
            change, deed_sentence(self.tr_, Deed.RESUMED if resume else Deed.PAUSED, [row.name for row in chosen])
        )

    @Slot()
    def _delete(self) -> None:
        chosen = self.selected
        if chosen and not self._locked:
            change = RemoveServices(tuple(row.id for row in chosen))
            self.send(change, deed_sentence(self.tr_, Deed.REMOVED, [row.name for row in chosen]))
