"""Headers of a request, a line each; the value of a line can be put where secrets are, so that only its place stays."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from manara.ui.editor.commands import SecretStore
from manara.ui.editor.secret_editor import FILE, KEYRING, OTHER, kind_of
from manara.ui.flow import Flow
from manara.ui.form.label import Label, Weight
from manara.ui.form.text_editors import TableEditor
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.questions import Questions
from manara.wording import Translator
from manara.wording.secrets import not_kept


class HeadersEditor(TableEditor):
    """Edits a table of headers. `name` says under which name the secret of a header is kept."""

    def __init__(self, tr: Translator, store: SecretStore, name: Callable[[str], str]) -> None:
        super().__init__(tr)
        self._store = store
        self._name = name
        # Not a part of this widget: the keyring may answer when the widget is gone already.
        questions = self._questions = Questions()
        self.destroyed.connect(lambda _gone: questions.close())
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        hint = tr("The value of the line with the cursor: the settings hold only where it is")
        self.keep = named(QPushButton(), tr("Keep the value as a secret"), hint)
        self.ways = QMenu(self)
        self.ways.addAction(tr("In the system's keyring")).triggered.connect(lambda _checked: self._keep(KEYRING))
        self.ways.addAction(tr("In a file that only you can read")).triggered.connect(lambda _checked: self._keep(FILE))
        self.keep.setMenu(self.ways)
        self.note = Label(weight=Weight.FAINT)
        self.note.hide()
        self._edit.cursorPositionChanged.connect(self._offer)
        self._edit.textChanged.connect(self._offer)
        self._lay_out()
        self._offer()

    @property
    def is_busy(self) -> bool:
        """Whether a secret is on its way to where it is kept."""
        return self._questions.waiting

    def complaint(self) -> str:
        """Return what is still to be done, or which line is wrong."""
        return self._tr("The secret is still on its way to where it is kept.") if self.is_busy else super().complaint()

    def _lay_out(self) -> None:
        holder, below = QWidget(), QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._edit)
        row = Flow(below)
        row.addWidget(self.keep)
        column.addWidget(below)
        column.addWidget(self.note)
        self.layout().addWidget(holder)  # type: ignore[union-attr]

    def _line(self) -> tuple[str, str]:
        """Return the header at the cursor and its value."""
        name, _, value = (part.strip() for part in self._edit.textCursor().block().text().partition(":"))
        return name, value

    @Slot()
    def _offer(self) -> None:
        name, value = self._line()
        self.keep.setEnabled(bool(name) and kind_of(value) == OTHER and not self.is_busy)

    def _keep(self, where: str) -> None:
        name, value = self._line()
        if not self.keep.isEnabled():
            return
        self._say(self._tr("It is being kept…"))
        keep = self._store.store_in_file if where == FILE else self._store.store
        self._questions.ask("keep", keep(self._name(name), value), self._take_reference)
        self._wait()

    def _wait(self) -> None:
        """Let nobody change anything while a secret is on its way."""
        self._edit.setReadOnly(self.is_busy)
        self._offer()

    def _take_reference(self, reference: str) -> None:
        at = self._edit.textCursor().blockNumber()
        lines = self._edit.toPlainText().split("\n")
        lines[at] = f"{self._line()[0]}: {reference}"
        # The whole text anew, so that nobody brings the secret back by undoing what was typed.
        self._edit.setPlainText("\n".join(lines))
        self._edit.setTextCursor(QTextCursor(self._edit.document().findBlockByNumber(at)))
        self._wait()
        self._say("")
        announce(self, self._tr("The secret is kept."))
        self.committed.emit()

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        self._complain(not_kept(self._tr, error))

    @Slot(object)
    def _lose(self, _topic: object) -> None:
        self._complain(self._tr("It was not kept: nobody answered."))

    def _complain(self, sentence: str) -> None:
        self._wait()
        self._say(sentence)
        announce(self, sentence)

    def _say(self, sentence: str) -> None:
        self.note.tell(sentence)
        self.note.setVisible(bool(sentence))
