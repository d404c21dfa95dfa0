"""The window in which several services are changed at once: only what was touched is written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from manara.model import SettingsInvalid
from manara.settings import ChangeServices, Stored, Undo
from manara.ui.editor.draft import Known, defaults_of, shown_table
from manara.ui.editor.saving_dialog import SavingDialog
from manara.ui.editor.several import OF_CHECKS, shared_options
from manara.ui.editor.several_field import SeveralField
from manara.ui.editor.surroundings import Surroundings
from manara.ui.form.folded import Folded
from manara.ui.form.label import Label, Weight
from manara.ui.window_size import take_size
from manara.wording import one_line
from manara.wording.editing import Deed, deed_sentence, not_done
from manara.wording.problems import problem_sentence


class BulkEditor(SavingDialog):
    """Changes the services of these ids."""

    def __init__(self, around: Surroundings, stored: Stored, service_ids: Sequence[str]) -> None:
        super().__init__(around, stored, around.tr("&Save"))
        tr = self._tr
        known = Known(around.understanding.catalogue, defaults_of(stored.sections))
        chosen = dict(zip(stored.ids, stored.services, strict=True))
        self.service_ids = tuple(each for each in service_ids if each in chosen)
        tables = [shown_table(chosen[each], known) for each in self.service_ids]
        self._names = [str(table.get("name", "")) for table in tables]
        self.fields = {
            shared.key: SeveralField(tr, shared) for shared in shared_options(tables, known) if shared.values
        }
        for field in self.fields.values():
            field.changed.connect(self._offer)
        count = len(self.service_ids)
        self.setWindowTitle(tr.plural("Edit {n} service", "Edit {n} services", count).format(n=count))
        self._lay_out()
        self._show_whether_writable()

    @property
    def values(self) -> dict[str, object]:
        """What was touched, as `ChangeServices` has it."""
        return {key: field.value() for key, field in self.fields.items() if field.touched}

    @property
    def is_edited(self) -> bool:
        """Whether something was touched."""
        return bool(self.values)

    @Slot()
    def save(self) -> None:
        """Write what was touched, or show what is wrong with it."""
        if self.is_busy or not self.values or not self._stored.writable:
            return
        wrong = [field for field in self.fields.values() if field.problem()]
        if wrong:
            wrong[0].editor.control.setFocus()
            return
        self.message.clear()
        change = ChangeServices(self.service_ids, self.values)
        self._questions.ask("save", self._commands.change(change), self._end)
        self._offer()

    def _lay_out(self) -> None:
        tr = self._tr
        inside = QWidget()
        column = QVBoxLayout(inside)
        explained = tr("Only what you touch here is changed. All other options of each service stay as they are.")
        column.addWidget(Label(explained, Weight.FAINT))
        advanced = Folded(tr("Advanced"), tr("What is seldom needed"))
        for key, field in self.fields.items():
            in_fold = key.startswith(OF_CHECKS) and field.shared.option.advanced
            (advanced.column if in_fold else column).addWidget(field)
        column.addWidget(advanced)
        column.addStretch(1)
        scrolled = QScrollArea(widgetResizable=True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.addWidget(self.message)
        layout.addWidget(scrolled, stretch=1)
        layout.addWidget(self.buttons)
        take_size(self, 36, 44)

    def _show_whether_writable(self) -> None:
        self._tell_if_not_writable()
        for field in self.fields.values():
            field.setEnabled(self._stored.writable)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        self._save.setEnabled(self._stored.writable and not self.is_busy and self.is_edited)

    def _end(self, undo: Undo) -> None:
        self.accept()
        self.saved.emit(deed_sentence(self._tr, Deed.CHANGED, self._names), undo)

    @Slot(object, object)
    def _fail(self, _topic: object, error: BaseException) -> None:
        self._offer()
        if isinstance(error, SettingsInvalid):
            self.message.tell(one_line(" ".join(problem_sentence(self._tr, problem) for problem in error.problems[:1])))
            self._show_beside(error)
        else:
            self.message.tell(not_done(self._tr, error))

    def _show_beside(self, invalid: SettingsInvalid) -> None:
        """Show the first problem of each option beside its field."""
        for problem in reversed(invalid.problems):
            match problem.place:
                case ("services", _, "checks", _, str(name), *_):
                    key = f"{OF_CHECKS}{name}"
                case ("services", _, str(key), *_):
                    pass
                case _:
                    continue
            if key in self.fields:
                self.fields[key].show_problem(problem_sentence(self._tr, problem))
