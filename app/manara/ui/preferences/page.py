"""A page of the preferences: a class with what it is called on top, made when it is first shown."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from manara.ui.form.highlight import Highlightable, padding
from manara.ui.form.label import Label, Weight
from manara.ui.preferences.surroundings import Surroundings
from manara.ui.questions import Questions
from manara.wording import Translator
from manara.wording.editing import not_done

if TYPE_CHECKING:
    from manara.settings import Change, Stored, Undo


class Block(Highlightable):
    """One thing on a page that is no option: what it is about, words, and what can be done."""

    def __init__(self, title: str, text: str = "", *inside: QWidget, words: str = "") -> None:
        """`words` are further ones by which it is found."""
        super().__init__()
        self._found_by = f"{title} {text} {words}"
        gap = padding(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(gap, gap, gap, gap)
        self.column.setSpacing(gap)
        if title:
            self.column.addWidget(Label(title))
        for each in inside:
            self.column.addWidget(each)
        if text:
            self.column.addWidget(Label(text, Weight.FAINT))

    def search(self, found: Callable[[str], bool]) -> int:
        """Highlight this where it is found, and return whether it is, as a number."""
        self.highlight(found=found(self._found_by))
        return int(self.highlighted)


def at_start(*widgets: QWidget) -> QWidget:
    """Return widgets where reading begins, each as wide as its words."""
    together = QWidget()
    row = QHBoxLayout(together)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return together


class Page(QWidget):
    """What every page has."""

    name: ClassVar[str]
    """One word that stays when titles change."""
    title: ClassVar[str]
    about: ClassVar[str]
    """What can be done here, in one sentence."""
    words: ClassVar[tuple[str, ...]] = ()
    """What else a search finds this page by."""
    stretches = False
    """Whether something on the page takes all the height there is."""

    done = Signal(str, object)
    """What was changed, in one sentence, and what takes it back."""
    told = Signal(str)
    """Something to be said once, in one sentence."""
    stale = Signal()
    """What the settings file says has changed, or must be shown again."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.tr_ = around.tr
        self.blocks: list[Block] = []
        self._changes = Questions(self)
        self._changes.failed.connect(self._fail)
        self._changes.cancelled.connect(self._lose)
        gap = self.fontMetrics().height() // 2
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(gap, gap, gap, gap)
        self.column.setSpacing(gap)
        self.column.addWidget(Label(self.tr_(self.title), Weight.TITLE, padded=True))
        self.column.addWidget(Label(self.tr_(self.about), Weight.FAINT, padded=True))

    @classmethod
    def texts(cls, tr: Translator) -> Sequence[str]:
        """Return the texts by which a search finds the page, also before it is made."""
        return (tr(cls.title), tr(cls.about), *map(tr, cls.words))

    @property
    def further_words(self) -> str:
        """What else a search finds the page by, in the user's language."""
        return " ".join(map(self.tr_, self.words))

    @property
    def is_busy(self) -> bool:
        """Whether a change is under way."""
        return self._changes.waiting

    def send(self, change: "Change", told: str, topic: str = "") -> None:
        """Change the settings file; what was done is told when it is done."""
        # Each is a question of its own: a second change must not make the first one forgotten.
        self._changes.ask((topic, object()), self.around.commands.change(change), partial(self._offer, told))

    def refused(self, topic: str, error: BaseException) -> bool:  # noqa: ARG002 - for those that know better
        """Take note that a change was refused, and return whether the page tells why itself."""
        return False

    def add_block(self, block: Block) -> Block:
        """Put a block below what is there already."""
        self.blocks.append(block)
        self.column.addWidget(block)
        return block

    def finish(self) -> None:
        """Leave the room below empty."""
        if not self.stretches:
            self.column.addStretch(1)

    def search(self, found: Callable[[str], bool]) -> QWidget | None:
        """Highlight what is found and return the first of it; nothing is found with `lambda _: False`."""
        hits = [block for block in self.blocks if block.search(found)]
        return hits[0] if hits else None

    def show_stored(self, stored: "Stored") -> None:
        """Show what the settings file says."""

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change what stands in the settings file; it can still be read."""

    def commit(self) -> None:
        """Take for left what the user has changed and not yet left: the window is closed, or another page shown."""

    def close_page(self) -> None:
        """Wait for nothing any more: the program ends."""
        self._changes.close()

    def _offer(self, told: str, undo: "Undo") -> None:
        self.done.emit(told, undo)
        self.stale.emit()

    @Slot(object, object)
    def _fail(self, asked: tuple[str, object], error: BaseException) -> None:
        if not self.refused(asked[0], error):
            self.told.emit(not_done(self.tr_, error))
            self.stale.emit()

    @Slot(object)
    def _lose(self, _asked: object) -> None:
        self.told.emit(self.tr_("Nothing is watched any more, so nothing can be changed."))
