"""The form of one service with its checks: shows a table of the settings file, and gives it back as it was edited."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from manara.model import Option, Problem
from manara.settings import Interpreter, ServiceOptions
from manara.ui.editor.checks_pane import ChecksPane
from manara.ui.editor.commands import Commands, SecretStore
from manara.ui.editor.draft import Known, merged, operator_defaults
from manara.ui.editor.headers_editor import HeadersEditor
from manara.ui.editor.placing import Placed
from manara.ui.editor.secret_editor import SecretEditor
from manara.ui.form import Editor, Fold, OptionForm
from manara.wording import Translator

OF_OPERATOR = ("operator", "official_url", "official", "official_components")
FIELDS = ("name", "group", "tags", "paused", "note", *OF_OPERATOR)
"""What is shown of a service besides its checks; its id stays as it is."""
HEADERS = "headers"
"""The option of a check whose values may be secrets, each by itself."""


class ServiceForm(QWidget):
    """Shows what is told to it; it asks only for looks. `secret_name` gives the name of an option's secret."""

    changed = Signal()

    def __init__(
        self,
        tr: Translator,
        now: Callable[[], datetime],
        commands: Commands,
        known: Known,
        interpreter: Interpreter,
        *,
        secrets: SecretStore | None,
        secret_name: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._tr = tr
        self._secrets = secrets
        self._secret_name = secret_name
        self._shown: Mapping[str, Any] = {}
        self._at_first: Mapping[str, Any] = {}
        self._known = known
        title, hint = tr("Official page and operator"), tr("Who runs it, and where that one tells how it is")
        self.options = OptionForm(ServiceOptions, tr, names=FIELDS, fold=Fold(title, hint, OF_OPERATOR))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.options)
        column.addStretch(1)
        scrolled = QScrollArea(widgetResizable=True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(inside)
        self.checks = ChecksPane(tr, now, commands, known, interpreter, make_editor=self._make_editor, beside=scrolled)
        self.options.changed.connect(self.changed)
        self.options.committed.connect(self._take)
        self.checks.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.checks)

    def fill(self, table: Mapping[str, Any]) -> None:
        """Show a table in which nothing is left to the catalogue."""
        self._shown = table
        self.options.show_values(table)
        self.options.use_defaults(operator_defaults(table, self._known))
        self._at_first = self.options.values()
        self.checks.show_tables(table.get("checks", ()))

    def edited(self) -> dict[str, Any]:
        """Return the table as it stands in the form."""
        table = merged(self._shown, self._at_first, self.options.values())
        checks = self.checks.tables()
        if checks or "checks" in self._shown:
            table["checks"] = checks
        return table

    def problems(self) -> Placed:
        """Return what is wrong with single fields, as far as they were looked at."""
        of_service = self.options.problems()
        if not self.options.fields["name"].editor.value():
            of_service.insert(0, Problem(("name",), self._tr("This must be filled in.")))
        return Placed(of_service, self.checks.problems())

    def show_problems(self, found: Placed) -> None:
        """Show what is wrong beside its fields, and go to the first of it."""
        self.options.show_problems(found.service)
        self.checks.show_problems(found.checks)
        if found.service:
            self.options.fields[str(found.service[0].place[0])].focus()

    def focus_first(self) -> None:
        """Let the user type a name."""
        self.options.fields["name"].focus()

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change anything; it can still be read and tried."""
        self.options.set_locked(locked=locked)
        self.checks.set_locked(locked=locked)

    @Slot()
    def _take(self) -> None:
        table = {"catalogue": self._shown.get("catalogue", ""), **self.options.values()}
        self.options.use_defaults(operator_defaults(table, self._known))
        self.changed.emit()

    def _make_editor(self, name: str, option: Option, _kind: Any) -> Editor | None:
        if name == HEADERS and self._secrets is not None:
            return HeadersEditor(self._tr, self._secrets, self._secret_name)
        if not option.secret:
            return None
        return SecretEditor(self._tr, self._secrets, lambda: self._secret_name(name))
