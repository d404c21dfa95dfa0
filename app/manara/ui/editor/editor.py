"""The window in which one service is added or edited. It waits for nothing, and loses nothing without asking."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from manara.model import Service, SettingsInvalid, id_of
from manara.settings import (
    AddServices,
    Change,
    ChangedMeanwhile,
    ReplaceService,
    Stored,
    Undo,
    UnknownService,
)
from manara.ui.editor.draft import (
    NAMELESS,
    Known,
    defaults_of,
    new_table,
    shown_table,
    table_in,
    table_of_new,
    table_to_write,
)
from manara.ui.editor.first_field import FirstField
from manara.ui.editor.meanwhile import Hands, Meanwhile, Version
from manara.ui.editor.merging import Merge, merge
from manara.ui.editor.placing import Placed, placed
from manara.ui.editor.saving_dialog import SavingDialog
from manara.ui.editor.service_form import FIELDS, ServiceForm
from manara.ui.editor.surroundings import Surroundings
from manara.ui.window_size import take_size
from manara.wording import one_line
from manara.wording.editing import LONGEST_NAME, Deed, deed_sentence, not_done
from manara.wording.problems import said


class ServiceEditor(SavingDialog):
    """Edits the service of an id; without one, a new service."""

    def __init__(self, around: Surroundings, stored: Stored, service_id: str = "") -> None:
        super().__init__(around, stored, around.tr("&Save") if service_id else around.tr("&Add"))
        self._known = Known(around.understanding.catalogue, defaults_of(stored.sections))
        self._interpreter = around.understanding.interpreter
        self.service_id = service_id
        self._base: Mapping[str, Any] = table_in(stored, service_id) or {}
        """The table that the form began with."""
        self._expected = self._base
        """The table as the file has it, as far as is known."""
        hands = Hands(self._version, self._merged, self._show, self.save, self._settle)
        self._meanwhile = Meanwhile(self._tr, self.message, hands)
        self.first = None if service_id else FirstField(self._tr, around.understanding)
        self.form = ServiceForm(
            self._tr,
            around.now,
            self._commands,
            self._known,
            self._interpreter,
            secrets=around.secrets,
            secret_name=self._secret_name,
        )
        self._lay_out()
        self._connect()
        self.form.fill(shown_table(self._base, self._known))
        self._opened_with = self.form.edited()
        self._show_whether_writable()
        self._offer()

    @property
    def is_edited(self) -> bool:
        """Whether something would be lost by closing."""
        return self.form.edited() != self._opened_with

    def begin_with(self, text: str) -> None:
        """Fill the form with what a text means, as if it had been typed into the first field."""
        if self.first is not None:
            self.first.take(text)

    def look_again(self) -> None:
        """See whether this service is still as it was in the file: the settings have changed."""
        if self.service_id and not self.is_busy:
            self._questions.ask("stored", self._commands.stored(), self._compare)

    @Slot()
    def save(self) -> None:
        """Write what the user has changed, into what the file says by now, or show what is wrong with it."""
        if self.is_busy or not self._stored.writable:
            return
        if self.service_id and self._base != self._expected:
            self._take_over_theirs()
        table = table_to_write(self._base, self.form.edited(), self._known)
        change: Change
        if self.service_id:
            change = ReplaceService(self.service_id, table, self._expected)
        else:
            table = new_table(table, self._stored.ids)
            change = AddServices((table,))
        found = self.form.problems() or self._judged(table)
        self._show_problems(found)
        if not found:
            self._questions.ask("save", self._commands.change(change), self._end)
            self._offer()

    def done(self, result: int) -> None:
        """Close, and wait for nothing any more."""
        self.form.checks.trial.close_questions()
        if self.first is not None:
            self.first.close_questions()
        super().done(result)

    def _lay_out(self) -> None:
        title = self._tr("Edit {name}").format(name=self._name()) if self.service_id else self._tr("Add a service")
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        layout.addWidget(self.message)
        if self.first is not None:
            layout.addWidget(self.first)
        layout.addWidget(self.form, stretch=1)
        layout.addWidget(self.buttons)
        take_size(self, 58, 44)
        if self.first is not None:
            self.first.line.setFocus()
        else:
            self.form.focus_first()

    def _connect(self) -> None:
        self.form.changed.connect(self._offer)
        self.form.changed.connect(self._meanwhile.tell_again)
        if self.first is not None:
            self.first.understood.connect(self._take)

    @Slot()
    def _offer(self) -> None:
        """Let save what there is to save."""
        self._save.setEnabled(self._stored.writable and not self.is_busy and (self.is_edited or not self.service_id))

    def _name(self) -> str:
        table = shown_table(self._base, self._known) | self.form.edited()
        return one_line(str(table.get("name") or self.service_id), LONGEST_NAME)

    def _secret_name(self, option: str) -> str:
        """Return under which name a secret of this service is kept."""
        service_id = self.service_id or self._base.get("id") or id_of(self._name()) or NAMELESS
        return f"{service_id}.{option}"

    def _show_whether_writable(self) -> None:
        self._tell_if_not_writable()
        self.form.set_locked(locked=not self._stored.writable)
        if self.first is not None:
            self.first.setEnabled(self._stored.writable)

    @Slot(object)
    def _take(self, service: Service) -> None:
        """Fill the form with what the first field means; what was typed already goes only if the user agrees."""
        if self.form.edited() in (self._opened_with, shown_table(self._base, self._known)):
            self._fill_with(service)
        else:
            text = self._tr("Other fields are filled in already.")
            self.message.tell(text, (self._tr("Replace them"), partial(self._fill_with, service)))

    def _fill_with(self, service: Service) -> None:
        self._base = table_of_new(service, self._known)
        self.form.fill(shown_table(self._base, self._known))
        self.message.clear()
        self._offer()
        self.form.focus_first()

    def _judged(self, table: Mapping[str, Any]) -> Placed:
        """Return what is wrong with a table as a whole, before anybody tries to write it."""
        sections = {"checks": self._stored.sections.get("checks", {})}
        _, problems = self._interpreter.settings_of({**sections, "services": [table]})
        return placed(problems, 0, FIELDS)

    def _show_problems(self, found: Placed) -> None:
        self.form.show_problems(found)
        sentences = [said(self._tr, problem.told) for problem in found.rest]
        if sentences:
            self.message.tell(one_line(" ".join(sentences)))
        else:
            self.message.clear()

    def _end(self, undo: Undo) -> None:
        told = deed_sentence(self._tr, Deed.CHANGED if self.service_id else Deed.ADDED, [self._name()])
        self.accept()
        self.saved.emit(told, undo)

    @Slot(object, object)
    def _fail(self, topic: object, error: BaseException) -> None:
        self._offer()
        match error:
            case SettingsInvalid():
                ids, count = self._stored.ids, len(self._stored.ids)
                position = ids.index(self.service_id) if self.service_id else count
                self._show_problems(placed(error.problems, position, FIELDS))
            case ChangedMeanwhile():
                self.message.tell(not_done(self._tr, error))
                self._questions.ask("stored", self._commands.stored(), self._compare)
            case UnknownService():
                self._tell_removed()
            case _ if topic == "save":
                self.message.tell(not_done(self._tr, error))

    def _compare(self, stored: Stored) -> None:
        """Show what became of the service in the file, and lose neither that nor what was typed."""
        self._stored = stored
        theirs = table_in(stored, self.service_id)
        if theirs is None:
            self._tell_removed()
        elif theirs != self._expected:
            self._expected = theirs
            version = Version(theirs, shown_table(theirs, self._known))
            if self.is_edited:
                self._meanwhile.tell(version)
            else:
                self._show(version)
                self._settle()
        self._offer()

    def _tell_removed(self) -> None:
        text = self._tr("This service was removed from the file meanwhile.")
        self.message.tell(text, (self._tr("Add it again"), self._save_as_new))

    def _save_as_new(self) -> None:
        self._base = {"id": self.service_id, **self._base}
        self.service_id = ""
        self.save()

    def _take_over_theirs(self) -> None:
        """Show what the file says, with what the user has changed."""
        self._show(Version(self._expected, self._merged().table))
        self._opened_with = shown_table(self._expected, self._known)

    def _merged(self) -> Merge:
        base, theirs = shown_table(self._base, self._known), shown_table(self._expected, self._known)
        return merge(base, self.form.edited(), theirs)

    def _version(self) -> Version:
        return Version(self._base, self.form.edited())

    def _show(self, version: Version) -> None:
        self._base = version.base
        self.form.fill(version.shown)
        self._offer()

    def _settle(self) -> None:
        """Take what is shown for what was there from the beginning."""
        self._opened_with = self.form.edited()
        self._offer()
