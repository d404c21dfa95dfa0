"""Asks where a file is to be saved, and saves it there. What it holds, only those who want it saved know."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from manara.wording import Translator, one_line


@dataclass(frozen=True, slots=True)
class ToSave:
    """A file that the user wants, before it is made."""

    title: str
    """What is saved, in words: the title of the dialog."""
    filter: str
    """Which files the dialog shows, in the syntax of Qt: `Tables (*.csv)`."""
    ending: str
    """What a name without an ending gets, without the dot."""
    name: str
    """How the file is called unless the user wants another name."""
    make: Callable[[], bytes]
    """Returns the content; called when the user has chosen the place."""


class Saving(QObject):
    """One save at a time; tells in a sentence what became of it."""

    saved = Signal(str)

    def __init__(self, tr: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._tr = tr
        self._window = parent
        self.dialog: QFileDialog | None = None
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def ask(self, wanted: ToSave) -> None:
        """Ask for a place."""
        dialog = QFileDialog(self._window, wanted.title, self._folder, wanted.filter)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(wanted.ending)
        dialog.selectFile(wanted.name)
        dialog.fileSelected.connect(partial(self._save, wanted))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _save(self, wanted: ToSave, path: str) -> None:
        self._folder = str(Path(path).parent)
        self.saved.emit(write_file(self._tr, Path(path), wanted.make()))


def write_file(tr: Translator, path: Path, content: bytes) -> str:
    """Write a file; return a sentence for people, also if that was not possible."""
    try:
        path.write_bytes(content)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return tr("{file} could not be written: {why}").format(file=one_line(path.name), why=why)
    return tr("Saved as {file}").format(file=one_line(str(path)))
