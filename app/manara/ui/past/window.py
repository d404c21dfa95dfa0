"""The history window: turns what the user wishes into a new view, and asks for what that needs. It never waits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from manara.history import Known
from manara.model import HistoryOptions, Outage, Verdict, Window
from manara.ui.past.dialogs import Dialogs
from manara.ui.past.export import Format, export
from manara.ui.past.hands import Hands
from manara.ui.past.keys import Wish, bind
from manara.ui.past.lane import Kind
from manara.ui.past.lookup import Lookup, Past
from manara.ui.past.menu import ChartMenu
from manara.ui.past.outage_table import stretch_of
from manara.ui.past.pane import Pane
from manara.ui.past.ranges import around
from manara.ui.past.showing import Showing
from manara.ui.past.view import View
from manara.ui.plain import bare
from manara.ui.saving import Saving
from manara.ui.window_size import take_size
from manara.wording import Translator

if TYPE_CHECKING:
    from manara.ui.past.chart import Chart

SETTLED_MS = 80
"""So long after the last move of the time axis the history is asked."""
ROLL_EVERY_MS = 30_000
"""How often a range up to now goes on while it can be seen."""


class HistoryWindow(QMainWindow):
    """Shows the past of one service, and of others beside it."""

    closed = Signal()
    """The user has closed the window; it asks nothing until it is shown again."""

    def __init__(
        self, tr: Translator, now: Callable[[], datetime], past: Past, options: HistoryOptions | None = None
    ) -> None:
        super().__init__()
        self._tr = tr
        self._now = now
        self.view = View.at_first(now())
        counted = options or HistoryOptions()
        self.chart = _load_chart(tr, self.view.shown, now())
        self.pane = Pane(tr, counted, now(), self.chart)
        self.lookup = Lookup(past, self)
        self.dialogs = Dialogs(tr, self)
        self.hands = Hands(self.chart, now, self)
        self.hands.hold(self.chart, self.chart.viewport())
        self.showing = Showing(
            tr,
            now,
            self.view,
            options=counted,
            pane=self.pane,
            chart=self.chart,
            hands=self.hands,
            lookup=self.lookup,
        )
        self.saving = Saving(tr, self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._roll = QTimer(self, interval=ROLL_EVERY_MS)
        self.setCentralWidget(self.pane)
        self.setWindowTitle(tr("History"))
        self.statusBar().hide()
        self._connect()
        self._change(self.view)
        take_size(self, 68, 44)

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be asked, told or drawn."""
        return self._settle.isActive() or self.lookup.waiting or self.showing.is_about_to_draw

    @Slot(str)
    def show_service(self, service_id: str, window: Window | None = None) -> None:
        """Show this service from now on, in a window of time if one is given."""
        view = self.view.of(service_id)
        self._change(view if window is None else view.freely_ranged(window, self._now()))
        self._ask_everything()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the user has seen enough."""
        super().closeEvent(event)
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Go along with the time."""
        super().showEvent(event)
        self._roll.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Ask nothing while nothing can be seen."""
        self._roll.stop()
        self._settle.stop()
        self.lookup.close()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Escape, when nothing inside had a use for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    @Slot()
    def refresh(self) -> None:
        """Ask for everything that is shown, as it is now."""
        self._change(self.view.rolled(self._now()))
        self.lookup.ask_services()
        self._ask_everything()

    @Slot()
    def open_labels(self) -> None:
        """Let the user say what the selected time was; with none selected, what is shown."""
        for service_id in self.view.service_ids[:1]:
            stretch = self.hands.selected or self.view.shown
            self.dialogs.open_labels(self.showing.name(service_id), stretch, self._now())
            self.lookup.ask_labels(service_id)

    @Slot()
    def open_help(self) -> None:
        """Tell what the keys do and what the signs of the chart mean."""
        self.dialogs.open_help(self.view.kind)

    def _connect(self) -> None:
        pane, tools, hands = self.pane, self.pane.tools, self.hands
        tools.service_chosen.connect(self.show_service)
        tools.compared.connect(self._compare)
        tools.range_chosen.connect(self._choose_range)
        tools.free_range_wished.connect(self._ask_period)
        tools.kind_chosen.connect(self._choose_kind)
        tools.zoom_wished.connect(hands.zoom)
        tools.reset_wished.connect(self._reset)
        tools.labels_wished.connect(self.open_labels)
        tools.export_wished.connect(self._export)
        hands.window_wished.connect(self._show_part)
        hands.stretch_selected.connect(self.chart.show_selected)
        hands.reset_wished.connect(self._reset)
        hands.zoom_to_selection_wished.connect(self._show_selected)
        hands.menu_wished.connect(self._offer)
        tools.help_wished.connect(self.open_help)
        pane.table.moment_chosen.connect(hands.look_at)
        pane.table.stretch_chosen.connect(self._show_part)
        pane.bar.day_chosen.connect(self._choose_period)
        pane.outages.outage_chosen.connect(self._show_outage)
        self.dialogs.label_wished.connect(self._label)
        self.dialogs.unlabel_wished.connect(self.lookup.unlabel)
        self.dialogs.period_chosen.connect(self._choose_period)
        self.lookup.labels_known.connect(self.dialogs.show_labels)
        self.lookup.labels_changed.connect(self._take_change_of_labels)
        self.showing.services_came.connect(self._take_services)
        self.showing.title_changed.connect(self.setWindowTitle)
        self.statusBar().messageChanged.connect(self._make_room_for_message)
        self.showing.failed.connect(self.statusBar().showMessage)
        self.saving.saved.connect(self.statusBar().showMessage)
        self._settle.timeout.connect(self._come_to_rest)
        self._roll.timeout.connect(self.refresh)
        bind(
            self,
            {
                Wish.TABLE: tools.table.toggle,
                Wish.EARLIER: partial(hands.pan, -1),
                Wish.LATER: partial(hands.pan, 1),
                Wish.ZOOM_IN: tools.zoom_in,
                Wish.ZOOM_OUT: tools.zoom_out,
                Wish.RESET: self._reset,
                Wish.REFRESH: self.refresh,
                Wish.HELP: self.open_help,
            },
        )

    def _change(self, view: View) -> None:
        self.view = view
        self._settle.stop()
        self.showing.show_view(view)
        self.pane.tools.show_choice(view.service_ids, view.length, view.kind)

    def _ask_everything(self) -> None:
        self._ask(anew=True)
        for service_id in self.view.service_ids[:1]:
            self.lookup.ask_outages(service_id, self.view.base)
            self.lookup.ask_days(service_id, self._now())

    def _ask(self, *, anew: bool = False) -> None:
        """Ask for what is drawn, as fine as the chart is wide."""
        if self.view.service_ids:
            self.lookup.ask_lanes(self.showing.lanes(), self.view.shown, self.chart.plot_width, anew=anew)
            self.lookup.ask_summary(self.view.service_ids[0], self.view.shown)

    @Slot(list)
    def _compare(self, service_ids: list[str]) -> None:
        self._change(self.view.compared(service_ids))
        self._ask()

    @Slot(object)
    def _choose_range(self, length: timedelta) -> None:
        self._change(self.view.ranged(length, self._now()))
        self._ask_everything()

    @Slot(object)
    def _choose_period(self, window: Window) -> None:
        self._change(self.view.freely_ranged(window, self._now()))
        self._ask_everything()

    @Slot()
    def _ask_period(self) -> None:
        # The button shows what was chosen, and nothing is chosen yet.
        self.pane.tools.show_choice(self.view.service_ids, self.view.length, self.view.kind)
        self.dialogs.open_period(self.view.shown, self._now())

    @Slot(object)
    def _choose_kind(self, kind: Kind) -> None:
        self._change(replace(self.view, kind=kind))

    @Slot(object)
    def _show_part(self, window: Window) -> None:
        """Move at once with what is known; ask when the movement has come to rest."""
        self.view = self.view.zoomed_to(window, self._now())
        self.showing.show_view(self.view)
        self._settle.start()

    @Slot()
    def _come_to_rest(self) -> None:
        self.chart.fit_heights()
        self._ask()

    @Slot()
    def _reset(self) -> None:
        self._show_part(self.view.base)

    @Slot()
    def _show_selected(self) -> None:
        if self.hands.selected is not None:
            self._show_part(self.hands.selected)
            self.hands.select(None)

    @Slot(object)
    def _show_outage(self, outage: Outage) -> None:
        stretch = stretch_of(outage, self._now())
        self._show_part(around(stretch, self._now()))
        self.hands.select(stretch)
        self.hands.look_at(stretch.begin)

    @Slot(QPoint)
    def _offer(self, where: QPoint) -> None:
        readout = bare("\n".join(self.pane.readout.lines))
        menu = ChartMenu(self._tr, readout, self, selected=self.hands.selected is not None)
        menu.label_wished.connect(self.open_labels)
        menu.zoom_wished.connect(self._show_selected)
        menu.reset_wished.connect(self._reset)
        menu.popup(where)

    @Slot(object, object, str)
    def _label(self, window: Window, verdict: Verdict, note: str) -> None:
        self.lookup.label(self.view.service_ids[0], window, verdict, note)

    @Slot()
    def _take_change_of_labels(self) -> None:
        self._ask_everything()
        if self.dialogs.labels is not None:
            self.lookup.ask_labels(self.view.service_ids[0])

    @Slot(object)
    def _take_services(self, known: Sequence[Known]) -> None:
        if self.view.service_ids:
            self.pane.tools.show_choice(self.view.service_ids, self.view.length, self.view.kind)
        elif known:
            self.show_service(known[0].service_id)

    @Slot(object)
    def _export(self, form: Format) -> None:
        self.saving.ask(export(self._tr, self.showing.shown, form))

    @Slot(str)
    def _make_room_for_message(self, message: str) -> None:
        self.statusBar().setVisible(bool(message))


def _load_chart(tr: Translator, window: Window, now: datetime) -> "Chart":
    """Make the chart: the one place where pyqtgraph is loaded, when the first window opens."""
    from manara.ui.past.chart import Chart  # noqa: PLC0415 - heavy, and not everybody looks at the past

    return Chart(tr, window, now)
