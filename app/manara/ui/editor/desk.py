"""Opens the windows of the editor for what the user chose, and keeps them up to date. The main window talks to it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog

from manara.catalog import open_catalogue
from manara.paths import own_catalogue_file, resource
from manara.probes import CHECK_TYPES
from manara.settings import Stored
from manara.ui.editor.bulk_editor import BulkEditor
from manara.ui.editor.editor import ServiceEditor
from manara.ui.editor.surroundings import Surroundings
from manara.ui.editor.understanding import Understanding
from manara.ui.front import bring_to_front
from manara.ui.questions import Questions
from manara.wording import Translator, category_word
from manara.wording.editing import not_done


class Desk(QObject):
    """Holds the windows that are open; a service has one at most."""

    saved = Signal(str, object)
    """What was done in one sentence, and the `Undo` of it: for `UndoBar.offer`."""
    failed = Signal(str)
    """Why nothing could be opened, in one sentence: for `UndoBar.say`."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        self.windows: list[ServiceEditor | BulkEditor] = []

    @Slot()
    def add(self, text: str = "") -> None:
        """Let the user add a service; `text` is what it is already known by, an address or a word."""
        self._ask(lambda stored: self._open_new(stored, text))

    def edit(self, service_ids: Sequence[str]) -> None:
        """Let the user edit one service, or several at once."""
        if len(service_ids) > 1:
            self._ask(lambda stored: self._open(BulkEditor(self._around, stored, service_ids)))
        elif service_ids:
            self._ask(lambda stored: self._open_one(stored, service_ids[0]))

    @Slot()
    def look_again(self) -> None:
        """The settings have changed: let open windows see whether that is about them."""
        for window in self.windows:
            if isinstance(window, ServiceEditor):
                window.look_again()

    def close(self) -> None:
        """The program ends: close everything without asking."""
        self._questions.close()
        for window in tuple(self.windows):
            window.done(QDialog.DialogCode.Rejected)

    def _ask(self, then: Callable[[Stored], object]) -> None:
        # Each is a topic of its own: of two windows that are wished for quickly, both open.
        self._questions.ask(object(), self._around.commands.stored(), then)

    def _open_new(self, stored: Stored, text: str) -> None:
        window = ServiceEditor(self._around, stored)
        self._open(window)
        if text:
            window.begin_with(text)

    def _open_one(self, stored: Stored, service_id: str) -> None:
        opened = (each for each in self.windows if isinstance(each, ServiceEditor) and each.service_id == service_id)
        window = next(opened, None)
        if window is not None:
            bring_to_front(window)
        elif service_id in stored.ids:
            self._open(ServiceEditor(self._around, stored, service_id))
        else:
            self.failed.emit(self._around.tr("The settings do not have this service any more."))

    def _open(self, window: ServiceEditor | BulkEditor) -> None:
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.saved.connect(self.saved)
        window.finished.connect(lambda _result: self.windows.remove(window))
        self.windows.append(window)
        bring_to_front(window)

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        self.failed.emit(not_done(self._around.tr, error))

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self.failed.emit(self._around.tr("Nothing is watched any more, so nothing can be changed."))


def usual_understanding(tr: Translator) -> Understanding:
    """Return how addresses and words are understood with the catalogue that is shipped and the user's own."""
    catalogue = open_catalogue(resource("catalogue.toml"), own_catalogue_file(), CHECK_TYPES)
    return Understanding(catalogue, lambda category: category_word(tr, category))
