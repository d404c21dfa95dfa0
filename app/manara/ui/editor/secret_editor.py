"""Where a secret is: in the keyring, in a variable of the environment, in a file. The secret is never shown."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from manara.ui.editor.commands import SecretStore
from manara.ui.editor.entry import Entry
from manara.ui.editor.secret_keeping import SecretKeeping
from manara.ui.flow import Flow
from manara.ui.form.editor import Editor, LeftAlone
from manara.ui.past.buttons import named
from manara.wording import Translator, one_line

NONE, KEYRING, VARIABLE, FILE, OTHER = "", "keyring", "env", "file", "other"
"""What stands before the colon of a reference; OTHER is a text that is none, and might be the secret itself."""
_NARROW = 28
"""Letters that a field has room for at least."""


class SecretEditor(Editor):
    """Edits a reference to a secret. `name` says under which name a new one is kept."""

    wide = True

    def __init__(self, tr: Translator, store: SecretStore | None = None, name: Callable[[], str] = str) -> None:
        self.kind = QComboBox()
        super().__init__(self.kind)
        self._tr = tr
        self._store = store
        self._name = name
        self._reference = ""
        self._written: dict[str, str] = {}
        """What was written for each kind, so that choosing another one loses nothing."""
        self._keeping = SecretKeeping(tr, self)
        self._keeping.busy_changed.connect(self._wait)
        self._keeping.kept.connect(self._take_reference)
        self.kind.activated.connect(self._take_kind)
        self.kind.installEventFilter(LeftAlone(self.kind))
        self.variable = self._line(tr("Name of the variable"), "SHOP_PASSWORD")
        self.file = self._line(tr("Path of the file"), "/home/you/secret")
        self.browse = named(QPushButton(), tr("Browse…"), tr("Choose the file that holds the secret"))
        self.browse.clicked.connect(self._choose_file)
        self.secret = Entry(echoMode=QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(tr("The secret"))
        self.secret.setAccessibleDescription(tr("It is kept where you have chosen, and is never shown"))
        self.secret.setPlaceholderText(tr("Type or paste the secret"))
        self.keep = named(QPushButton(), tr("Keep"), tr("Keep it where you have chosen; it is not shown any more"))
        self.keep.clicked.connect(self._keep)
        self.keep.setEnabled(False)
        self.secret.textChanged.connect(self._see_whether_there_is_one)
        self.secret.returnPressed.connect(self._keep)
        self.note = self._keeping.note
        self.pages = QStackedWidget()
        self.pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lay_out()
        self._offer()

    @property
    def is_busy(self) -> bool:
        """Whether a secret is on its way to where it is kept."""
        return self._keeping.is_busy

    def show_value(self, value: Any) -> None:
        """Show where the secret is. A text that is no reference is kept, but not shown."""
        self._reference = str(value or "")
        self._written = {kind_of(self._reference): self._reference}
        self.secret.clear()
        self._offer()

    def value(self) -> Any:
        """Return the reference; None where there is no secret."""
        return self._reference or None

    def complaint(self) -> str:
        """Return what is still to be done."""
        kind, _, place = self._reference.partition(":")
        if self.is_busy:
            return self._keeping.complaint()
        if self.secret.text() or (kind == KEYRING and not place):
            return self._tr("Type the secret and press “Keep”: the settings hold only where it is.")
        return self._tr("This must be filled in.") if kind in (VARIABLE, FILE) and not place else ""

    def _line(self, name: str, example: str) -> QLineEdit:
        line = QLineEdit(placeholderText=example)
        line.setAccessibleName(name)
        line.setToolTip(name)
        line.setAccessibleDescription(self._tr("Where the secret is"))
        line.textEdited.connect(self._take_place)
        line.editingFinished.connect(self.committed)
        return line

    def _lay_out(self) -> None:
        tr = self._tr
        words = {
            NONE: tr("No secret"),
            KEYRING: tr("In the system's keyring"),
            VARIABLE: tr("In a variable of the environment"),
            FILE: tr("In a file that only you can read"),
        }
        for kind, word in words.items():
            if kind != KEYRING or self._store is not None:
                self.kind.addItem(word, kind)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(_NARROW)
        self._pages = {VARIABLE: _in_a_row(self.variable), FILE: _in_a_row(self.file, self.browse)}
        self._new = _in_a_row(self.secret, self.keep)
        for page in self._pages.values():
            self.pages.addWidget(page)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.kind, self.pages, self._new, self.note):
            layout.addWidget(widget)
        self.layout().addWidget(holder)  # type: ignore[union-attr]

    def _offer(self) -> None:
        """Show the kind of the reference, and what belongs to it."""
        kind = kind_of(self._reference)
        with QSignalBlocker(self.kind):
            self._offer_unusual(kind)
            self.kind.setCurrentIndex(self.kind.findData(kind))
        place = self._reference.partition(":")[2]
        for line, own in ((self.variable, VARIABLE), (self.file, FILE)):
            if kind == own and line.text() != place:
                line.setText(place)
        self._show_page(kind)

    def _offer_unusual(self, kind: str) -> None:
        """Offer what is there although nobody could choose it: no keyring at hand, or no reference at all."""
        if self.kind.findData(kind) < 0:
            known = {KEYRING: self._tr("In the system's keyring"), OTHER: self._tr("As it stands in the settings")}
            self.kind.addItem(known[kind], kind)

    def _show_page(self, kind: str) -> None:
        page = self._pages.get(kind)
        self.pages.setVisible(page is not None)
        if page is not None:
            self.pages.setCurrentWidget(page)
        self._new.setVisible(self._store is not None and kind in (KEYRING, FILE))
        self._keeping.say(self._explained(kind))

    def _explained(self, kind: str) -> str:
        tr = self._tr
        name = one_line(self._reference.partition(":")[2])
        if kind == KEYRING and name:
            return tr("It is in the keyring as “{name}”, and is not shown.").format(name=name)
        if kind == FILE and self._store is not None and not name:
            return tr("Name a file of your own, or type the secret and Manara keeps it in one.")
        if kind == OTHER:
            return tr("This is not the place of a secret, and is not shown.")
        return ""

    @Slot()
    def _take_kind(self) -> None:
        kind = self.kind.currentData()
        self._written[kind_of(self._reference)] = self._reference
        # Of a kind that was chosen, the place may be missing yet, which is told.
        self._reference = self._written.get(kind, f"{kind}:" if kind else "")
        self.secret.clear()
        self._offer()
        self.changed.emit()
        if not self.complaint():
            # Nobody is blamed for a place that is still to be named.
            self.committed.emit()

    @Slot()
    def _take_place(self) -> None:
        kind = self.kind.currentData()
        place = (self.variable if kind == VARIABLE else self.file).text().strip()
        self._reference = f"{kind}:{place}"
        self.changed.emit()

    @Slot()
    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self._tr("The file that holds the secret"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Take the file that was chosen."""
        self.file.setText(path)
        self._take_place()
        self.committed.emit()

    @Slot()
    def _see_whether_there_is_one(self) -> None:
        self.keep.setEnabled(bool(self.secret.text()) and not self.is_busy)

    @Slot()
    def _keep(self) -> None:
        secret = self.secret.text()
        if self._store is None or not secret or self.is_busy:
            return
        keep = self._store.store_in_file if self.kind.currentData() == FILE else self._store.store
        self._keeping.wait_for(keep(self._name(), secret))

    @Slot()
    def _wait(self) -> None:
        """Let nobody change anything while a secret is on its way."""
        for widget in (self.kind, self.pages, self._new):
            widget.setEnabled(not self.is_busy)
        self._see_whether_there_is_one()

    @Slot(str)
    def _take_reference(self, reference: str) -> None:
        self._reference = reference
        self.secret.clear()
        self._offer()
        self.changed.emit()
        self.committed.emit()


def kind_of(reference: str) -> str:
    """Return of which kind a reference is."""
    kind, colon, _ = reference.partition(":")
    if not reference:
        return NONE
    return kind if colon and kind in (KEYRING, VARIABLE, FILE) else OTHER


def _in_a_row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = Flow(holder)
    for widget in widgets:
        row.addWidget(widget)
    return holder
