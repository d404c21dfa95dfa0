"""How the history window is laid out: what is chosen above, chart and days below it, outages beside them."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from manara.model import HistoryOptions
from manara.ui.past.chart_table import ChartTable
from manara.ui.past.head import Lines
from manara.ui.past.legend import Legend
from manara.ui.past.outage_table import OutageTable
from manara.ui.past.room import LADDER, Room, fitting
from manara.ui.past.toolbar import Toolbar
from manara.ui.past.uptime_bar import UptimeBar
from manara.wording import Translator

_WIDE_EM = 50
"""From this width on, outages stand beside the chart as long as the user has not said otherwise."""


class Pane(QWidget):
    """Everything of the window; it only shows what it is told."""

    table_shown = Signal(bool)
    """Whether the table has taken the place of the chart."""

    def __init__(self, tr: Translator, options: HistoryOptions, now: datetime, chart: QWidget) -> None:
        super().__init__()
        self._tr = tr
        self._chart = chart
        self._lanes = 1
        self._why_nothing = ""
        self._beside_wished: bool | None = None
        self.tools = Toolbar(tr)
        self.summary = Lines(tr("Uptime"), LADDER[0].summary, bold=True)
        self.readout = Lines(tr("Read-out"), LADDER[0].readout)
        self.legend = Legend(tr)
        self.bar = UptimeBar(tr, options)
        self.table = ChartTable(tr, now)
        self.outages = OutageTable(tr, now)
        self.outages_title = _title("")
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.nothing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.nothing.setAccessibleName(tr("No chart"))
        self.no_outage = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self.no_outage.setText(tr("No outage was seen"))
        self.middle = QStackedWidget()
        for widget in (chart, self.nothing, self.table):
            self.middle.addWidget(widget)
        self.beside = QStackedWidget()
        self.beside.addWidget(self.outages)
        self.beside.addWidget(self.no_outage)
        self._left, self._right = QWidget(), QWidget()
        self._rows, self._below = QVBoxLayout(self), QVBoxLayout(self._left)
        self._lay_out()
        self.show_number(0)
        self.tools.table_wished.connect(self._show_table)
        self.tools.outages_wished.connect(self._show_beside)

    @property
    def shows_table(self) -> bool:
        """Whether the table is shown in the place of the chart."""
        return self.middle.currentWidget() is self.table

    def show_nothing(self, why: str) -> None:
        """Say in words why there is no chart; with no reason, show the chart or the table."""
        self._why_nothing = why
        self.nothing.setText(why)
        self.nothing.setAccessibleDescription(why)
        self._fill_middle()

    def show_number(self, outages: int) -> None:
        """Say how many outages are listed."""
        tr = self._tr
        text = tr.plural("{n} outage", "{n} outages", outages).format(n=outages)
        self.outages_title.setText(text if outages else tr("Outages"))
        self.tools.show_outages(outages)
        self.beside.setCurrentWidget(self.outages if outages else self.no_outage)
        self._make_room()

    def reserve(self, lanes: int) -> None:
        """Keep room in the read-out for so many services."""
        self._lanes = lanes
        self._make_room()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size at which the barest room and a low chart fit; what is left out must not keep it larger."""
        return QSize(super().minimumSizeHint().width(), self._cost(LADDER[-1]) + self._chart.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the chart its share of the height."""
        super().resizeEvent(event)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        beside = self._beside_wished
        if beside is None:
            there_are = self.beside.currentWidget() is self.outages
            beside = there_are and self.width() >= self.fontMetrics().height() * _WIDE_EM
        self._right.setVisible(beside)
        self.tools.outages.setChecked(beside)
        room = fitting(self.height(), ((each, self._cost(each)) for each in LADDER))
        self.summary.reserve(room.summary)
        self.readout.reserve(self._readout_lines(room))
        self.legend.setVisible(room.legend and self.middle.currentWidget() is self._chart)
        self.bar.setVisible(room.bar)

    def _readout_lines(self, room: Room) -> int:
        return room.readout if self._lanes <= 1 else 1 + self._lanes

    def _cost(self, room: Room) -> int:
        """Return the height of all besides the chart."""
        inside, outside = self._below, self._rows
        margins = outside.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        beside = self._right.width() if self._right.isVisibleTo(self) else 0
        heights = [
            margins.top() + margins.bottom() + 2 * outside.spacing() + self.tools.heightForWidth(width),
            self.summary.height_of(room.summary),
            self.readout.height_of(self._readout_lines(room)) + inside.spacing(),
        ]
        if room.legend:
            heights.append(self.legend.heightForWidth(width - beside) + inside.spacing())
        if room.bar:
            heights.append(self.bar.sizeHint().height() + inside.spacing())
        return sum(heights)

    @Slot(bool)
    def _show_table(self, wished: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._fill_middle()
        self.table_shown.emit(wished)

    @Slot(bool)
    def _show_beside(self, wished: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._beside_wished = wished
        self._make_room()

    def _fill_middle(self) -> None:
        shown = self.table if self.tools.table.isChecked() else self._chart
        self.middle.setCurrentWidget(self.nothing if self._why_nothing else shown)
        self.readout.setVisible(not self._why_nothing)
        self._make_room()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        below = self._below
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(em // 4)
        below.addWidget(self.readout)
        below.addWidget(self.middle, stretch=1)
        below.addWidget(self.legend)
        below.addWidget(self.bar)
        beside = QVBoxLayout(self._right)
        beside.setContentsMargins(em // 3, 0, 0, 0)
        beside.addWidget(self.outages_title)
        beside.addWidget(self.beside, stretch=1)
        splitter = QSplitter(childrenCollapsible=False)
        splitter.addWidget(self._left)
        splitter.addWidget(self._right)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([em * 46, em * 20])
        splitter.splitterMoved.connect(self._make_room)
        self._right.setMinimumWidth(em * 10)
        self._left.setMinimumWidth(em * 16)
        self._left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = self._rows
        margin = em // 2
        layout.setContentsMargins(margin, margin, margin, em // 3)
        layout.setSpacing(em // 4)
        layout.addWidget(self.tools)
        layout.addWidget(self.summary)
        layout.addWidget(splitter, stretch=1)


def _title(text: str) -> QLabel:
    label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
