"""Takes the services elsewhere: asks for a form and a place, writes, and tells what is not in what was written."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from manara.catalog.exports import warning_sentence
from manara.settings import Stored
from manara.threads import in_thread
from manara.ui.editor.message import Message
from manara.ui.editor.surroundings import Surroundings
from manara.ui.form.label import Label, Weight
from manara.ui.imports.writing import Form, Written, write_export
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.questions import Questions
from manara.wording import one_line
from manara.wording.translation import mark

WORDS: Mapping[Form, tuple[str, str]] = {
    Form.TOML: (mark("&Settings of Manara (TOML)"), mark("Everything, for another computer. Manara imports it again.")),
    Form.CSV: (mark("&Table (CSV)"), mark("One line for each check, for a spreadsheet. Manara imports it again.")),
    Form.PROMETHEUS: (
        mark("&Prometheus and blackbox_exporter"),
        mark("Files for a folder: targets, modules, and a configuration that uses both."),
    ),
}
_NAMES = {Form.TOML: "manara.toml", Form.CSV: "manara.csv"}


class ExportDialog(QDialog):
    """Stays open after an export, to tell what became of it."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        tr = self._tr = around.tr
        self._commands = around.commands
        self._catalogue = around.understanding.catalogue
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        self.dialog: QFileDialog | None = None
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.forms: dict[Form, QRadioButton] = {}
        self.message = Message()
        self.warnings = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.save = named(QPushButton(), tr("Save &as…"), tr("Choose a place and write the export there"))
        self._lay_out()

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._questions.waiting

    @property
    def form(self) -> Form:
        """What is to be written."""
        return next(form for form, button in self.forms.items() if button.isChecked())

    @Slot()
    def ask(self) -> None:
        """Ask for a place."""
        form, tr = self.form, self._tr
        dialog = QFileDialog(self, tr("Export services"), self._folder)
        if form is Form.PROMETHEUS:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(form.value)
            dialog.setNameFilter(f"*.{form.value}")
            dialog.selectFile(_NAMES[form])
        dialog.fileSelected.connect(lambda path: self.write(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def write(self, target: Path) -> None:
        """Write the export there."""
        self._folder = str(target.parent)
        self.save.setEnabled(False)
        self._questions.ask("stored", self._commands.stored(), partial(self._write, self.form, target))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell nothing any more; what is being written will be whole."""
        self._questions.close()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Tell nothing any more."""
        self._questions.close()
        super().done(result)

    def _lay_out(self) -> None:
        tr = self._tr
        self.setWindowTitle(tr("Export services"))
        column = QVBoxLayout(self)
        gap = self.fontMetrics().height() // 3
        for form, (words, about) in WORDS.items():
            button = self.forms[form] = QRadioButton(tr(words))
            button.setAccessibleDescription(tr(about))
            column.addWidget(button)
            column.addWidget(Label(tr(about), Weight.FAINT))
            column.addSpacing(gap)
        self.forms[Form.TOML].setChecked(True)
        text = tr("No secret is in any of them: passwords and tokens stay on this computer, only their names go along.")
        column.addWidget(Label(text))
        self.warnings.setAccessibleName(tr("What to know about this export"))
        self.warnings.setAccessibleDescription(tr("What is not in it, and what you must bring along yourself"))
        self.warnings.hide()
        column.addWidget(self.message)
        column.addWidget(self.warnings, 1)
        column.addStretch(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close"))
        close.setAutoDefault(False)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.save.setDefault(True)
        self.save.clicked.connect(self.ask)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 32, em * 20)

    def _write(self, form: Form, target: Path, stored: Stored) -> None:
        written = in_thread(lambda: write_export(form, target, stored, self._catalogue), "manara-export")
        self._questions.ask("write", written, self._tell_written)

    def _tell_written(self, written: Written) -> None:
        tr = self._tr
        names = one_line(", ".join(map(str, written.paths)))
        self._tell(tr("Written: {file}").format(file=names))
        sentences = [warning_sentence(tr, warned) for warned in written.warnings]
        self.warnings.setPlainText("\n".join(sentences))
        self.warnings.setVisible(bool(sentences))

    def _tell(self, sentence: str) -> None:
        self.save.setEnabled(True)
        self.warnings.hide()
        self.message.tell(sentence)
        announce(self, sentence)

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        why = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
        self._tell(self._tr("Nothing was exported: {why}").format(why=one_line(why)))

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self._tell(self._tr("Nothing is watched any more, so nothing can be exported."))
