"""A label for text of any origin: never read as markup, and beginning where reading begins in the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy


def plain_label() -> QLabel:
    """Return a label for text of any origin: it is never read as markup."""
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    # A long word must not make the window wide; its end can be read in the tooltip.
    label.setMinimumWidth(label.fontMetrics().height() * 8)
    return label


def begin_at_the_start(label: QLabel) -> None:
    """Let a text begin where reading begins in the window: by itself it would follow the direction of its letters."""
    side = Qt.AlignmentFlag.AlignRight if label.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
