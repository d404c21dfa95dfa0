"""What is wrong, above the services: our own connection, the largest incidents in a line each, and how many more.

The window has it from its start, and on most days there is nothing to tell: what it is made of is loaded then.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from manara.loading import load
from manara.model import Event, Incident, Verdict
from manara.ui.incidents.board import Board
from manara.ui.marks import Look, Mark
from manara.ui.overview import Overview
from manara.wording import Translator

if TYPE_CHECKING:
    from manara.ui.incidents.strip import Strip, Told

MOST_TOLD = 2
"""So many incidents have a line of their own."""
AGES_EVERY_MS = 1000
OWN_LINE = "own line"
MORE = "more"


class Banner(QWidget):
    """Hidden while all is well."""

    incident_wished = Signal(str)
    """The user wants to see an incident: its id; all of them where it is empty."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._own_line: tuple[str, Mark] = ("", Look.OFFLINE)
        self.board = Board()
        self.strips: dict[str, Strip] = {}
        """By the id of the incident, `OWN_LINE` or `MORE`."""
        self._ages = QTimer(self, interval=AGES_EVERY_MS)
        self._ages.timeout.connect(self.refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.hide()

    def meet(self, incidents: Iterable[Incident]) -> None:
        """Take over those that go on."""
        self.board.meet(incidents)
        self.refresh()

    def take(self, events: Sequence[Event]) -> None:
        """Take over what happened."""
        if self.board.take(events, self._now()):
            self.refresh()

    def show_overview(self, seen: Overview) -> None:
        """Say what is wrong with our own connection, if something is."""
        mark = seen.mark if seen.mark is Look.OFFLINE else Verdict.DEGRADED
        if (seen.own_line, mark) != self._own_line:
            self._own_line = (seen.own_line, mark)
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what holds now."""
        incidents = self.board.told(self._now())
        sentence, mark = self._own_line
        if not incidents and not sentence:
            self._show({})
            return
        lines = load("manara.ui.incidents.banner_lines:banner_lines")(self._tr, incidents, self._now())
        if sentence:
            own_line = load("manara.ui.incidents.strip:Told")(mark, sentence)
            lines = {OWN_LINE: own_line, **lines}
        self._show(lines)

    def _show(self, lines: "dict[str, Told]") -> None:
        for key in [key for key in self.strips if key not in lines]:
            strip = self.strips.pop(key)
            strip.hide()
            strip.deleteLater()
        for place, (key, told) in enumerate(lines.items()):
            if key not in self.strips:
                self.strips[key] = self._made(key, told)
            strip = self.strips[key]
            if strip.told != told:
                strip.tell(told)
            self._put(strip, place)
        self.setVisible(bool(lines))
        if lines and not self._ages.isActive():
            self._ages.start()
        elif not lines:
            self._ages.stop()

    def _made(self, key: str, told: "Told") -> "Strip":
        hints = {OWN_LINE: "", MORE: self._tr("Show all incidents")}
        hint = hints.get(key, self._tr("Show all that is known of it"))
        strip: Strip = load("manara.ui.incidents.strip:Strip")(told, hint, self)
        if key != OWN_LINE:
            strip.clicked.connect(partial(self._wish, "" if key == MORE else key))
        return strip

    def _put(self, strip: "Strip", place: int) -> None:
        layout = self.layout()
        if isinstance(layout, QVBoxLayout) and layout.indexOf(strip) != place:
            layout.insertWidget(place, strip)
            strip.show()

    def _wish(self, incident_id: str, _checked: object = None) -> None:
        self.incident_wished.emit(incident_id)
