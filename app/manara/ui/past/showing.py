"""What is known of the view, and how it comes onto the pane: answers arrive here, and everything is drawn from here."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from manara.history import Known
from manara.model import HistoryOptions, Latency, Outage, Uptime, Verdict
from manara.ui.contrast import wants_high_contrast
from manara.ui.past.export import Picture, Shown
from manara.ui.past.hands import Hands
from manara.ui.past.head import summary_lines
from manara.ui.past.lane import Lane
from manara.ui.past.legend import entries
from manara.ui.past.lookup import Lookup
from manara.ui.past.outage_table import stretch_of
from manara.ui.past.palette import chart_colours
from manara.ui.past.pane import Pane
from manara.ui.past.readout import chart_words, lane_words, moment_words, name_of
from manara.ui.past.spoken import announce
from manara.ui.past.view import View
from manara.ui.plain import bare, isolated
from manara.ui.theme import theme_of
from manara.wording import Translator, no_data_before, one_line, period

if TYPE_CHECKING:
    from manara.ui.past.chart import Chart


class Showing(QObject):
    """Shows a view on a pane, as far as it is known."""

    services_came = Signal(object)
    """Every service of which there is a history."""
    title_changed = Signal(str)
    failed = Signal(str)
    """A sentence."""

    def __init__(
        self,
        tr: Translator,
        now: Callable[[], datetime],
        view: View,
        *,
        options: HistoryOptions,
        pane: Pane,
        chart: "Chart",
        hands: Hands,
        lookup: Lookup,
    ) -> None:
        super().__init__(pane)
        self._tr = tr
        self._now = now
        self._options = options
        self._view = view
        self._pane = pane
        self._chart = chart
        self._hands = hands
        self._known: dict[str, Known] | None = None
        self._lanes: dict[str, Lane] = {}
        self._uptime: Uptime | None = None
        self._latency: Latency | None = None
        self._outages: Sequence[Outage] = ()
        self._redraw = QTimer(self, singleShot=True, interval=0)
        self._redraw.timeout.connect(self.draw)
        lookup.services_known.connect(self._take_services)
        lookup.lane_changed.connect(self._take_lane)
        lookup.uptime_known.connect(self._take_uptime)
        lookup.latency_known.connect(self._take_latency)
        lookup.outages_known.connect(self._take_outages)
        lookup.days_known.connect(pane.bar.show_days)
        lookup.verdict_known.connect(self._take_verdict)
        lookup.failed.connect(self._tell_failure)
        hands.cursor_moved.connect(self._look_at)
        pane.table_shown.connect(self._turn)

    @property
    def is_about_to_draw(self) -> bool:
        """Whether something came that is not drawn yet."""
        return self._redraw.isActive()

    def name(self, service_id: str) -> str:
        """Return what a service is called, short enough for a line."""
        return name_of(self._lane(service_id))

    def lanes(self) -> tuple[Lane, ...]:
        """Return what is known of each service of the view."""
        return tuple(map(self._lane, self._view.service_ids))

    def show_view(self, view: View) -> None:
        """Show this view from now on; what is known of its services stays until something newer comes."""
        before, self._view = self._view, view
        self._chart.show_window(view.shown)
        self.fill_table()
        if view.service_ids[:1] != before.service_ids[:1]:
            self._begin_anew()
        if view.service_ids != before.service_ids or view.kind is not before.kind:
            self._lanes = {each: lane for each, lane in self._lanes.items() if each in view.service_ids}
            self._pane.legend.explain(view.kind)
            self._pane.reserve(len(view.service_ids))
            self.draw()

    def shown(self) -> Shown:
        """Return what an export is made of."""
        view, now = self._view, self._now()
        names = " · ".join(self.name(service_id) for service_id in view.service_ids)
        picture = Picture(
            title=names,
            lines=(*self._pane.summary.lines[:1], period(self._tr, view.shown, now)),
            legend=entries(self._tr, view.kind),
            colours=chart_colours(theme_of(self._pane.palette()), strong=wants_high_contrast()),
            mirrored=self._pane.layoutDirection() is Qt.LayoutDirection.RightToLeft,
        )
        return Shown(self._chart, picture, self.lanes(), view.shown, now.tzinfo)

    @Slot()
    def draw(self) -> None:
        """Draw what is known."""
        lanes = self.lanes()
        self._pane.show_nothing(self._why_nothing())
        self._chart.show_lanes(lanes, self._view.kind)
        self.fill_table()
        widths = [lane.series.resolution_s for lane in lanes if lane.series is not None]
        self._hands.step = timedelta(seconds=min(widths, default=60.0))
        self._look_at(self._hands.cursor, by_key=False)

    @Slot()
    def fill_table(self) -> None:
        """Fill the table, where it is shown, with what the chart shows."""
        if self._pane.shows_table:
            self._pane.table.show_lanes(self.lanes(), self._view.shown, self._view.kind, self._now())

    @Slot(bool)
    def _turn(self, to_table: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Go on in the table, or in the chart, at the moment that was looked at."""
        self.fill_table()
        self._look_at(self._hands.cursor, by_key=False)
        if to_table:
            self._pane.table.look_at(self._hands.cursor)
            self._pane.table.setFocus()
        else:
            self._chart.setFocus()

    def _begin_anew(self) -> None:
        self._uptime = self._latency = None
        self._hands.select(None)
        self._hands.look_at(None)
        self._pane.bar.show_days(())
        self._take_outages(())
        self._tell_title()

    def _lane(self, service_id: str) -> Lane:
        known = (self._known or {}).get(service_id)
        name = service_id if known is None else known.name
        lane = self._lanes.get(service_id)
        return Lane(service_id, name) if lane is None else Lane(service_id, name, lane.series, lane.spans)

    def _why_nothing(self) -> str:
        """Return why there is nothing to draw; nothing if there is, or if that is not known yet."""
        if self._known is None:
            return ""
        tr, now = self._tr, self._now()
        if not self._view.service_ids:
            return tr("There is no history yet: it begins with the first look at a service.")
        service_id = self._view.service_ids[0]
        known = self._known.get(service_id)
        first_seen = None if known is None else known.first_seen
        if len(self._view.service_ids) > 1 or (first_seen is not None and first_seen < self._view.shown.end):
            return ""
        return no_data_before(tr, self.name(service_id), first_seen, now)

    @Slot(object, bool)
    def _look_at(self, at: datetime | None, by_key: bool) -> None:  # noqa: FBT001 - as the signal has it
        """Put the cursor at a moment, and say how everything was then."""
        self._chart.show_cursor(at)
        tr, now, kind = self._tr, self._now(), self._view.kind
        if at is None:
            in_chart = tr("Point at the chart, or move along it with the arrow keys; F1 tells all keys.")
            in_table = tr("Return shows a row more finely; F1 tells all keys.")
            self._pane.readout.show_lines([in_table if self._pane.shows_table else in_chart], plain=True)
            return
        lines = [moment_words(tr, at, now)]
        for lane in self.lanes():
            words = lane_words(tr, lane, at, kind, now)
            lines.append(words if len(self._view.service_ids) <= 1 else f"{isolated(name_of(lane))}: {words}")
        self._pane.readout.show_lines(lines)
        if by_key:
            announce(self._chart, bare(". ".join(lines)))

    @Slot(object)
    def _take_services(self, known: Sequence[Known]) -> None:
        self._known = {each.service_id: each for each in known}
        self._pane.tools.offer_services(known)
        self._tell_title()
        self.draw()
        self.services_came.emit(known)

    @Slot(object)
    def _take_lane(self, lane: Lane) -> None:
        if lane.service_id in self._view.service_ids:
            self._lanes[lane.service_id] = lane
            self._redraw.start()

    @Slot(object)
    def _take_uptime(self, uptime: Uptime | None) -> None:
        self._uptime = uptime
        self._tell_summary()

    @Slot(object)
    def _take_latency(self, latency: Latency | None) -> None:
        self._latency = latency
        self._tell_summary()

    @Slot(object)
    def _take_outages(self, outages: Sequence[Outage]) -> None:
        self._outages = outages
        self._pane.outages.outages.show_outages(outages, self._now())
        self._pane.show_number(len(outages))
        self._tell_summary()

    @Slot(object)
    def _take_verdict(self, verdict: Verdict) -> None:
        self._pane.outages.outages.goes_on = verdict is Verdict.DOWN

    @Slot(object)
    def _tell_failure(self, error: BaseException) -> None:
        text = self._tr("The history cannot be used now: {why}")
        self.failed.emit(text.format(why=one_line(str(error))))

    def _tell_title(self) -> None:
        for service_id in self._view.service_ids[:1]:
            self.title_changed.emit(self._tr("History of {name}").format(name=self.name(service_id)))

    def _outages_shown(self) -> int:
        shown, now = self._view.shown, self._now()
        stretches = (stretch_of(outage, now) for outage in self._outages)
        return sum(stretch.begin < shown.end and stretch.end > shown.begin for stretch in stretches)

    def _tell_summary(self) -> None:
        where = period(self._tr, self._view.shown, self._now())
        lines = summary_lines(self._tr, self._options, self._uptime, self._latency, where)
        self._pane.summary.show_lines(lines)
        names = [self.name(service_id) for service_id in self._view.service_ids]
        name, description = chart_words(self._tr, names, self._view.kind, lines, self._outages_shown())
        self._chart.setAccessibleName(name)
        self._chart.setAccessibleDescription(description)
