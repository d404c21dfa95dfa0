"""Headers of a request, a line each; the value of a line can be put where secrets are, so that only its place stays."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from manara.ui.editor.commands import SecretStore
from manara.ui.editor.secret_editor import FILE, KEYRING, OTHER, kind_of
from manara.ui.editor.secret_keeping import SecretKeeping
from manara.ui.flow import Flow
from manara.ui.form.text_editors import TableEditor
from manara.ui.past.buttons import named
from manara.wording import Translator


class HeadersEditor(TableEditor):
    """Edits a table of headers. `name` says under which name the secret of a header is kept."""

    def __init__(self, tr: Translator, store: SecretStore, name: Callable[[str], str]) -> None:
        super().__init__(tr)
        self._store = store
        self._name = name
        self._keeping = SecretKeeping(tr, self)
        self._keeping.busy_changed.connect(self._wait)
        self._keeping.kept.connect(self._take_reference)
        hint = tr("The value of the line with the cursor: the settings hold only where it is")
        self.keep = named(QPushButton(), tr("Keep the value as a secret"), hint)
        self.ways = QMenu(self)
        self.ways.addAction(tr("In the system's keyring")).triggered.connect(lambda _checked: self._keep(KEYRING))
        self.ways.addAction(tr("In a file that only you can read")).triggered.connect(lambda _checked: self._keep(FILE))
        self.keep.setMenu(self.ways)
        self.note = self._keeping.note
        self._edit.cursorPositionChanged.connect(self._offer)
        self._edit.textChanged.connect(self._offer)
        self._lay_out()
        self._offer()

    @property
    def is_busy(self) -> bool:
        """Whether a secret is on its way to where it is kept."""
        return self._keeping.is_busy

    def complaint(self) -> str:
        """Return what is still to be done, or which line is wrong."""
        return self._keeping.complaint() or super().complaint()

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
        keep = self._store.store_in_file if where == FILE else self._store.store
        self._keeping.wait_for(keep(self._name(name), value))

    @Slot()
    def _wait(self) -> None:
        """Let nobody change anything while a secret is on its way."""
        self._edit.setReadOnly(self.is_busy)
        self._offer()

    @Slot(str)
    def _take_reference(self, reference: str) -> None:
        at = self._edit.textCursor().blockNumber()
        lines = self._edit.toPlainText().split("\n")
        lines[at] = f"{self._line()[0]}: {reference}"
        # The whole text anew, so that nobody brings the secret back by undoing what was typed.
        self._edit.setPlainText("\n".join(lines))
        self._edit.setTextCursor(QTextCursor(self._edit.document().findBlockByNumber(at)))
        self.committed.emit()
