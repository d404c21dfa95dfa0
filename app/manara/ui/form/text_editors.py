"""Values that are typed: texts, numbers, durations, and lists and tables with one item on each line."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from manara.ui.form.editor import Editor
from manara.wording import Translator

MOST_LINES = 6
_WIDTHS = {int: 8, float: 8}
"""Letters that fit into a field; all other fields are as wide as there is room."""
_WIDTH_OF_DURATION = 12


class TextEditor(Editor):
    """A text on one line."""

    def __init__(self, tr: Translator, *, letters: int | None = None) -> None:
        self._line = _Line()
        self.wide = letters is None
        super().__init__(self._line)
        self._tr = tr
        self._given: Any = None
        if letters is not None:
            self._line.setFixedWidth(self.fontMetrics().averageCharWidth() * (letters + 4))
        self._line.textEdited.connect(self.changed)
        self._line.editingFinished.connect(self.committed)

    def show_value(self, value: Any) -> None:
        """Show a text, a number or a duration as it is written."""
        self._given = value
        if self._line.text() != _typed(value):
            self._line.setText(_typed(value))
            self._line.setCursorPosition(0)
        # The user has changed nothing yet.
        self._line.setModified(False)

    def value(self) -> Any:
        """Return what was given, or what was typed since."""
        # Qt's field has one line: of a text with more the rest must not be lost.
        return self._read(self._line.text()) if self._line.isModified() else self._given

    def _read(self, text: str) -> Any:
        return text


class NumberEditor(TextEditor):
    """A number, with the digits of any script."""

    def __init__(self, tr: Translator, kind: type[int] | type[float]) -> None:
        super().__init__(tr, letters=_WIDTHS[kind])
        self._kind = kind
        # A number is written from left to right in Arabic as well.
        self._line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def complaint(self) -> str:
        """Return what must be typed instead."""
        if not isinstance(self.value(), str):
            return ""
        return self._tr("This must be a whole number.") if self._kind is int else self._tr("This must be a number.")

    def _read(self, text: str) -> Any:
        return read_number(text, self._kind)


class DurationEditor(TextEditor):
    """A duration like `60s`; a number alone means seconds."""

    def __init__(self, tr: Translator) -> None:
        super().__init__(tr, letters=_WIDTH_OF_DURATION)
        self._line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def _read(self, text: str) -> Any:
        return read_number(plain_digits(text), float)


class LinesEditor(Editor):
    """A text of several lines; Tab goes on to the next field."""

    wide = True

    def __init__(self, tr: Translator, *, least_lines: int = 2) -> None:
        self._edit = _Lines()
        super().__init__(self._edit)
        self._tr = tr
        self._given: Any = None
        self._touched = False
        self._least = least_lines
        self._edit.setTabChangesFocus(True)
        self._edit.left = self.committed.emit
        self._edit.textChanged.connect(self._take_change)
        self._fit()

    def show_value(self, value: Any) -> None:
        """Show a text, or the lines of a list or a table."""
        self._given, self._touched = value, False
        if self._edit.toPlainText() != self._text_of(value) or self._edit.document().isUndoAvailable():
            with QSignalBlocker(self._edit):
                self._edit.setPlainText(self._text_of(value))
        self._fit()

    def value(self) -> Any:
        """Return what was given, or what was typed since."""
        return self._read(self._edit.toPlainText()) if self._touched else self._given

    def _text_of(self, value: Any) -> str:
        return _typed(value)

    def _read(self, text: str) -> Any:
        return text

    @Slot()
    def _take_change(self) -> None:
        self._touched = True
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Be as high as the lines are, up to a limit."""
        lines = min(max(self._edit.blockCount(), self._least), MOST_LINES)
        # A pixel less, and there would be a bar to scroll it.
        around = 2 * (self._edit.frameWidth() + round(self._edit.document().documentMargin())) + 2
        self._edit.setFixedHeight(self._edit.fontMetrics().lineSpacing() * lines + around)


class ListEditor(LinesEditor):
    """A list of texts, one on each line; empty lines do not count."""

    def _text_of(self, value: Any) -> str:
        return "\n".join(map(_typed, value)) if isinstance(value, (list, tuple)) else _typed(value)

    def _read(self, text: str) -> Any:
        return [line.strip() for line in text.splitlines() if line.strip()]

    def line_of(self, step: str | int) -> int | None:
        """Return the line of an item."""
        lines = [number for number, line in enumerate(self._edit.toPlainText().splitlines(), 1) if line.strip()]
        return lines[step] if isinstance(step, int) and step < len(lines) else None


class TableEditor(LinesEditor):
    """A table of texts, each line a name, a colon and a text, as headers of HTTP are written."""

    def complaint(self) -> str:
        """Return which line is not of this form, or names what another one names."""
        value = self.value()
        return value if isinstance(value, str) and value else ""

    def line_of(self, step: str | int) -> int | None:
        """Return the line that has a name."""
        names = [line.partition(":")[0].strip() for line in self._edit.toPlainText().splitlines()]
        return names.index(step) + 1 if step in names else None

    def _text_of(self, value: Any) -> str:
        return (
            "\n".join(f"{name}: {text}" for name, text in value.items())
            if isinstance(value, Mapping)
            else _typed(value)
        )

    def _read(self, text: str) -> Any:
        """Return the table, or a sentence where the lines are none."""
        table: dict[str, str] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                name, colon, rest = (part.strip() for part in line.partition(":"))
                if not colon or not name:
                    return self._tr("Line {n}: write a name, a colon and a text.").format(n=number)
                if name in table:
                    return self._tr("Line {n}: this name stands in another line already.").format(n=number)
                table[name] = rest
        return table


class _Lines(QPlainTextEdit):
    """Tells when it is left."""

    left: Callable[[], object]

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the user goes elsewhere; a menu of this field is not elsewhere."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Control and Return for a confirmation: Return alone begins a line."""
        confirmed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if confirmed and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave the key of undo to the window while there is nothing typed to undo."""
        return _leaves_undo(event, typed=self.document().isUndoAvailable()) or super().event(event)


class _Line(QLineEdit):
    """Has one line, and keeps the key of undo only while there is something typed to undo."""

    def event(self, event: QEvent) -> bool:
        """Leave the key of undo to the window."""
        return _leaves_undo(event, typed=self.isModified()) or super().event(event)


def _leaves_undo(event: QEvent, *, typed: bool) -> bool:
    """Return whether a key was refused, so that a shortcut of the window gets it: by itself Qt keeps it."""
    if typed or event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if not event.matches(QKeySequence.StandardKey.Undo):
        return False
    event.ignore()
    return True


def read_number(text: str, kind: type[int] | type[float]) -> Any:
    """Return the number that is typed, a whole one where it is; the text where it is none, None where it is empty."""
    typed = plain_digits(text).strip().replace("\N{ARABIC DECIMAL SEPARATOR}", ".")
    if not typed:
        return None
    try:
        number = kind(typed.replace("_", "x"))
    except ValueError:
        return text.strip()
    if isinstance(number, float) and number.is_integer():
        return int(number)
    return number


def plain_digits(text: str) -> str:
    """Return the text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text)


def _typed(value: Any) -> str:
    """Return a value of the file as people type it; one that is of another kind than it should be is shown as it is."""
    return "" if value is None else str(value)
