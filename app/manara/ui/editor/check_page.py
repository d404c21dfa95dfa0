"""The form of one check, derived from its dataclass; what nobody touches stays as it is written."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from manara.model import Check, CheckDefaults, Problem, options_of
from manara.settings.pace import inherited_pace
from manara.ui.editor.draft import merged
from manara.ui.form import OptionForm
from manara.ui.form.describing import MakeEditor
from manara.ui.form.label import Label, Weight
from manara.wording import Translator
from manara.wording.options import help_text
from manara.wording.problems import problem_sentence


class CheckPage(QScrollArea):
    """Edits the table of one check: first what to look at, then how often and how patiently."""

    changed = Signal()

    def __init__(
        self,
        tr: Translator,
        cls: type[Check],
        table: Mapping[str, Any],
        *,
        defaults: CheckDefaults,
        make_editor: MakeEditor,
    ) -> None:
        super().__init__()
        self._tr = tr
        self.cls = cls
        self._table = table
        shared = tuple(options_of(Check))
        own = tuple(name for name in options_of(cls) if name not in shared)
        pace = inherited_pace(cls, {}, defaults)
        self.forms = tuple(
            OptionForm(cls, tr, names=names, defaults=pace, make_editor=make_editor) for names in (own, shared)
        )
        for form in self.forms:
            form.show_values(table)
            form.changed.connect(self.changed)
        self._at_first = self._values()
        self._problem = Label(weight=Weight.PROBLEM, padded=True)
        self._problem.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(help_text(tr, (cls.__doc__ or "").partition("\n")[0]), Weight.FAINT, padded=True))
        column.addWidget(self._problem)
        column.addWidget(self.forms[0])
        column.addWidget(Label(tr("How often, and how patiently"), Weight.TITLE, padded=True))
        column.addWidget(self.forms[1])
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Whoever goes from field to field sees each: the page need not be one of them.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def table(self) -> dict[str, Any]:
        """Return the table as it stands in the form."""
        return merged(self._table, self._at_first, self._values())

    def problems(self) -> list[Problem]:
        """Return what is wrong with single fields; places begin with the name of the field."""
        return [problem for form in self.forms for problem in form.problems()]

    def show_problems(self, problems: list[Problem]) -> None:
        """Show what is wrong beside its fields, and above them what is about the check as a whole."""
        elsewhere = problems
        for form in self.forms:
            elsewhere = form.show_problems(elsewhere)
        self._problem.tell("\n".join(problem_sentence(self._tr, problem) for problem in elsewhere))
        self._problem.setVisible(bool(elsewhere))

    def focus_first(self, problems: list[Problem]) -> None:
        """Let the user type at the first of these problems; without any, in the first field."""
        fields = {name: field for form in self.forms for name, field in form.fields.items()}
        names = [str(problem.place[0]) for problem in problems if problem.place and problem.place[0] in fields]
        field = fields[names[0]] if names else next(iter(fields.values()))
        field.focus()
        self.ensureWidgetVisible(field)

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change anything; it can still be read."""
        for form in self.forms:
            form.set_locked(locked=locked)

    def _values(self) -> dict[str, Any]:
        return {name: value for form in self.forms for name, value in form.values().items()}
