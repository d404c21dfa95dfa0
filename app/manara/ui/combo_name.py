"""What a choice is about, for those who hear it: by itself it would say no more than what is chosen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from manara.ui.plain import tooltip


def name_combo(combo: QComboBox, name: str, hint: str) -> None:
    """Name a choice that stands in its place already.

    On Linux, Qt tells what is chosen as the name of a combo box and leaves the name itself to a label beside it, so
    there is one, which takes no room.
    """
    combo.setAccessibleName(name)
    combo.setAccessibleDescription(hint)
    combo.setToolTip(tooltip(name, hint))
    combo.view().setAccessibleName(name)
    combo.view().setAccessibleDescription(hint)
    label = QLabel(name, combo.parentWidget(), textFormat=Qt.TextFormat.PlainText)
    label.setBuddy(combo)
    label.hide()
