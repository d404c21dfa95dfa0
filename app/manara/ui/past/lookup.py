"""What the window wants to know of the history: which questions belong to which view, and what came of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from manara.history import Known, UnknownToHistory
from manara.model import Label, Latency, Outage, Series, Span, Uptime, Verdict, Window
from manara.monitor.days import days_until, with_spans
from manara.ui.past.lane import Lane
from manara.ui.past.ranges import asked, is_enough
from manara.ui.questions import Questions

if TYPE_CHECKING:
    from concurrent.futures import Future

DAYS = 90
"""So many days are shown as a bar."""


class Past(Protocol):
    """The questions of `History` that are asked here."""

    def services(self) -> "Future[tuple[Known, ...]]":
        """Return every service of which anything is known."""

    def labels(self, service_id: str) -> "Future[tuple[Label, ...]]":
        """Return the labels of a service."""

    def uptime(self, service_id: str, window: Window) -> "Future[Uptime]":
        """Return how a service spent the window."""

    def spans(self, service_id: str, window: Window) -> "Future[tuple[Span, ...]]":
        """Return the spans that make up the window."""

    def outages(self, service_id: str, window: Window) -> "Future[tuple[Outage, ...]]":
        """Return the outages that reach into the window."""

    def series(self, service_id: str, window: Window, points: int) -> "Future[Series]":
        """Return the measurements of the window."""

    def latency(self, service_id: str, window: Window) -> "Future[Latency | None]":
        """Return how long answers took in the window."""

    def label(self, service_id: str, window: Window, verdict: Verdict, note: str = "") -> "Future[int]":
        """Say afterwards what a stretch was."""

    def unlabel(self, label_id: int) -> "Future[bool]":
        """Take a label back."""


class Lookup(QObject):
    """Asks, and tells what it learned by signals on the GUI thread."""

    services_known = Signal(object)
    """Every service of which there is a history, as a tuple of `Known`."""
    lane_changed = Signal(object)
    """A `Lane`."""
    uptime_known = Signal(object)
    latency_known = Signal(object)
    """A `Latency`, or None."""
    outages_known = Signal(object)
    days_known = Signal(object)
    verdict_known = Signal(object)
    """The newest `Verdict`."""
    labels_known = Signal(object)
    labels_changed = Signal()
    failed = Signal(object)
    """An exception: the history cannot be read or written."""

    def __init__(self, past: Past, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._past = past
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._lanes: dict[str, Lane] = {}
        self._asked: dict[str, Window] = {}

    @property
    def waiting(self) -> bool:
        """Whether any answer is still to come."""
        return self._questions.waiting

    def close(self) -> None:
        """Forget what was asked: nothing is told before the next question."""
        self._questions.close()
        self._asked.clear()

    def ask_services(self) -> None:
        """Find out of which services there is a history."""
        self._questions.ask("services", self._past.services(), self.services_known.emit)

    def ask_lanes(self, lanes: Sequence[Lane], shown: Window, width: int, *, anew: bool = False) -> None:
        """Find out what is to be drawn of these services; what is known well enough is not asked for again."""
        wanted = {lane.service_id for lane in lanes}
        for service_id in self._asked.keys() - wanted:
            self._questions.drop(("series", service_id))
            self._questions.drop(("spans", service_id))
            del self._asked[service_id], self._lanes[service_id]
        window, points = asked(shown, width)
        for lane in lanes:
            service_id = lane.service_id
            self._lanes.setdefault(service_id, lane)
            if not anew and is_enough(self._asked.get(service_id), shown):
                continue
            self._asked[service_id] = window
            self._ask_lane(service_id, window, points)

    def ask_summary(self, service_id: str, shown: Window) -> None:
        """Find out how a service spent the shown time, and how long its answers took."""
        self._questions.ask("uptime", self._past.uptime(service_id, shown), self.uptime_known.emit)
        self._questions.ask("latency", self._past.latency(service_id, shown), self.latency_known.emit)

    def ask_outages(self, service_id: str, window: Window) -> None:
        """Find out the outages of a longer time."""
        self._questions.ask("outages", self._past.outages(service_id, window), self.outages_known.emit)

    def ask_days(self, service_id: str, now: datetime) -> None:
        """Find out how the last days were."""
        days = days_until(now, now.tzinfo, DAYS)
        window = Window(days[0].begin, days[-1].end)

        def tell(spans: tuple[Span, ...]) -> None:
            self.days_known.emit(with_spans(days, spans))
            self.verdict_known.emit(spans[-1].verdict)

        self._questions.ask("days", self._past.spans(service_id, window), tell)

    def ask_labels(self, service_id: str) -> None:
        """Find out what the user has labelled."""
        self._questions.ask("labels", self._past.labels(service_id), self.labels_known.emit)

    def label(self, service_id: str, window: Window, verdict: Verdict, note: str) -> None:
        """Label a stretch."""
        self._questions.ask(object(), self._past.label(service_id, window, verdict, note), self._tell_of_labels)

    def unlabel(self, label_id: int) -> None:
        """Take a label back."""
        self._questions.ask(object(), self._past.unlabel(label_id), self._tell_of_labels)

    def _ask_lane(self, service_id: str, window: Window, points: int) -> None:
        def take_series(series: Series) -> None:
            self._change(service_id, replace(self._lanes[service_id], series=series))

        def take_spans(spans: tuple[Span, ...]) -> None:
            self._change(service_id, replace(self._lanes[service_id], spans=spans))

        self._questions.ask(("spans", service_id), self._past.spans(service_id, window), take_spans)
        self._questions.ask(("series", service_id), self._past.series(service_id, window, points), take_series)

    def _change(self, service_id: str, lane: Lane) -> None:
        self._lanes[service_id] = lane
        self.lane_changed.emit(lane)

    def _tell_of_labels(self, _answer: object) -> None:
        self.labels_changed.emit()

    @Slot(object, object)
    def _fail(self, topic: object, error: BaseException) -> None:
        if not isinstance(error, UnknownToHistory):
            self.failed.emit(error)
            return
        match topic:
            case "uptime":
                self.uptime_known.emit(None)
            case "latency":
                self.latency_known.emit(None)
            case "outages":
                self.outages_known.emit(())
            case "days":
                self.days_known.emit(())
            case "labels":
                self.labels_known.emit(())
            case _:
                # There is nothing to draw of it.
                pass
