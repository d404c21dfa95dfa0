"""A form for the options of a dataclass: one field for each, in the order of declaration, the advanced ones folded."""

import dataclasses
import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from manara.model import Place, Problem
from manara.settings.form import Form, is_table, required_options
from manara.settings.table import value_in_toml
from manara.ui.form.describing import MakeEditor, about_option, default_text, usual_editor
from manara.ui.form.field import Field
from manara.ui.form.folded import Folded
from manara.wording import Translator
from manara.wording.problems import problem_sentence


@dataclass(frozen=True, slots=True)
class Fold:
    """Options that are folded away behind a title."""

    title: str
    hint: str
    names: Collection[str]


class OptionForm(QWidget):
    """Edits a table of the settings file. A value that is not set is shown as its default."""

    changed = Signal()
    """The user has changed something; perhaps the next key changes it again."""
    committed = Signal(str)
    """The user has left the field of this option, or confirmed it, after a change."""

    def __init__(
        self,
        cls: type,
        tr: Translator,
        *,
        names: Sequence[str] | None = None,
        defaults: Mapping[str, Any] | None = None,
        make_editor: MakeEditor | None = None,
        fold: Fold | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`names` are the options to show, in this order; all, as they are declared, if none are given.

        `defaults` are values of the dataclass's types that hold in the place of its own, as those of the `[checks]`
        section do for a check. `fold` says what is folded away, if not the advanced options.
        """
        super().__init__(parent)
        self._tr = tr
        self._reading = _reading(cls)
        self._required = required_options(cls)
        shown = tuple(self._reading.options if names is None else names)
        own = {field.name: field.default for field in dataclasses.fields(cls) if field.default is not _MISSING}
        self._defaults: dict[str, Any] = {name: {**own, **(defaults or {})}.get(name) for name in shown}
        self._set: set[str] = set()
        """The options that stand in the table, also those that say what holds by default."""
        self._edited: set[str] = set()
        """The options that the user has changed and not yet left."""
        self.fields = {name: self._make_field(name, make_editor) for name in shown}
        options = self._reading.options
        advanced = [name for name in shown if options[name].advanced]
        hidden = tr("Advanced ({n})").format(n=len(advanced))
        self._fold = fold or Fold(hidden, tr("What is seldom needed"), advanced)
        self._folded: Folded | None = None
        self._lay_out()
        self.show_values({})

    def use_defaults(self, defaults: Mapping[str, Any]) -> None:
        """Let other values, of the dataclass's types, hold for options that are not set."""
        for name, default in defaults.items():
            if default == self._defaults[name]:
                continue
            was_set = self._is_set(name)
            self._defaults[name] = default
            self.fields[name].show_default(default_text(self._tr, default, self._reading.kinds[name]))
            if not was_set:
                self.fields[name].editor.show_value(self._written_default(name))
            self._show_state(name)

    @property
    def edited(self) -> frozenset[str]:
        """The options that the user has changed and not yet left."""
        return frozenset(self._edited)

    def show_values(self, table: Mapping[str, Any], *, but: Collection[str] = ()) -> None:
        """Show what a table of the settings file says, except for the options `but`; keys that are no options do not
        matter.
        """
        for name, field in self.fields.items():
            if name not in but:
                self._edited.discard(name)
                self._set.discard(name)
                if name in table:
                    self._set.add(name)
                field.editor.show_value(table.get(name, self._written_default(name)))
                field.show_problem("")
                self._show_state(name)

    def values(self) -> dict[str, Any]:
        """Return the table that the form stands for: what differs from the default, and what was set before.

        A value that cannot be read is returned as it was typed.
        """
        return {name: self.fields[name].editor.value() for name in self.fields if self._is_set(name)}

    def value(self, name: str) -> Any:
        """Return what one option is set to, as it stands in the file; None when it is as by default."""
        return self.fields[name].editor.value() if self._is_set(name) else None

    def problems(self, names: Iterable[str] | None = None) -> list[Problem]:
        """Return everything that is wrong with these options, with all if none are named; places begin with a name."""
        return [problem for name in (self.fields if names is None else names) for problem in self._problems_of(name)]

    def show_problems(self, problems: Iterable[Problem], at: Place = ()) -> list[Problem]:
        """Show problems beside the fields that they are about, and return those that belong to no field.

        `at` is the place of the form's table in the file. Fields without a problem show none any more.
        """
        sentences: dict[str, str] = {}
        elsewhere = []
        for problem in problems:
            name = problem.place[len(at)] if problem.place[: len(at)] == at and len(problem.place) > len(at) else None
            if name in self.fields:
                sentences.setdefault(str(name), self._sentence(str(name), problem, problem.place[len(at) + 1 :]))
            else:
                elsewhere.append(problem)
        for name, field in self.fields.items():
            field.show_problem(sentences.get(name, ""))
            self._see_to_it(name, needed=name in sentences)
        return elsewhere

    def check(self) -> bool:
        """Show everything that is wrong, go to the first of it, and return whether there is nothing."""
        problems = self.problems()
        self.show_problems(problems)
        if problems:
            self.fields[str(problems[0].place[0])].focus()
        return not problems

    def commit(self) -> None:
        """Take for left what the user has changed and not yet left: the form is about to go."""
        for name in tuple(self._edited):
            self._commit(name)

    def search(self, found: Callable[[str], bool], also: Mapping[str, str] = MappingProxyType({})) -> int:
        """Highlight the fields whose words are found, and return how many they are; none with `lambda _: False`.

        `also` gives further words by which an option is found.
        """
        for name, field in self.fields.items():
            about = field.about
            field.highlight(found=found(f"{about.label} {about.help} {name} {also.get(name, '')}"))
            self._see_to_it(name, needed=field.highlighted)
        return sum(field.highlighted for field in self.fields.values())

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change anything; it can still be read."""
        for field in self.fields.values():
            field.set_locked(locked=locked)

    def _make_field(self, name: str, make_editor: MakeEditor | None) -> Field:
        option, kind = self._reading.options[name], self._reading.kinds[name]
        special = make_editor(name, option, kind) if make_editor else None
        about = about_option(self._tr, name, option, kind, self._defaults[name])
        field = Field(self._tr, about, special or usual_editor(self._tr, option, kind))
        field.changed.connect(lambda: self._take_change(name))
        field.committed.connect(lambda: self._commit(name))
        field.reset_wished.connect(lambda: self._reset(name))
        return field

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 3)
        for name, field in self.fields.items():
            if name not in self._fold.names:
                column.addWidget(field)
        if self._fold.names:
            self._folded = Folded(self._fold.title, self._fold.hint)
            for name in self._fold.names:
                self._folded.column.addWidget(self.fields[name])
            column.addWidget(self._folded)
        column.addStretch(1)

    def _see_to_it(self, name: str, *, needed: bool) -> None:
        """Unfold what is folded away and must be seen."""
        if needed and self._folded is not None and name in self._fold.names:
            self._folded.unfold()

    def _take_change(self, name: str) -> None:
        self._edited.add(name)
        # What was set and is changed to what holds by default need not stand in the file any more.
        self._set.discard(name)
        if self.fields[name].problem:
            self._show_own_problem(name)
        self._show_state(name)
        self.changed.emit()

    def _commit(self, name: str) -> None:
        if name in self._edited:
            self._edited.discard(name)
            if not self._is_set(name):
                # What was emptied is as by default, and says so.
                self.fields[name].editor.show_value(self._written_default(name))
            self._show_own_problem(name)
            self.committed.emit(name)

    def _reset(self, name: str) -> None:
        field = self.fields[name]
        field.editor.show_value(self._written_default(name))
        self._take_change(name)
        # The button that had the focus is gone.
        field.focus()
        self._commit(name)

    def _show_own_problem(self, name: str) -> None:
        problems = self._problems_of(name)
        self.fields[name].show_problem(
            self._sentence(name, problems[0], problems[0].place[1:]) if problems else "",
        )

    def _show_state(self, name: str) -> None:
        self.fields[name].show_state(changed=self._is_set(name))
        self._see_to_it(name, needed=self._is_set(name))

    def _is_set(self, name: str) -> bool:
        return name in self._set or not self._is_default(name)

    def _is_default(self, name: str) -> bool:
        raw = self.fields[name].editor.value()
        default = self._defaults[name]
        if raw is None:
            return True
        if raw in ("", [], {}) and default in (None, "", ()):
            return True
        values, problems = self._read(name, raw)
        return not problems and values[name] == default

    def _problems_of(self, name: str) -> list[Problem]:
        field = self.fields[name]
        if not self._is_set(name):
            # What is not set cannot be wrong, only missing.
            missing = name in self._required and self._defaults[name] is None
            return [Problem((name,), self._tr("This must be filled in."))] if missing else []
        complaint = field.editor.complaint()
        if complaint:
            return [Problem((name,), complaint)]
        return self._read(name, field.editor.value())[1]

    def _read(self, name: str, raw: Any) -> tuple[dict[str, Any], list[Problem]]:
        values, problems = self._reading.read({name: raw}, ())
        # Of one option, nothing else is missing.
        return values, [problem for problem in problems if problem.place]

    def _sentence(self, name: str, problem: Problem, rest: Place) -> str:
        """Return what is wrong, with the line where the value has lines."""
        text = problem_sentence(self._tr, problem)
        line = self.fields[name].editor.line_of(rest[0]) if rest else None
        return text if line is None else self._tr("Line {n}: {problem}").format(n=line, problem=text)

    def _written_default(self, name: str) -> Any:
        """Return the default as it would stand in the file."""
        default, kind = self._defaults[name], self._reading.kinds[name]
        if default is None:
            return {} if is_table(kind) else None
        return value_in_toml(default, kind)


_MISSING = dataclasses.MISSING
# It does not change, and making it costs as much as all widgets of a form.
_reading: Callable[[type], Form] = functools.cache(Form)
