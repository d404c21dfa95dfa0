"""Reading what is brought along, on a thread of its own, with progress and an end at any time."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from manara.catalog.imports import ImportPreview, ImportRefused, Into, read_import
from manara.model import Service, SettingsInvalid
from manara.probes import CHECK_TYPES
from manara.settings import Interpreter, Settings, Stored
from manara.threads import in_thread
from manara.ui.editor.surroundings import Surroundings
from manara.ui.questions import Questions
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


class _Progress:
    """What the reading thread says of itself. It knows nothing of Qt: the window may be gone at any moment."""

    def __init__(self) -> None:
        self.step_now = (0, 0)
        self.new = False

    def step(self, done: int, total: int) -> None:
        self.step_now = (done, total)
        self.new = True


LOOK_EVERY_MS = 50


class Reading(QObject):
    """Reads one thing at a time. Lives on the GUI thread."""

    progressed = Signal(int, int)
    """How many of how many are done; several phases, each from 0."""
    read = Signal(object)
    """An `ImportPreview`."""
    refused = Signal(str)
    """Why it cannot be read, in one sentence."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._unwanted = threading.Event()
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._progress = _Progress()
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._looking.timeout.connect(self._tell_step)

    @property
    def is_busy(self) -> bool:
        """Whether anything is being read."""
        return self._questions.waiting

    def begin(self, source: Path | str, stored: Stored, *, besides: tuple[Service, ...] = ()) -> None:
        """Read a file, a folder or a text for settings that say this, and that will have these services as well."""
        self.cancel()
        self._unwanted, self._progress = threading.Event(), _Progress()
        self._looking.start()
        preview = self._preview_of(source, stored, besides, self._unwanted, self._progress)
        self._questions.ask("read", preview, self._finish)

    def cancel(self) -> None:
        """Read on no more; nothing is told of it."""
        self._unwanted.set()
        self._looking.stop()
        self._questions.close()

    def _preview_of(
        self,
        source: Path | str,
        stored: Stored,
        besides: tuple[Service, ...],
        unwanted: threading.Event,
        progress: "_Progress",
    ) -> Future[ImportPreview]:
        def read() -> ImportPreview:
            settings = chosen_settings(stored, self._around.understanding.catalogue)
            settings = replace(settings, services=settings.services + besides)
            into = Into(settings=settings, catalogue=self._around.understanding.catalogue, tr=self._around.tr)
            return read_import(source, into, on_progress=progress.step, cancelled=unwanted.is_set)

        return in_thread(read, "manara-import")

    @Slot()
    def _tell_step(self) -> None:
        if self._progress.new:
            self._progress.new = False
            self.progressed.emit(*self._progress.step_now)

    def _finish(self, preview: ImportPreview) -> None:
        self._looking.stop()
        self.read.emit(preview)

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        self._looking.stop()
        if isinstance(error, ImportRefused):
            self.refused.emit(error.sentence(self._around.tr))
        else:
            self.refused.emit(one_line(str(error)))
