"""The bar that tells what is wrong in the settings file or in the user's own catalogue, until it is mended.

The window has it from its start, and there is seldom anything to tell: what it is made of is loaded then.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from manara.loading import load
from manara.model import Event, ServicesChanged, SettingsRefused
from manara.wording import Translator, one_line
from manara.wording.problems import said

if TYPE_CHECKING:
    from manara.ui.editor.message import Message

MOST_TOLD = 3
"""So many problems are told, each on a line; of more, the number."""


class RefusedBar(QWidget):
    """Shows the problems of the last `SettingsRefused` until `ServicesChanged` tells that the settings were read."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self.message: Message | None = None
        self._told: tuple[str, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong; empty where all is well."""
        return self._told

    def take(self, events: Sequence[Event]) -> None:
        """Show what is wrong after these events."""
        found = self._told
        for event in events:
            if isinstance(event, SettingsRefused):
                found = event.problems
            elif isinstance(event, ServicesChanged):
                found = ()
        if found != self._told:
            self._told = found
            self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._told))
        if not self._told:
            return
        if self.message is None:
            self.message = load("manara.ui.editor.message:Message")()
            self.layout().addWidget(self.message)  # type: ignore[union-attr]
        self.message.tell(refused_text(self._tr, self._told))


def refused_text(tr: Translator, problems: Sequence[str]) -> str:
    """Return what is wrong, a line for each problem. Problems quote a file that anybody may have written."""
    lines = [f"• {one_line(said(tr, problem))}" for problem in problems[:MOST_TOLD]]
    if (more := len(problems) - MOST_TOLD) > 0:
        lines.append(tr.plural("and {n} more", "and {n} more", more).format(n=more))
    head = tr("Not everything in the settings could be taken over. Manara goes on with what it could read:")
    return "\n".join((head, *lines))
