"""Addresses that were pasted or typed, as rows: wanted or not, what each answered, and lines that are no address."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPalette

from manara.catalog.imports import Candidate, ImportPreview, Standing, note_sentence
from manara.model import CheckResult, Verdict
from manara.ui.choice_model import ChoiceModel
from manara.ui.table_model import NOWHERE
from manara.wording import SIGNS, Tone, Translator, one_line, verdict_of_outcome
from manara.wording.editing import check_type_word
from manara.wording.first_run import trial_sentence

ADDRESS, HOW, ANSWER = range(3)


class Progress(Enum):
    """How far the try of an address is."""

    NONE = "none"
    """It is not tried: `said` tells why."""
    WAITING = "waiting"
    LOOKING = "looking"
    DONE = "done"


class Kind(Enum):
    """What can be said of a row at a glance."""

    GOOD = "good"
    BAD = "bad"
    TO_TRY = "to-try"
    UNTRIED = "untried"
    STRANGE = "strange"
    """It is no address."""
    KNOWN = "known"


# Two lines may say the same and are two rows.
@dataclass(slots=True, eq=False)
class Row:
    """One line."""

    candidate: Candidate | None
    said: str = ""
    text: str = ""
    """What stands in the line, where it is no address."""
    wanted: bool = False
    progress: Progress = Progress.NONE
    result: CheckResult | None = None

    @property
    def can_be_chosen(self) -> bool:
        """Whether it is an address that is not watched yet."""
        return self.candidate is not None and self.candidate.standing is Standing.NEW

    @property
    def verdict(self) -> Verdict | None:
        """What its try speaks for; None where there was none."""
        return None if self.result is None else verdict_of_outcome(self.result.outcome)

    @property
    def kind(self) -> Kind:
        """What can be said of it at a glance."""
        if self.candidate is None:
            return Kind.STRANGE
        if self.verdict is not None:
            return Kind.GOOD if self.verdict in (Verdict.UP, Verdict.DEGRADED) else Kind.BAD
        if self.progress in (Progress.WAITING, Progress.LOOKING):
            return Kind.TO_TRY
        return Kind.UNTRIED if self.can_be_chosen else Kind.KNOWN


class AddressModel(ChoiceModel[Row]):
    """Grows with each paste. `most_tried` of its addresses are to be tried, the first ones."""

    changed = Signal()
    """What is wanted, or what was answered, is another thing now."""

    def __init__(self, tr: Translator, palette: QPalette, most_tried: int, parent: QObject | None = None) -> None:
        super().__init__((tr("Address"), tr("How it is looked at"), tr("Answer")), palette, parent)
        self._tr = tr
        self._most_tried = most_tried
        self._tried = 0
        self._rows: list[Row] = []
        # Counted along: to count ten thousand rows after every answer would hold the window up.
        self.counts: Counter[Kind] = Counter()
        """How many rows are of each kind."""
        self.wanted_count = 0

    @property
    def wanted(self) -> tuple[Candidate, ...]:
        """The services that the user wants."""
        return tuple(row.candidate for row in self._rows if row.wanted and row.candidate is not None)

    def take(self, preview: ImportPreview) -> None:
        """Put what was understood, and what was not, below what is there."""
        tr = self._tr
        new = [self._row_of(candidate) for candidate in preview.services]
        new += [Row(None, one_line(f"{left.source}: {left.sentence}"), left.text) for left in preview.left_out]
        new += [Row(None, note_sentence(tr, note)) for note in preview.notes]
        free = self._most_tried - self._tried
        for row in [row for row in new if row.progress is Progress.WAITING][max(0, free) :]:
            row.progress = Progress.NONE
            row.said = tr("Not tried")
        self._tried += sum(row.progress is Progress.WAITING for row in new)
        if new:
            first = len(self._rows)
            self.beginInsertRows(NOWHERE, first, first + len(new) - 1)
            self._rows += new
            self.endInsertRows()
            self.counts.update(row.kind for row in new)
            self.wanted_count += sum(row.wanted for row in new)
            self.changed.emit()

    def next_waiting(self) -> Row | None:
        """Return the first row that waits for its try."""
        return next((row for row in self._rows if row.progress is Progress.WAITING), None)

    def tell(self, row: Row, progress: Progress, *, result: CheckResult | None = None, said: str = "") -> None:
        """Note how far the try of a row is."""
        before = row.kind
        row.progress, row.result, row.said = progress, result, said
        if row in self._rows:
            self.counts[before] -= 1
            self.counts[row.kind] += 1
            place = self._rows.index(row)
            self.dataChanged.emit(self.index(place, ADDRESS), self.index(place, ANSWER))
            self.changed.emit()

    def remove(self, places: Collection[int]) -> None:
        """Take rows out."""
        self.beginResetModel()
        self._rows = [row for place, row in enumerate(self._rows) if place not in places]
        self.endResetModel()
        self.counts = Counter(row.kind for row in self._rows)
        self.wanted_count = sum(row.wanted for row in self._rows)
        self.changed.emit()

    def clear(self) -> None:
        """Take everything out."""
        self.remove(range(len(self._rows)))

    def _is_chosen(self, place: int) -> bool:
        return self._rows[place].wanted

    def _take_choice(self, place: int, *, chosen: bool) -> None:
        row = self._rows[place]
        self.wanted_count += chosen - row.wanted
        row.wanted = chosen
        self.dataChanged.emit(self.index(place, ADDRESS), self.index(place, ADDRESS))
        self.changed.emit()

    def _row_of(self, candidate: Candidate) -> Row:
        service = candidate.service
        if candidate.standing is not Standing.NEW:
            return Row(candidate, self._tr("Is there already"))
        if service.paused or not service.checks:
            said = " ".join(note_sentence(self._tr, note) for note in candidate.notes)
            return Row(candidate, one_line(said) or self._tr("Not tried"), wanted=True)
        return Row(candidate, wanted=True, progress=Progress.WAITING)

    def _text(self, row: Row, column: int) -> str:
        if column == ADDRESS:
            # Made when it is seen: of ten thousand lines, few are.
            return _address_of(row.candidate) if row.candidate else row.text
        if column == HOW:
            types = dict.fromkeys(check.type for check in row.candidate.service.checks) if row.candidate else ()
            return ", ".join(check_type_word(self._tr, each) for each in types)
        match row.progress:
            case Progress.WAITING:
                return self._tr("Waits for its turn")
            case Progress.LOOKING:
                return self._tr("Looking…")
        return row.said if row.result is None else trial_sentence(self._tr, row.result)

    def _tone(self, row: Row, column: int) -> Tone | None:
        if column != ANSWER and row.can_be_chosen:
            return None
        if row.verdict is not None:
            return SIGNS[row.verdict].tone
        return Tone.WARNING if row.candidate is None else Tone.MUTED


def _address_of(candidate: Candidate) -> str:
    """Return the address, and the name where that says something else."""
    target = one_line(", ".join(check.target for check in candidate.service.checks))
    name = one_line(candidate.service.name)
    return name if name.removeprefix("https://") == target.removeprefix("https://") else f"{name} · {target}"
