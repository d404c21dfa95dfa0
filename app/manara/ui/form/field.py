"""One option in a form: label, editor, unit, limits, help, what is wrong with it, and the way back to the default."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from manara.ui.form.editor import Editor
from manara.ui.form.highlight import Highlightable, padding
from manara.ui.form.label import Label, Weight
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.plain import bare, isolated
from manara.wording import Translator


@dataclass(frozen=True, slots=True)
class About:
    """What a field says of its option."""

    name: str
    """In the settings file."""
    label: str
    help: str
    limits: str = ""
    unit: str = ""
    default: str = ""
    """As people read it; empty where there is none."""


class Field(Highlightable):
    """Shows and edits one option. What it is worth is decided by the form."""

    changed = Signal()
    committed = Signal()
    reset_wished = Signal()

    def __init__(self, tr: Translator, about: About, editor: Editor) -> None:
        super().__init__()
        self.about = about
        self.editor = editor
        self._tr = tr
        # Its own from the beginning: where the control tells the label, no layout takes it.
        self._label = QLabel(isolated(about.label), self, textFormat=Qt.TextFormat.PlainText)
        self._label.setBuddy(editor.control)
        self._label.setVisible(not editor.stands_alone)
        if editor.stands_alone:
            editor.set_label(about.label)
        self._reset = QToolButton()
        self._reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reset.clicked.connect(self.reset_wished)
        self._help = Label(" · ".join(filter(None, (about.help, about.limits))), Weight.FAINT)
        self._problem = Label(weight=Weight.PROBLEM)
        editor.control.setAccessibleName(about.label)
        editor.changed.connect(self.changed)
        editor.committed.connect(self.committed)
        self._lay_out()
        self.show_default(about.default)
        self.show_state(changed=False)
        self.show_problem("")

    @property
    def problem(self) -> str:
        """What is wrong, as it is shown."""
        return bare(self._problem.text())

    def show_state(self, *, changed: bool) -> None:
        """Show whether the option differs from its default; one that has none needs no way back to it."""
        differs = changed and bool(self.about.default)
        for told in (self._label, self.editor.control):
            if isinstance(told, QLabel) or self.editor.stands_alone:
                font = told.font()
                font.setBold(differs)
                told.setFont(font)
        self._reset.setVisible(differs)

    def show_default(self, default: str) -> None:
        """Say what holds where the option is not set, as people read it; empty where there is none."""
        self.about = replace(self.about, default=default)
        named(
            self._reset,
            self._tr("Reset"),
            _reset_hint(self._tr, self.about),
            f"{self._tr('Reset')}: {self.about.label}",
        )

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong beside the field; an empty text when nothing is."""
        said = f"{self._tr('Wrong')}: {sentence}" if sentence else ""
        self.editor.control.setAccessibleDescription(" ".join(filter(None, (said, self._spoken_help()))))
        if sentence and sentence != self.problem:
            announce(self, f"{self.about.label}: {sentence}")
        self._problem.tell(sentence)
        self._problem.setVisible(bool(sentence))

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change the value; it can still be read."""
        self.editor.setEnabled(not locked)
        self._reset.setEnabled(not locked)

    def _lay_out(self) -> None:
        gap = padding(self)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.editor)
        if self.about.unit:
            row.addWidget(QLabel(isolated(self.about.unit), textFormat=Qt.TextFormat.PlainText))
        row.addWidget(self._reset)
        if not self.editor.wide:
            row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap // 2)
        if not self.editor.stands_alone:
            column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self._help)

    def _spoken_help(self) -> str:
        parts = (self.about.help, self.about.limits, self.about.unit)
        return bare(". ".join(part for part in parts if part))

    @Slot()
    def focus(self) -> None:
        """Let the user type here, in the place of what stands here."""
        self.editor.control.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _reset_hint(tr: Translator, about: About) -> str:
    return bare(tr("Back to the default: {value}").format(value=about.default))
