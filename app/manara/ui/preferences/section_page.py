"""A page for one section of the settings file: what the user leaves holds at once, and can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from manara.model import Option, SettingsInvalid, options_of
from manara.settings import SetOptions, Stored
from manara.ui.form import Editor, OptionForm
from manara.ui.preferences.page import Page
from manara.ui.preferences.surroundings import Surroundings
from manara.wording import Translator
from manara.wording.options import help_text, option_label
from manara.wording.preferences import changed_sentence


class SectionPage(Page):
    """Shows the options of one section."""

    section: ClassVar[str]
    options: ClassVar[type]
    also: ClassVar[Mapping[str, str]] = {}
    """By option, the other words that people search it by."""

    conflicted = Signal(list)
    """Of each option that the user is changing and somebody else has changed: its label, and its value in the file."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.form = OptionForm(self.options, self.tr_, make_editor=self.make_editor)
        self.column.addWidget(self.form)
        self._shown: Mapping[str, Any] = {}
        """The section as the file had it when it was last shown."""
        self._undecided: set[str] = set()
        """The options of which the user has to say whose value counts."""
        self.form.committed.connect(self._apply)
        self.finish()

    @classmethod
    def texts(cls, tr: Translator) -> Sequence[str]:
        """Return the texts by which a search finds the page."""
        also = cls._further_words(tr)
        about = [
            f"{option_label(tr, name)} {help_text(tr, option.help)} {name} {also.get(name, '')}"
            for name, option in options_of(cls.options).items()
        ]
        return (*super().texts(tr), *about)

    @classmethod
    def _further_words(cls, tr: Translator) -> Mapping[str, str]:
        return {name: tr(words) for name, words in cls.also.items()}

    def make_editor(self, _name: str, _option: Option, _kind: Any) -> Editor | None:
        """Return an editor of its own for an option; None for the usual one."""
        return None

    def search(self, found: Callable[[str], bool]) -> QWidget | None:
        """Highlight the fields that are found."""
        self.form.search(found, self._further_words(self.tr_))
        return next((field for field in self.form.fields.values() if field.highlighted), super().search(found))

    def show_stored(self, stored: Stored) -> None:
        """Show what the file says, but where the user is typing; there, tell it when the file says something else."""
        if self.is_busy:
            # What was asked before the change tells what was before it.
            return
        table = stored.sections.get(self.section, {})
        busy = self.form.edited | self._undecided
        torn = {name for name in busy if table.get(name) not in (self._shown.get(name), self.form.value(name))}
        if torn:
            self._undecided |= torn
            names = [name for name in self.form.fields if name in self._undecided]
            self.conflicted.emit([(self.form.fields[name].about.label, table.get(name)) for name in names])
        self._shown = dict(table)
        self.form.show_values(table, but=busy)
        self.follow(table)

    def follow(self, table: Mapping[str, Any]) -> None:
        """See to it that what the file says holds, where the monitor does not do that."""

    @Slot()
    def take_over(self) -> None:
        """Let count what the file says."""
        self._undecided.clear()
        self.form.show_values(self._shown)

    @Slot()
    def keep_mine(self) -> None:
        """Let count what the user has typed, from now on."""
        names, self._undecided = self._undecided, set()
        self.form.commit()
        for name in names:
            self._apply(name)

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change the options."""
        self.form.set_locked(locked=locked)

    def commit(self) -> None:
        """Apply what the user has changed and not yet left."""
        self.form.commit()

    @Slot(str)
    def _apply(self, name: str) -> None:
        value = self.form.value(name)
        if name in self._undecided or self.form.fields[name].problem or value == self._shown.get(name):
            return
        change = SetOptions(self.section, {name: value})
        told = changed_sentence(self.tr_, self.form.fields[name].about.label, value)
        self._shown = {**self._shown, name: value}
        self.send(change, told, name)

    def refused(self, topic: str, error: BaseException) -> bool:
        """Show what is wrong beside its field, where the text stays."""
        self._shown = {key: value for key, value in self._shown.items() if key != topic}
        if not isinstance(error, SettingsInvalid):
            return False
        others = self.form.show_problems(error.problems, (self.section,))
        return len(others) < len(error.problems)
