"""The list of outages: when each began, how long it was down, and why. Choosing one shows it in the chart."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from manara.model import Outage, Window
from manara.ui.past.copying import offer_copy
from manara.ui.past.list_table import ListModel, look_like_a_list
from manara.ui.plain import tooltip
from manara.ui.table_model import Index
from manara.wording import (
    Translator,
    clause,
    day_and_time,
    duration,
    outage_sentence,
    outage_times,
    unseen_in_between,
)
from manara.wording.failures import capitalised

_ROWS_MEASURED = 40


class OutageModel(ListModel[Outage]):
    """A row for each outage, the newest first."""

    def __init__(self, tr: Translator, now: datetime, parent: QObject | None = None) -> None:
        super().__init__((tr("Began"), tr("Down for"), tr("Why")), (False, True, False), parent)
        self._tr = tr
        self._now = now
        self.goes_on = False
        """Whether the service is down now."""

    def show_outages(self, outages: Sequence[Outage], now: datetime) -> None:
        """Show these; they come oldest first."""
        if tuple(reversed(outages)) == self._rows and now.tzinfo == self._now.tzinfo:
            return
        self.beginResetModel()
        self._rows, self._now = tuple(reversed(outages)), now
        self.endResetModel()

    def outage(self, row: int) -> Outage:
        """Return the outage of a row."""
        return self._rows[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or all that is told of its outage for tool tip and screen reader."""
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return tooltip(self.words(self._rows[index.row()]))
        return super().data(index, role)

    def words(self, row: Outage) -> str:
        """Return all that is told of an outage."""
        tr = self._tr
        began, ended = outage_times(tr, row, self._now, goes_on=self.goes_on)
        unseen = unseen_in_between(tr, row)
        return " · ".join(part for part in (outage_sentence(tr, row), began, ended, unseen) if part)

    def _cell(self, row: Outage, column: int) -> str:
        if column == 0:
            return day_and_time(self._tr, row.began.by, self._now)
        if column == 1:
            return duration(self._tr, row.down)
        causes = "; ".join(clause(self._tr, cause) for cause in row.causes if cause is not None)
        return capitalised(causes)


class OutageTable(QTableView):
    """Shows the model as a list whose rows can be chosen."""

    outage_chosen = Signal(object)
    """An `Outage`."""

    def __init__(self, tr: Translator, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outages = OutageModel(tr, now, self)
        self.setModel(self.outages)
        self.setAccessibleName(tr("Outages"))
        self.setAccessibleDescription(tr("Return shows an outage in the chart, Control and C copies it."))
        look_like_a_list(self, 1.6)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        # Moments and durations are about equally wide: a few rows tell the width, hundreds take long to ask.
        self.horizontalHeader().setResizeContentsPrecision(_ROWS_MEASURED)
        for column in (0, 1):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        offer_copy(tr, self)
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose by the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.outage_chosen.emit(self.outages.outage(index.row()))


def stretch_of(outage: Outage, now: datetime) -> Window:
    """Return the time of an outage, up to now if nobody has seen it end."""
    begin = outage.began.by
    end = now if outage.ended is None else outage.ended.by
    return Window(begin, max(end, begin + timedelta(seconds=1)))
