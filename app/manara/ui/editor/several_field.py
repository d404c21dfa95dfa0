"""One option of several services: shows what they have in common, and whether it is to be changed."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from manara.settings import Form
from manara.ui.editor.several import Shared
from manara.ui.form.describing import about_option, usual_editor
from manara.ui.form.label import Label, Weight
from manara.ui.past.buttons import named
from manara.ui.plain import isolated
from manara.wording import Translator
from manara.wording.problems import problem_sentence


class SeveralField(QWidget):
    """Writes nothing until it is touched."""

    changed = Signal()

    def __init__(self, tr: Translator, shared: Shared) -> None:
        super().__init__()
        self._tr = tr
        self.shared = shared
        self.touched = False
        about = about_option(tr, shared.name, shared.option, shared.kind, None)
        self.label = about.label
        self.editor = usual_editor(tr, shared.option, shared.kind)
        self.editor.control.setAccessibleName(about.label)
        self.editor.set_label(about.label)
        title = QLabel(isolated(about.label), textFormat=Qt.TextFormat.PlainText)
        title.setBuddy(self.editor.control)
        title.setVisible(not self.editor.stands_alone)
        self._title = self.editor.control if self.editor.stands_alone else title
        self.leave = named(QPushButton(), tr("Leave as it is"), tr("Do not change this option"))
        self.leave.setAccessibleName(f"{self.leave.accessibleName()}: {about.label}")
        self.leave.clicked.connect(self._leave)
        self._problem = Label(weight=Weight.PROBLEM)
        self._help = " · ".join(filter(None, (about.help, about.limits)))
        self.editor.changed.connect(self._touch)
        head, row = QHBoxLayout(), QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        row.addWidget(self.editor)
        if about.unit:
            row.addWidget(QLabel(isolated(about.unit), textFormat=Qt.TextFormat.PlainText))
        if not self.editor.wide:
            row.addStretch(1)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        if not self.editor.stands_alone:
            column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self._problem)
        self._explained = Label("", Weight.FAINT)
        column.addWidget(self._explained)
        column.setSpacing(self.fontMetrics().height() // 6)
        self.reset()

    @property
    def is_mixed(self) -> bool:
        """Whether the services have different values, and none was chosen for all yet."""
        return len(self.shared.values) > 1 and not self.touched

    def value(self) -> Any:
        """Return the value for all services, as it stands in the file; None where it is as by default."""
        value = self.editor.value()
        return None if value in (None, "", [], {}) else value

    def problem(self) -> str:
        """Return why the value cannot be used, and show it; empty where it can or is not touched."""
        sentence = ""
        if self.touched and self.value() is not None:
            sentence = self.editor.complaint()
            if not sentence:
                _, problems = Form(self.shared.cls).read({self.shared.name: self.value()}, ())
                sentence = next((problem_sentence(self._tr, problem) for problem in problems if problem.place), "")
        self.show_problem(sentence)
        return sentence

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong; nothing where the text is empty."""
        self._problem.tell(sentence)
        self._problem.setVisible(bool(sentence))

    def reset(self) -> None:
        """Leave the option as it is."""
        self.touched = False
        mixed = self.is_mixed
        self.editor.show_value(None if mixed else self.shared.values[0])
        _show_mixed(self.editor.control, self._tr("several values") if mixed else "", mixed=mixed)
        self._refresh()
        self.changed.emit()

    @Slot()
    def _leave(self) -> None:
        self.reset()
        # The button that had the focus is gone.
        self.editor.control.setFocus()

    @Slot()
    def _touch(self) -> None:
        if not self.touched:
            self.touched = True
            _show_mixed(self.editor.control, "", mixed=False)
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        font = self._title.font()
        font.setBold(self.touched)
        self._title.setFont(font)
        self.leave.setVisible(self.touched)
        mixed = self._tr("several values") if self.is_mixed else ""
        self.editor.control.setAccessibleDescription(" · ".join(filter(None, (mixed, self._help))))
        # A box has no room for words of its own.
        told = mixed if isinstance(self.editor.control, QCheckBox) else ""
        self._explained.tell(" · ".join(filter(None, (told, self._help))))
        self.show_problem("")


def _show_mixed(control: QWidget, words: str, *, mixed: bool) -> None:
    """Let the control itself show that there is more than one value."""
    if isinstance(control, QCheckBox):
        # The first click decides; after it there are two states as ever.
        checked = control.isChecked()
        control.setTristate(mixed)
        control.setCheckState(Qt.CheckState.PartiallyChecked if mixed else _checked(checked))
    else:
        # Fields of one line and of several, and boxes of words, call it so.
        control.setProperty("placeholderText", words)


def _checked(checked: bool) -> Qt.CheckState:  # noqa: FBT001 - the value that becomes the state
    return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
