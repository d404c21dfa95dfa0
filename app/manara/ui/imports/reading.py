"""Reading what is brought along, on a thread of its own, with progress and an end at any time."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from manara.catalog.imports import ImportPreview, ImportRefused, Into, read_import
from manara.model import Service, SettingsInvalid
from manara.probes import CHECK_TYPES
from manara.settings import Interpreter, Settings, Stored
from manara.threads import in_thread
from manara.ui.editor.surroundings import Surroundings
from manara.ui.past.questions import Questions
from manara.wording import one_line


def chosen_settings(stored: Stored, catalogue: Mapping[str, Service]) -> Settings:
    """Return what a settings file means; the starter set, which nobody has chosen, counts for nothing.

    It may be slow: for a thread of its own. Raise `SettingsInvalid`.
    """
    document = {**stored.sections, "services": list(stored.services) if stored.chosen else []}
    settings, problems = Interpreter(CHECK_TYPES, catalogue).settings_of(document)
    if problems:
        raise SettingsInvalid(stored.path, problems)
    return settings


class Reading(QObject):
    """Reads one thing at a time. Lives on the GUI thread."""

    progressed = Signal(int, int)
    """How many of how many are done; several phases, each from 0."""
    read = Signal(object)
    """An `ImportPreview`."""
    refused = Signal(str)
    """Why it cannot be read, in one sentence."""

    _stepped = Signal(object, int, int)

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._unwanted = threading.Event()
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._stepped.connect(self._tell_step, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether anything is being read."""
        return self._questions.waiting

    def begin(self, source: Path | str, stored: Stored, *, besides: tuple[Service, ...] = ()) -> None:
        """Read a file, a folder or a text for settings that say this, and that will have these services as well."""
        self.cancel()
        unwanted = self._unwanted = threading.Event()
        self._questions.ask("read", self._preview_of(source, stored, besides, unwanted), self.read.emit)

    def cancel(self) -> None:
        """Read on no more; nothing is told of it."""
        self._unwanted.set()
        self._questions.close()

    def _preview_of(
        self, source: Path | str, stored: Stored, besides: tuple[Service, ...], unwanted: threading.Event
    ) -> Future[ImportPreview]:
        def step(done: int, total: int) -> None:
            self._stepped.emit(unwanted, done, total)

        def read() -> ImportPreview:
            settings = chosen_settings(stored, self._around.understanding.catalogue)
            settings = replace(settings, services=settings.services + besides)
            into = Into(settings=settings, catalogue=self._around.understanding.catalogue, tr=self._around.tr)
            return read_import(source, into, on_progress=step, cancelled=unwanted.is_set)

        return in_thread(read, "manara-import")

    @Slot(object, int, int)
    def _tell_step(self, unwanted: threading.Event, done: int, total: int) -> None:
        if unwanted is self._unwanted and self.is_busy:
            self.progressed.emit(done, total)

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        if isinstance(error, ImportRefused):
            self.refused.emit(error.sentence(self._around.tr))
        else:
            self.refused.emit(one_line(str(error)))
