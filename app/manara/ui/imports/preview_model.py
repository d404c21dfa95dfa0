"""What an import would bring, as rows: services to choose from, and what does not come over at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPalette

from manara.catalog.imports import (
    Candidate,
    ImportPreview,
    Standing,
    looks_at_words,
    note_sentence,
    rewritten_sentences,
    standing_word,
)
from manara.ui.choice_model import ChoiceModel
from manara.wording import Tone, Translator, one_line

NAME, LOOKS_AT, BECOMES, LOST = range(4)
_LONGEST_CELL = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A service that was found, or what is none."""

    text: str
    candidate: Candidate | None = None
    said: str = ""
    """Why it is no service, where it is none."""

    @property
    def can_be_chosen(self) -> bool:
        """Whether it is a service that is not there yet."""
        return self.candidate is not None and self.candidate.standing is Standing.NEW


class PreviewModel(ChoiceModel[Row]):
    """Knows what is chosen; at first, everything new is."""

    choice_changed = Signal()

    def __init__(self, tr: Translator, palette: QPalette, parent: QObject | None = None) -> None:
        titles = (tr("Service"), tr("What is looked at"), tr("What becomes of it"), tr("What does not come over"))
        super().__init__(titles, palette, parent)
        self._tr = tr
        self._chosen: set[int] = set()

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """The services to bring over, in the order of the file."""
        rows = (self._rows[place] for place in sorted(self._chosen))
        return tuple(row.candidate for row in rows if row.candidate is not None)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what was found."""
        tr = self._tr
        self.beginResetModel()
        self._rows = (
            *(Row(one_line(candidate.service.name), candidate) for candidate in preview.services),
            *(Row(left.text, said=one_line(f"{left.source}: {left.sentence}")) for left in preview.left_out),
            *(Row("", said=note_sentence(tr, note)) for note in preview.notes),
        )
        self._chosen = {place for place, row in enumerate(self._rows) if row.can_be_chosen}
        self.endResetModel()
        self.choice_changed.emit()

    def choose_all(self) -> None:
        """Choose everything that is new."""
        self._choose({place for place, row in enumerate(self._rows) if row.can_be_chosen})

    def choose_none(self) -> None:
        """Choose nothing."""
        self._choose(set())

    def about(self, place: int) -> str:
        """Return everything about a row, line by line."""
        tr, row = self._tr, self._rows[place]
        lines = [row.text]
        if row.candidate is not None:
            lines.append(f"{standing_word(tr, row.candidate)} · {looks_at_words(tr, row.candidate.service)}")
            if row.candidate.translated:
                lines.append(tr("Comes over: {options}").format(options=one_line(", ".join(row.candidate.translated))))
            lines += rewritten_sentences(tr, row.candidate)
        return "\n".join(filter(None, (*lines, *self._lost(row))))

    def _is_chosen(self, place: int) -> bool:
        return place in self._chosen

    def _take_choice(self, place: int, *, chosen: bool) -> None:
        self._choose(self._chosen | {place} if chosen else self._chosen - {place})

    def _choose(self, places: set[int]) -> None:
        self._chosen = places
        self.dataChanged.emit(self.index(0, NAME), self.index(len(self._rows) - 1, NAME))
        self.choice_changed.emit()

    def _lost(self, row: Row) -> Sequence[str]:
        """Return what does not come over, sentence by sentence."""
        if row.candidate is None:
            return (row.said,)
        return [note_sentence(self._tr, note) for note in row.candidate.notes] if row.can_be_chosen else ()

    def _text(self, row: Row, column: int) -> str:
        if column == NAME:
            return row.text
        if column == LOST:
            return one_line(" ".join(self._lost(row)), _LONGEST_CELL)
        if row.candidate is None:
            return self._tr("left out") if column == BECOMES else ""
        return (
            looks_at_words(self._tr, row.candidate.service)
            if column == LOOKS_AT
            else standing_word(self._tr, row.candidate)
        )

    def _tone(self, row: Row, column: int) -> Tone | None:
        if column != LOST and row.can_be_chosen:
            return None
        return Tone.MUTED if row.candidate and not row.can_be_chosen else Tone.WARNING
