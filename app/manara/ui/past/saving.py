"""Asks where an export is to be saved, makes it and saves it there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from manara.model import Window
from manara.ui.past.export import Format, Paintable, Picture, file_name, png, svg, table, write_file
from manara.ui.past.lane import Lane
from manara.wording import Translator


@dataclass(frozen=True, slots=True)
class Shown:
    """What an export is made of."""

    chart: Paintable
    picture: Picture
    lanes: tuple[Lane, ...]
    window: Window
    zone: tzinfo | None


def content(shown: Shown, form: Format) -> bytes:
    """Return the file."""
    match form:
        case Format.PNG:
            return png(shown.chart, shown.picture)
        case Format.SVG:
            return svg(shown.chart, shown.picture)
        case Format.CSV:
            return table(shown.lanes, shown.window, shown.zone)


class Saving(QObject):
    """One save at a time; tells in a sentence what became of it."""

    saved = Signal(str)

    def __init__(self, tr: Translator, show: Callable[[], Shown], parent: QWidget) -> None:
        super().__init__(parent)
        self._tr = tr
        self._show = show
        self._window = parent
        self.dialog: QFileDialog | None = None
        self._form = Format.PNG
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    @Slot(object)
    def ask(self, form: Format) -> None:
        """Ask for a place."""
        self._form = form
        tr = self._tr
        filters = {
            Format.PNG: tr("Pictures (*.png)"),
            Format.SVG: tr("Pictures (*.svg)"),
            Format.CSV: tr("Tables (*.csv)"),
        }
        shown = self._show()
        dialog = QFileDialog(self._window, tr("Save what the chart shows"), self._folder, filters[form])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.value)
        dialog.selectFile(file_name(shown.lanes, shown.window, form))
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Save in the form that was asked for, as the chart is now."""
        self._folder = str(Path(path).parent)
        self.saved.emit(write_file(self._tr, Path(path), content(self._show(), self._form)))
