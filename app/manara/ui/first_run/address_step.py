"""The second step: addresses of one's own, understood line by line and tried at once."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QPushButton, QTreeView, QVBoxLayout

from manara.catalog.imports import Candidate, ImportPreview
from manara.model import Service
from manara.settings import Stored
from manara.ui.editor.surroundings import Surroundings
from manara.ui.first_run.address_model import ADDRESS, HOW, AddressModel, Kind
from manara.ui.first_run.paste_field import PasteField
from manara.ui.first_run.step import Step
from manara.ui.first_run.trials import Trials
from manara.ui.form.label import Label, Weight
from manara.ui.imports.reading import Reading
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.wording.translation import mark

MOST_TRIED = 100


class AddressStep(Step):
    """Reads pastes one after the other, off the GUI thread."""

    title: ClassVar[str] = mark("What is your own?")
    about: ClassVar[str] = mark(
        "Paste addresses, one a line, or type one and press Return: pages, machines, host:port. Each is tried at once."
    )

    read = Signal()
    """All that was given is known now."""

    def __init__(self, around: Surroundings, besides: Callable[[], tuple[Service, ...]]) -> None:
        super().__init__(around.tr)
        tr = around.tr
        self._besides = besides
        self._stored: Stored | None = None
        self._waiting: deque[Path | str] = deque()
        self._refusals = 0
        self.model = AddressModel(tr, self.palette(), MOST_TRIED, self)
        self._reading = Reading(around, self)
        self._trials = Trials(tr, around.commands, self.model, self)
        self.field = PasteField(tr)
        self.add = named(QPushButton(), tr("&Add"), tr("Take what stands in the field"))
        self.remove = named(QPushButton(), tr("&Take out"), tr("Take the selected lines out of the list"))
        self.clear = named(QPushButton(), tr("Take &all out"), tr("Empty the list"))
        self.told = Label(weight=Weight.FAINT)
        self.problem = Label(weight=Weight.PROBLEM)
        self.table = QTreeView()
        self._lay_out()
        self._connect()
        self._show()

    @property
    def wanted(self) -> tuple[Candidate, ...]:
        """The services that the user wants."""
        return self.model.wanted

    @property
    def is_busy(self) -> bool:
        """Whether anything is being read or tried."""
        return self.is_reading or self._trials.is_busy

    @property
    def is_reading(self) -> bool:
        """Whether it is not known yet what was given."""
        return bool(self._waiting) or self._reading.is_busy

    @property
    def strange(self) -> int:
        """How many lines were not understood, and texts refused."""
        return self._refusals + self.model.counts[Kind.STRANGE]

    def set_stored(self, stored: Stored) -> None:
        """Take note of what is watched already; what was pasted before this is read now."""
        self._stored = stored
        self._read_next()

    def begin(self) -> None:
        """Let the user paste."""
        self.field.setFocus()

    def close_step(self) -> None:
        """Read and try no more."""
        self._waiting.clear()
        self._reading.cancel()
        self._trials.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take over another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.model.set_palette(self.palette())

    def _lay_out(self) -> None:
        tr, table = self.tr_, self.table
        table.setModel(self.model)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.setAccessibleName(tr("Your addresses"))
        table.setAccessibleDescription(tr("Space wants an address or does not; Delete takes it out."))
        header = table.header()
        header.setSectionsMovable(False)
        header.setAccessibleName(tr("Columns"))
        # Only what is in sight is measured: there may be thousands of lines.
        header.setResizeContentsPrecision(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(HOW, QHeaderView.ResizeMode.ResizeToContents)
        buttons = QVBoxLayout()
        for button in (self.add, self.remove, self.clear):
            buttons.addWidget(button)
        buttons.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        top.addLayout(buttons)
        self.problem.hide()
        self.column.addLayout(top)
        self.column.addWidget(self.problem)
        self.column.addWidget(table, 1)
        self.column.addWidget(self.told)

    def _connect(self) -> None:
        self.field.given.connect(self.take)
        self.field.textChanged.connect(self._show)
        self.add.clicked.connect(self.field.give)
        self.remove.clicked.connect(self._remove)
        self.clear.clicked.connect(self.model.clear)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self.model.changed.connect(self._show)
        self.table.selectionModel().selectionChanged.connect(self._show)
        self._trials.ended.connect(lambda: announce(self, self._summary()))
        self._reading.read.connect(self._take_preview)
        self._reading.refused.connect(self._tell_refused)

    @Slot(object)
    def take(self, source: Path | str) -> None:
        """Understand a text or a file and try what is in it."""
        self._waiting.append(source)
        self._read_next()

    def _read_next(self) -> None:
        if self._stored is not None and self._waiting and not self._reading.is_busy:
            self.problem.hide()
            pasted = tuple(row.candidate.service for row in self.model.rows if row.can_be_chosen and row.candidate)
            self._reading.begin(self._waiting.popleft(), self._stored, besides=self._besides() + pasted)
        self._show()
        if self._stored is not None and not self.is_reading:
            self.read.emit()

    @Slot(object)
    def _take_preview(self, preview: ImportPreview) -> None:
        self.model.take(preview)
        self._trials.go_on()
        self._read_next()

    @Slot(str)
    def _tell_refused(self, sentence: str) -> None:
        self._refusals += 1
        self._read_next()
        self.problem.tell(sentence)
        self.problem.show()
        announce(self, sentence)

    @Slot()
    def _remove(self) -> None:
        selection = self.table.selectionModel()
        places = {index.row() for index in selection.selectedRows()}
        if places:
            self.model.remove(places)
            row = min(*places, self.model.rowCount() - 1)
            flags = QItemSelectionModel.SelectionFlag.Current | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(self.model.index(row, ADDRESS), flags)

    @Slot()
    def _show(self) -> None:
        self.add.setEnabled(bool(self.field.toPlainText().strip()))
        self.remove.setEnabled(self.table.selectionModel().hasSelection())
        self.clear.setEnabled(bool(self.model.rows))
        self.told.tell(self._summary())
        self.changed.emit()

    def _summary(self) -> str:
        """Return how many lines are how, in one line."""
        tr = self.tr_
        if self.is_reading:
            return tr("Reading…")
        count = self.model.counts
        texts = {
            Kind.GOOD: tr.plural("{n} answers", "{n} answer", count[Kind.GOOD]),
            Kind.BAD: tr.plural(
                "{n} does not answer as it should", "{n} do not answer as they should", count[Kind.BAD]
            ),
            Kind.TO_TRY: tr.plural("{n} is still to be tried", "{n} are still to be tried", count[Kind.TO_TRY]),
            Kind.STRANGE: tr.plural("{n} was not understood", "{n} were not understood", count[Kind.STRANGE]),
            Kind.UNTRIED: tr.plural("{n} is added without a try", "{n} are added without a try", count[Kind.UNTRIED]),
        }
        parts = [text.format(n=count[kind]) for kind, text in texts.items() if count[kind]]
        if len(self.model.rows) > MOST_TRIED:
            parts.append(tr("only the first {n} are tried").format(n=MOST_TRIED))
        return " · ".join(parts)
