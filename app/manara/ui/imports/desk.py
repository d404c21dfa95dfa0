"""Opens the windows of imports and exports. The main window and the preferences talk to it."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from manara.ui.editor.surroundings import Surroundings
from manara.ui.front import bring_to_front
from manara.ui.imports.export_dialog import ExportDialog
from manara.ui.imports.import_dialog import ImportDialog


class ImportDesk(QObject):
    """Holds the windows that are open."""

    saved = Signal(str, object)
    """What was done in one sentence, and the `Undo` of it: for `UndoBar.offer`."""
    failed = Signal(str)
    """Why nothing was opened, in one sentence: for `UndoBar.say`."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        self.files: QFileDialog | None = None
        self.windows: list[QDialog] = []

    def ask(self, over: QWidget | None = None) -> None:
        """Ask for a file to import."""
        tr = self._around.tr
        files = QFileDialog(over, tr("Import services"), self._folder)
        files.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = "*.json *.db *.yaml *.yml *.toml *.csv *.txt"
        files.setNameFilters([tr("Files with services ({kinds})").format(kinds=kinds), tr("All files (*)")])
        files.fileSelected.connect(self._take_file)
        files.finished.connect(files.deleteLater)
        files.finished.connect(self._forget_files)
        self.files = files
        files.open()

    @Slot(object)
    def bring(self, source: Path | str) -> None:
        """Show what a file, a folder or a text would bring."""
        window = ImportDialog(self._around, source)
        window.saved.connect(self.saved)
        self._open(window)

    @Slot()
    def bring_clipboard(self) -> None:
        """Show what the text on the clipboard would bring."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.bring(text)
        else:
            self.failed.emit(self._around.tr("There is no text on the clipboard."))

    @Slot()
    def export(self) -> None:
        """Let the user take services elsewhere."""
        self._open(ExportDialog(self._around))

    def close(self) -> None:
        """The program ends: close everything without asking."""
        if self.files is not None:
            self.files.close()
        for window in tuple(self.windows):
            window.done(QDialog.DialogCode.Rejected)

    def _open(self, window: QDialog) -> None:
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.finished.connect(lambda _result: self.windows.remove(window))
        self.windows.append(window)
        bring_to_front(window)

    @Slot(str)
    def _take_file(self, path: str) -> None:
        self._folder = str(Path(path).parent)
        self.bring(Path(path))

    @Slot()
    def _forget_files(self) -> None:
        self.files = None
