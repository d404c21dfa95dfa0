"""What most people do not need, folded away behind its title."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from manara.ui.past.buttons import named


class Folded(QWidget):
    """A button, and what it opens."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self._button = named(QToolButton(autoRaise=True), title, hint)
        self._button.setCheckable(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button.toggled.connect(self._show)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._inside)
        self._show(unfolded=False)

    def unfold(self) -> None:
        """Show everything: something in it must be seen."""
        self._button.setChecked(True)

    def _show(self, unfolded: bool) -> None:  # noqa: FBT001 - Qt's signal
        closed = Qt.ArrowType.LeftArrow if self.isRightToLeft() else Qt.ArrowType.RightArrow
        self._button.setArrowType(Qt.ArrowType.DownArrow if unfolded else closed)
        self._inside.setVisible(unfolded)
