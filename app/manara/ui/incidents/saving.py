"""Asks where a report on an incident is to be saved, makes it and saves it there."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from manara.model import Incident
from manara.monitor.incident_export import incident_paper, told_document
from manara.monitor.paper import Paper, html, markdown, text
from manara.ui.past.export import write_file
from manara.wording import Translator
from manara.wording.believed import Believed


class Form(StrEnum):
    """Kinds of files; the value is the end of their names."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report is made of."""

    incident: Incident
    believed: Believed
    known: tuple[Incident, ...]
    now: datetime


def as_text(tr: Translator, reported: Reported) -> str:
    """Return a report as plain text."""
    return text(_paper(tr, reported))


def content(tr: Translator, reported: Reported, form: Form) -> bytes:
    """Return the file."""
    if form is Form.JSON:
        document = told_document(tr, reported.incident, reported.believed, reported.known, reported.now)
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    written = html if form is Form.HTML else markdown
    return written(_paper(tr, reported)).encode()


class Saving(QObject):
    """One save at a time; tells in a sentence what became of it."""

    saved = Signal(str)

    def __init__(self, tr: Translator, reported: Callable[[], Reported], parent: QWidget) -> None:
        super().__init__(parent)
        self._tr = tr
        self._reported = reported
        self._window = parent
        self.dialog: QFileDialog | None = None
        self._form = Form.MARKDOWN
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def ask(self, form: Form) -> None:
        """Ask for a place."""
        tr, self._form = self._tr, form
        filters = {
            Form.MARKDOWN: tr("Text with marks (*.md)"),
            Form.HTML: tr("Web pages (*.html)"),
            Form.JSON: tr("Data for programs (*.json)"),
        }
        dialog = QFileDialog(self._window, tr("Save a report on this incident"), self._folder, filters[form])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.value)
        dialog.selectFile(file_name(self._reported().incident, form))
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Save in the form that was asked for, as the incident is now."""
        self._folder = str(Path(path).parent)
        self.saved.emit(write_file(self._tr, Path(path), content(self._tr, self._reported(), self._form)))


def file_name(incident: Incident, form: Form) -> str:
    """Return a name for a file: `incident-20211004-154010-1.md`."""
    return f"incident-{re.sub('[^A-Za-z0-9-]', '-', incident.id)[:60]}.{form.value}"


def _paper(tr: Translator, reported: Reported) -> Paper:
    return incident_paper(tr, reported.incident, reported.believed, reported.known, reported.now)
