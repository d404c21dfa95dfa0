"""The chart as a table: the same measurements, verdicts and gaps, for those who do not see it and for the clipboard."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from manara.model import Window
from manara.ui.past.copying import offer_copy, select_row
from manara.ui.past.lane import Kind, Lane
from manara.ui.past.list_table import ListModel, look_like_a_list
from manara.ui.past.table_rows import Column, Row, columns, table_rows
from manara.wording import Translator

_ROWS_MEASURED = 40
_WIDEST_EM = 22


class ChartModel(ListModel[Row]):
    """A row for each stretch of the chart, the newest first."""

    def __init__(self, tr: Translator, now: datetime, parent: QObject | None = None) -> None:
        super().__init__((), (), parent)
        self._tr = tr
        self._now = now
        self._use_columns(columns(Kind.LATENCY, several=False))

    def show_lanes(self, lanes: Sequence[Lane], window: Window, kind: Kind, now: datetime) -> None:
        """Show what the chart shows of these lanes in a window."""
        rows, shown = table_rows(lanes, window), columns(kind, several=len(lanes) > 1)
        # Times of today stand without their date, so that a new day is something new.
        if (rows, shown, now.date()) != (self._rows, self._columns, self._now.date()):
            self.beginResetModel()
            self._rows, self._now = rows, now
            self._use_columns(shown)
            self.endResetModel()

    def stretch(self, row: int) -> Window:
        """Return the time of a row."""
        return Window(self._rows[row].begin, self._rows[row].end)

    def row_at(self, at: datetime) -> int:
        """Return the first row that holds a moment, -1 for none."""
        return next((place for place, row in enumerate(self._rows) if row.begin <= at < row.end), -1)

    def words(self, row: Row) -> str:
        """Return all that is told of a row."""
        told = ((title, self._cell(row, column)) for column, title in enumerate(self._titles))
        return ", ".join(f"{title}: {words}" for title, words in told if words)

    def _cell(self, row: Row, column: int) -> str:
        return self._columns[column].words(self._tr, row, self._now)

    def _use_columns(self, shown: tuple[Column, ...]) -> None:
        self._columns = shown
        self._titles = [self._tr.number(self._tr(each.title)) for each in shown]
        self._numbers = [each.number for each in shown]


class ChartTable(QTableView):
    """Shows the model; the row that is looked at is the place that is looked at in the chart."""

    moment_chosen = Signal(object)
    """The middle of the row that is looked at."""
    stretch_chosen = Signal(object)
    """The `Window` of a row that is to be shown more finely."""

    def __init__(self, tr: Translator, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points = ChartModel(tr, now, self)
        self.setModel(self.points)
        self.setAccessibleName(tr("Chart as a table"))
        self.setAccessibleDescription(tr("Return shows a row more finely, Control and C copies the selected rows."))
        look_like_a_list(self, 1.5)
        header = self.horizontalHeader()
        header.setMaximumSectionSize(self.fontMetrics().height() * _WIDEST_EM)
        # Thousands of rows take long to ask, and are about equally wide.
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        offer_copy(tr, self)
        self.selectionModel().currentRowChanged.connect(self._tell_moment)
        self.doubleClicked.connect(self._choose)

    def show_lanes(self, lanes: Sequence[Lane], window: Window, kind: Kind, now: datetime) -> None:
        """Show what the chart shows; the time that is looked at stays."""
        looked_at = self._middle(self.currentIndex().row())
        self.points.show_lanes(lanes, window, kind, now)
        if not self.currentIndex().isValid() and looked_at is not None:
            self.look_at(looked_at)

    def look_at(self, at: datetime | None) -> None:
        """Look at the row of a moment; at the first one where there is none."""
        row = -1 if at is None else self.points.row_at(at)
        # Nobody has chosen the row: the moment must not become the middle of it.
        with QSignalBlocker(self):
            select_row(self, max(row, 0) if self.points.rowCount() else -1)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Show a row more finely by the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _middle(self, row: int) -> datetime | None:
        if row < 0:
            return None
        stretch = self.points.stretch(row)
        return stretch.begin + stretch.length / 2

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.stretch_chosen.emit(self.points.stretch(index.row()))

    @Slot(QModelIndex, QModelIndex)
    def _tell_moment(self, index: QModelIndex) -> None:
        if index.isValid():
            self.moment_chosen.emit(self._middle(index.row()))
