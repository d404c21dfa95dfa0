"""Brings services along: reads, shows what there is, and adds what is chosen, all at once or nothing."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout

from manara.catalog.imports import ImportPreview, counts_sentence, kind_words
from manara.settings import AddServices, Stored, Undo
from manara.ui.editor.message import Message
from manara.ui.editor.surroundings import Surroundings
from manara.ui.form.label import Label, Weight
from manara.ui.imports.preview_model import PreviewModel
from manara.ui.imports.preview_table import PreviewTable
from manara.ui.imports.reading import Reading
from manara.ui.past.period_form import ok_and_cancel
from manara.ui.past.spoken import announce
from manara.ui.questions import Questions
from manara.ui.window_size import take_size
from manara.wording import Translator, one_line
from manara.wording.editing import Deed, deed_sentence, not_done
from manara.wording.failures import capitalised
from manara.wording.problems import why

_WIDTH_EM = 60
_HEIGHT_EM = 36
_LONGEST_NAME = 60


class ImportDialog(QDialog):
    """Shows one file, folder or text."""

    saved = Signal(str, object)
    """What was done in one sentence, and the `Undo` of it: for `UndoBar.offer`."""

    def __init__(self, around: Surroundings, source: Path | str) -> None:
        super().__init__()
        self._tr = around.tr
        self._commands = around.commands
        self._source = source
        self._stored: Stored | None = None
        self._is_writing = False
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        self._reading = Reading(around, self)
        self.model = PreviewModel(self._tr, self.palette(), self)
        self.told = Label()
        self.progress = QProgressBar()
        self.message = Message()
        self.preview = PreviewTable(self._tr, self.model)
        self.buttons = ok_and_cancel(self._tr, self._tr("&Add"))
        self.add = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._lay_out()
        self._connect()
        self._questions.ask("stored", self._commands.stored(), self._begin)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._questions.waiting or self._reading.is_busy

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Read on no more."""
        self._end()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Read on no more."""
        self._end()
        super().done(result)

    @Slot()
    def write(self) -> None:
        """Add what is chosen."""
        chosen = self.model.chosen
        if not self.add.isEnabled():
            return
        self._is_writing = True
        self._show_state()
        change = AddServices(tuple(candidate.table for candidate in chosen), instead_of_starter=True)
        told = deed_sentence(self._tr, Deed.ADDED, [candidate.service.name for candidate in chosen])
        self._questions.ask("write", self._commands.change(change), lambda undo: self._tell_saved(told, undo))

    def _end(self) -> None:
        self._reading.cancel()
        self._questions.close()

    def _lay_out(self) -> None:
        tr = self._tr
        self.setWindowTitle(tr("Import services"))
        self.progress.setAccessibleName(tr("How much is read"))
        self.progress.setRange(0, 0)
        self.told.tell(tr("Reading {name}…").format(name=_name_of(tr, self._source)))
        self.preview.hide()
        column = QVBoxLayout(self)
        secrets = tr("Secrets never come over: what needs one names the variable to set.")
        self.hint = Label(secrets, Weight.FAINT)
        for widget in (self.told, self.progress, self.message, self.hint):
            column.addWidget(widget)
        column.addWidget(self.preview, 1)
        column.addStretch(0)
        column.addWidget(self.buttons)
        take_size(self, _WIDTH_EM, _HEIGHT_EM)
        self._show_state()

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.write)
        self.buttons.rejected.connect(self.reject)
        self._reading.progressed.connect(self._show_progress)
        self._reading.read.connect(self._show)
        self._reading.refused.connect(self._tell)
        self.model.choice_changed.connect(self._show_state)

    def _begin(self, stored: Stored) -> None:
        self._stored = stored
        self._reading.begin(self._source, stored)

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @Slot(object)
    def _show(self, preview: ImportPreview) -> None:
        self.progress.hide()
        tr = self._tr
        kind = capitalised(kind_words(tr, preview.kind))
        self.told.tell(f"{_name_of(tr, self._source)} · {kind}: {counts_sentence(tr, preview)}")
        self.model.show_preview(preview)
        self.preview.setVisible(bool(self.model.rows))
        self.preview.begin()
        announce(self, self.told.text())
        if not preview.services:
            self._tell(tr("There is no service in it."))
        elif not preview.new:
            self._tell(tr("Nothing in it is new."))
        elif self._stored is not None and not self._stored.writable:
            text = tr("{path} cannot be written, so nothing in it can be changed here.")
            self._tell(text.format(path=one_line(str(self._stored.path))))

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.progress.hide()
        self.message.tell(sentence)

    def _tell_saved(self, told: str, undo: Undo) -> None:
        self.saved.emit(told, undo)
        self.accept()

    @Slot(object, object)
    def _fail(self, topic: object, error: BaseException) -> None:
        self._is_writing = False
        if topic == "stored":
            text = self._tr("Something is wrong in the settings file, so nothing can be changed here: {why}")
            self._tell(text.format(why=one_line(why(self._tr, error))))
        else:
            self._tell(not_done(self._tr, error))
        self._show_state()

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self._is_writing = False
        self._tell(self._tr("Nothing is watched any more, so nothing can be changed."))
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        count = len(self.model.chosen)
        text = self._tr.plural("&Add {n} service", "&Add {n} services", count).format(n=count)
        self.add.setText(text if count else self._tr("&Add"))
        writable = self._stored is not None and self._stored.writable
        self.add.setEnabled(bool(count) and writable and not self._is_writing)


def _name_of(tr: Translator, source: Path | str) -> str:
    return one_line(source.name, _LONGEST_NAME) if isinstance(source, Path) else tr("Pasted text")
