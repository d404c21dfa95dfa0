"""Removing and pausing services from anywhere in the window: done at once, and offered to be taken back."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from manara.settings import Change, ChangeServices, RemoveServices, Undo
from manara.ui.editor.commands import Commands
from manara.ui.editor.undo_bar import UndoBar
from manara.ui.questions import Questions
from manara.wording import Translator
from manara.wording.editing import Deed, deed_sentence, not_done


class ServiceChanges(QObject):
    """Sends changes to the monitor. `names` are the names of services by their ids."""

    def __init__(self, tr: Translator, commands: Commands, bar: UndoBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._commands = commands
        self._bar = bar
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)

    @property
    def is_busy(self) -> bool:
        """Whether a change is under way."""
        return self._questions.waiting

    def remove(self, names: Mapping[str, str]) -> None:
        """Watch these services no longer; what was measured of them is kept for a while."""
        self.apply(RemoveServices(tuple(names)), Deed.REMOVED, list(names.values()))

    def pause(self, names: Mapping[str, str]) -> None:
        """Leave these services alone for now."""
        self.apply(ChangeServices(tuple(names), {"paused": True}), Deed.PAUSED, list(names.values()))

    def resume(self, names: Mapping[str, str]) -> None:
        """Watch these services again."""
        self.apply(ChangeServices(tuple(names), {"paused": None}), Deed.RESUMED, list(names.values()))

    def apply(self, change: Change, deed: Deed, names: Sequence[str]) -> None:
        """Change the settings, and offer to take that back when it is done."""
        told = deed_sentence(self._tr, deed, names)
        # Each is a topic of its own: a second change must not make the first one forgotten.
        self._questions.ask(object(), self._commands.change(change), partial(self._offer, told))

    def close(self) -> None:
        """Tell nothing any more: the program ends."""
        self._questions.close()

    def _offer(self, told: str, undo: Undo) -> None:
        self._bar.offer(told, undo)

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        self._bar.say(not_done(self._tr, error))

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self._bar.say(self._tr("Nothing is watched any more, so nothing can be changed."))
