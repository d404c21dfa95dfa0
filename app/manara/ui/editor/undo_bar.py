"""The bar that tells what was changed and offers to take it back: for ten seconds by a button, for longer by Ctrl+Z.

It knows nothing of what is changed: it is given sentences, and what takes a change back. The main window has it from
its start, so that nothing of the forms and the settings is loaded here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.plain import isolated
from manara.ui.questions import Questions
from manara.wording import Translator, one_line
from manara.wording.problems import why

if TYPE_CHECKING:
    from concurrent.futures import Future

SHOWN_MS = 10_000
"""So long the bar is there after a change; longer while it is pointed at or has the focus."""
MOST_KEPT = 50
"""So many changes can be taken back, the newest first."""
_MOST_TRIES = 2

TakeBack: TypeAlias = Callable[[Any], "Future[None]"]
"""Takes a change back, given what the change left for that; `Monitor.undo` is one."""


@dataclass(slots=True)
class _Done:
    told: str
    undo: object
    tries: int = 0


class UndoBar(QFrame):
    """Keeps what can be taken back. Put its `action` into the window and into a menu: it has the key."""

    def __init__(self, tr: Translator, take_back: TakeBack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._take_back = take_back
        self._done: list[_Done] = []
        self._under_way = _Done("", None)
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        self.text = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.button = named(QPushButton(), tr("Undo"), tr("Take the last change back (Ctrl+Z)"))
        self.button.clicked.connect(self.undo_last)
        self.close_button = named(QToolButton(autoRaise=True), "✕", tr("Close"), tr("Close"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button.clicked.connect(self.hide)
        self.action = QAction(tr("Undo"), self)
        self.action.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.action.triggered.connect(self.undo_last)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._hide_in_peace)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        row = QHBoxLayout(self)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        self._offer_what_there_is()
        self.hide()

    @property
    def kept(self) -> Sequence[str]:
        """What can be taken back, the newest last."""
        return [done.told for done in self._done]

    @property
    def is_busy(self) -> bool:
        """Whether something is being taken back."""
        return self._questions.waiting

    @Slot(str, object)
    def offer(self, told: str, undo: object) -> None:
        """Tell what was done, and offer to take it back."""
        self._done.append(_Done(told, undo))
        del self._done[:-MOST_KEPT]
        self.say(told)

    def say(self, sentence: str) -> None:
        """Tell something for the same time; what can be taken back stays offered."""
        self.text.setText(isolated(sentence))
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.text.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self._offer_what_there_is()
        self.show()
        self._timer.start()
        announce(self, sentence)

    def close_questions(self) -> None:
        """Wait for no answer any more: the program ends."""
        self._questions.close()

    @Slot()
    def undo_last(self) -> None:
        """Take the newest change back."""
        if self._done and not self.is_busy:
            self._under_way = done = self._done[-1]
            self._questions.ask("undo", self._take_back(done.undo), lambda _: self._forget(done))
            self._offer_what_there_is()

    def _forget(self, done: _Done) -> None:
        self._done.remove(done)
        self.say(self._tr("Taken back: {what}").format(what=done.told))

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        """Say why; it can be tried once more, but must not stand in the way of older ones for ever."""
        done = self._under_way
        done.tries += 1
        if done.tries == _MOST_TRIES:
            self._done.remove(done)
        self.say(self._tr("This could not be taken back: {why}").format(why=one_line(why(self._tr, error))))

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self.say(self._tr("Nothing is watched any more, so nothing can be changed."))

    @Slot()
    def _hide_in_peace(self) -> None:
        """Hide, unless somebody is just about to use it."""
        if self.underMouse() or self.button.hasFocus() or self.close_button.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _offer_what_there_is(self) -> None:
        can = bool(self._done) and not self.is_busy
        count = len(self._done)
        words = self._tr("Undo")
        self.button.setText(words if count < 2 else self._tr("Undo ({n})").format(n=count))
        self.button.setVisible(bool(self._done))
        self.button.setEnabled(can)
        self.action.setEnabled(can)
        told = self._done[-1].told if self._done else ""
        self.action.setText(self._tr("Undo: {what}").format(what=told) if told else words)
