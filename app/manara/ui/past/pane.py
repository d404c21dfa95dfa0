"""How the history window is laid out: what is chosen above, chart and days below it, outages beside them."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from manara.model import HistoryOptions
from manara.ui.past.head import Lines
from manara.ui.past.legend import Legend
from manara.ui.past.outage_table import OutageTable
from manara.ui.past.toolbar import Toolbar
from manara.ui.past.uptime_bar import UptimeBar
from manara.wording import Translator

_WORDS_FOR_ONE = 2


class Pane(QWidget):
    """Everything of the window; it only shows what it is told."""

    def __init__(self, tr: Translator, options: HistoryOptions, now: datetime, chart: QWidget) -> None:
        super().__init__()
        self._tr = tr
        self._chart = chart
        self.tools = Toolbar(tr)
        self.summary = Lines(tr("Uptime"), 3, bold=True)
        self.readout = Lines(tr("Read-out"), _WORDS_FOR_ONE)
        self.legend = Legend(tr)
        self.bar = UptimeBar(tr, options)
        self.outages = OutageTable(tr, now)
        self.outages_title = _title("")
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.nothing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.no_outage = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self.no_outage.setText(tr("No outage was seen"))
        self.middle = QStackedWidget()
        self.middle.addWidget(chart)
        self.middle.addWidget(self.nothing)
        self.beside = QStackedWidget()
        self.beside.addWidget(self.outages)
        self.beside.addWidget(self.no_outage)
        self._lay_out()
        self.show_number(0)

    def show_nothing(self, why: str) -> None:
        """Say in words why there is no chart; with no reason, show the chart."""
        self.nothing.setText(why)
        self.middle.setCurrentWidget(self.nothing if why else self._chart)
        for widget in (self.readout, self.legend):
            widget.setVisible(not why)

    def show_number(self, outages: int) -> None:
        """Say how many outages are listed."""
        tr = self._tr
        text = tr.plural("{n} outage", "{n} outages", outages).format(n=outages)
        self.outages_title.setText(text if outages else tr("Outages"))
        self.beside.setCurrentWidget(self.outages if outages else self.no_outage)

    def reserve(self, lanes: int) -> None:
        """Keep room in the read-out for so many services."""
        self.readout.reserve(_WORDS_FOR_ONE if lanes <= 1 else 1 + lanes)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        left, right = QWidget(), QWidget()
        below = QVBoxLayout(left)
        below.setContentsMargins(0, 0, em // 2, 0)
        below.addWidget(self.readout)
        below.addWidget(self.middle, stretch=1)
        below.addWidget(self.legend)
        below.addSpacing(em // 3)
        below.addWidget(self.bar)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(em // 2, 0, 0, 0)
        beside.addWidget(self.outages_title)
        beside.addWidget(self.beside, stretch=1)
        splitter = QSplitter(childrenCollapsible=False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([em * 46, em * 22])
        right.setMinimumWidth(em * 12)
        left.setMinimumWidth(em * 20)
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tools)
        layout.addWidget(self.summary)
        layout.addWidget(splitter, stretch=1)


def _title(text: str) -> QLabel:
    label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
