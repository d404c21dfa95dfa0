"""The list of incidents as Qt's view sees it: rows and roles, the newest first, narrowed by words. Knows no widget."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from manara.model import Incident
from manara.ui.plain import tooltip
from manara.wording import Translator, day_and_time, duration
from manara.wording.incidents import cause_sentence, end_sentence, incident_title, length_of, short_cause

INCIDENT_ROLE = Qt.ItemDataRole.UserRole
WHEN_ROLE = INCIDENT_ROLE + 1
"""When it began and how long it lasted."""
WHY_ROLE = WHEN_ROLE + 1

_Index = QModelIndex | QPersistentModelIndex


class IncidentModel(QAbstractListModel):
    """Those of the incidents in which all words of a search occur."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now: datetime | None = None
        self._all: Sequence[Incident] = ()
        self._shown: Sequence[Incident] = ()
        self._words: tuple[str, ...] = ()
        self._told: dict[str, tuple[Incident, str]] = {}
        """What a search looks at, by the id of the incident."""

    def show_incidents(self, incidents: Sequence[Incident], now: datetime) -> None:
        """List these; they come newest first."""
        self._all, self._now = incidents, now
        self._arrange()

    def search(self, text: str) -> None:
        """List only those that have these words, in whatever order."""
        self._words = tuple(text.casefold().split())
        self._arrange()

    def row_of(self, incident_id: str) -> int:
        """Return the row of an incident; -1 if it is not listed."""
        return next((row for row, each in enumerate(self._shown) if each.id == incident_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own signature
        """Return how many are listed."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role says of a row."""
        if not index.isValid() or self._now is None:
            return None
        tr, incident = self._tr, self._shown[index.row()]
        title, when = incident_title(tr, incident), when_text(tr, incident, self._now)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(title, when, short_cause(tr, incident))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (title, when, short_cause(tr, incident))))
            case _:
                roles = {INCIDENT_ROLE: incident, WHEN_ROLE: when, WHY_ROLE: short_cause(tr, incident)}
                return roles.get(role)

    def _arrange(self) -> None:
        shown = [each for each in self._all if self._has_words(each)]
        if [each.id for each in shown] == [each.id for each in self._shown]:
            self._shown = shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def _has_words(self, incident: Incident) -> bool:
        told = self._told_of(incident) if self._words else ""
        return all(word in told for word in self._words)

    def _told_of(self, incident: Incident) -> str:
        known, told = self._told.get(incident.id, (None, ""))
        if known is not incident:
            names = (member.name for member in incident.members)
            texts = (happening.text for happening in incident.timeline)
            day = f"{incident.began.by.astimezone(self._now.tzinfo if self._now else None):%Y-%m-%d}"
            told = " ".join((cause_sentence(self._tr, incident), day, *names, *texts)).casefold()
            self._told[incident.id] = (incident, told)
        return told


def when_text(tr: Translator, incident: Incident, now: datetime) -> str:
    """Return when an incident began, and how long it lasted or that it goes on: `2021-10-04 15:40 · 7 h 6 min`."""
    began = day_and_time(tr, incident.began.by, now)
    lasted = length_of(incident)
    if lasted is None:
        return f"{began} · {tr('goes on')}"
    if incident.began.after is None:
        return f"{began} · {end_sentence(tr, incident).rstrip('.')}"
    return f"{began} · {duration(tr, lasted)}"
