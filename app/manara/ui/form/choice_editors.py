"""Values that are chosen: yes or no, and one word of several."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy

from manara.ui.form.editor import Editor, LeftAlone
from manara.wording import Translator
from manara.wording.options import value_word


class SwitchEditor(Editor):
    """Yes or no, with the label at the box."""

    stands_alone = True

    def __init__(self) -> None:
        self._box = QCheckBox()
        super().__init__(self._box)
        # A click beside the words must not change anything.
        self._box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._given: Any = None
        self._box.clicked.connect(self._take)

    def show_value(self, value: Any) -> None:
        """Show whether it is set."""
        self._given = value
        self._box.setChecked(value is True)

    def value(self) -> Any:
        """Return whether it is set; what was given and is neither stays until the user decides."""
        return self._given

    def set_label(self, label: str) -> None:
        """Write the label at the box."""
        self._box.setText(label)

    @Slot()
    def _take(self) -> None:
        self._given = self._box.isChecked()
        self.changed.emit()
        self.committed.emit()


class ChoiceEditor(Editor):
    """One of the words that an enum has, or of words with names."""

    def __init__(self, words: Sequence[tuple[str, str]]) -> None:
        """`words` are the words of the settings file, each with what people read."""
        self._box = QComboBox()
        super().__init__(self._box)
        self._box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._box.installEventFilter(LeftAlone(self._box))
        self._words = [word for word, _ in words]
        self._box.addItems([shown for _, shown in words])
        self._given: Any = None
        self._box.activated.connect(self._take)

    @classmethod
    def of(cls, tr: Translator, kind: type[Enum]) -> "ChoiceEditor":
        """Return an editor of the words that an enum has."""
        return cls([(str(member.value), value_word(tr, member)) for member in kind])

    def show_value(self, value: Any) -> None:
        """Show a word; one that is not offered is not shown as another."""
        self._given = value
        self._box.setCurrentIndex(self._words.index(value) if value in self._words else -1)

    def value(self) -> Any:
        """Return the word that is chosen."""
        return self._given

    @Slot()
    def _take(self) -> None:
        chosen = self._words[self._box.currentIndex()]
        if chosen != self._given:
            self._given = chosen
            self.changed.emit()
        self.committed.emit()
