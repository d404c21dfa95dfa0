"""One service in full: its verdict in a sentence; below, in sections, all that is known of it.

What the history remembers is wished for when the page opens; the answers are given to it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from manara.model import Fact, Transition
from manara.ui.official_section import OfficialSection
from manara.ui.page_lines import change_lines, fact_lines, ladder_lines, lines_of_certificates
from manara.ui.plain import addresses_isolated, isolated, tooltip
from manara.ui.plain_label import begin_at_the_start, plain_label
from manara.ui.rows import Line, Rows, picture
from manara.ui.theme import theme_of
from manara.ui.tile import Tile
from manara.ui.why_page import WhyPage
from manara.wording import Translator, age

AGES_EVERY_MS = 1000
"""Durations and ages grow even when nothing happens."""


class ServicePage(QWidget):
    """Shows one tile's service; follows it as long as it is shown."""

    closed = Signal()
    """The user has seen enough."""
    memory_wished = Signal(str)
    """The page was opened: what is remembered of this service is wanted."""
    history_wished = Signal(str)
    """The user wants to see the past of this service."""
    incident_wished = Signal(str)
    """The user wants to see the incident that this service is in."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._tile: Tile | None = None
        self._mark = QLabel()
        self._name = plain_label()
        font = self._name.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self._name.setFont(font)
        self._sentence = plain_label()
        self._seen = plain_label()
        self._facts: Sequence[Fact] | None = None
        self._changes: Sequence[Transition] | None = None
        self._problem = ""
        """Why nothing can be remembered."""
        step, seen = tr("Step"), tr("What was seen")
        name = tr("Steps of the last look")
        self._ladder = Rows(tr, name, (step, tr("Time"), seen), widest=2, numbers=1)
        self.why = WhyPage(tr)
        self.official = OfficialSection(tr)
        self._certificates = Rows(tr, tr("Certificate"), (tr("Field"), tr("Value")), widest=1)
        self._known = Rows(tr, tr("Known facts"), (tr("Fact"), seen, tr("When")), widest=1)
        self._changed = Rows(tr, tr("Changes"), (tr("When"), tr("What changed")), widest=1)
        self.sections = QTabWidget(documentMode=True)
        self.sections.setAccessibleName(tr("Sections"))
        close = QToolButton(autoRaise=True)
        close.setText("✕")
        close.setAccessibleName(tr("Close"))
        close.setToolTip(tr("Close this page (Escape)"))
        close.clicked.connect(self.closed)
        history = QPushButton(tr("History"), flat=True)
        history.setToolTip(tr("Show the past of this service"))
        history.clicked.connect(lambda _checked: self.history_wished.emit(self.service_id))
        self.incident = self._made_incident()
        self._lay_out(close, history)
        self._filled: object = None
        self._ages = QTimer(self, interval=AGES_EVERY_MS)
        self._ages.timeout.connect(self.refresh)

    @property
    def service_id(self) -> str:
        """The id of the service that is shown; empty for none."""
        return "" if self._tile is None else self._tile.service.id

    def show_tile(self, tile: Tile) -> None:
        """Show this service from now on, and ask what is remembered of it."""
        if self.service_id != tile.service.id:
            self._facts = self._changes = None
            self._problem = ""
        self._tile = tile
        for label in (self._name, self._sentence, self._seen):
            begin_at_the_start(label)
        self.refresh()
        self.memory_wished.emit(self.service_id)

    def tell_incident(self, incident_id: str) -> None:
        """Offer the incident that this service is in; none where it is empty."""
        self.incident.setVisible(bool(incident_id))

    def remember(self) -> None:
        """Ask anew what is remembered: it has changed."""
        self.memory_wished.emit(self.service_id)

    def take_facts(self, facts: Sequence[Fact]) -> None:
        """Show what good looks saw."""
        self._facts, self._problem = facts, ""
        self.refresh()

    def take_changes(self, changes: Sequence[Transition]) -> None:
        """Show how the verdict changed, the newest first."""
        self._changes, self._problem = changes, ""
        self.refresh()

    def take_problem(self, sentence: str) -> None:
        """Say why nothing is remembered; what was shown already stays."""
        self._problem = sentence
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is known now."""
        if self._tile is None:
            return
        tile, now = self._tile, self._now()
        self._say(self._name, tile.name)
        self._say(self._sentence, tile.sentence(self._tr, now))
        looked_at = tile.state.looked_at
        seen = () if looked_at is None else (self._tr("last look {age}").format(age=age(self._tr, looked_at, now)),)
        self._say(self._seen, " · ".join((*seen, *tile.flags(self._tr, now))))
        spoken = tile.spoken(self._tr, now)
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
        self.official.show_tile(tile, now)
        # Filled anew only when there is something new, or it could neither be read nor scrolled in peace.
        looks = (self.palette().cacheKey(), self.devicePixelRatioF(), now.date())
        known = (tile.service, tile.state, self._facts, self._changes, self._problem, looks)
        if known != self._filled:
            self._filled = known
            side = self.fontMetrics().height() * 2
            self._mark.setPixmap(picture(tile.state.verdict, theme_of(self.palette()), side, self.devicePixelRatioF()))
            self._fill(tile, now)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the time."""
        self._ages.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest."""
        self._ages.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take over the colours of another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.refresh()

    def _made_incident(self) -> QPushButton:
        button = QPushButton(self._tr("Incident"), flat=True)
        button.setToolTip(self._tr("Show what fails together with this service, and why"))
        button.clicked.connect(lambda _checked: self.incident_wished.emit(self.service_id))
        button.hide()
        return button

    @staticmethod
    def _say(label: QLabel, text: str) -> None:
        label.setText(isolated(addresses_isolated(text)))
        label.setToolTip(tooltip(text))

    def _lay_out(self, close: QWidget, history: QWidget) -> None:
        head = QHBoxLayout()
        head.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        for label in (self._name, self._sentence, self._seen):
            words.addWidget(label)
        head.addLayout(words, stretch=1)
        ways = QVBoxLayout()
        ways.addWidget(history)
        ways.addWidget(self.incident)
        ways.addStretch()
        head.addLayout(ways)
        head.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        tr = self._tr
        for place, (rows, title, hint) in enumerate(
            (
                (self._ladder, tr("Last look"), tr("Each step of the last look and what was seen")),
                (self.why, tr("Why"), tr("What lies behind the trouble, and how that is known")),
                (self.official, tr("Official"), tr("What its operator says on its status page")),
                (self._certificates, tr("Certificate"), tr("What the service identifies itself with")),
                (self._known, tr("Known facts"), tr("What good looks saw: addresses, name servers, software")),
                (self._changed, tr("Changes"), tr("When the verdict changed, and why")),
            )
        ):
            self.sections.addTab(rows, title)
            self.sections.setTabToolTip(place, hint)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.sections, stretch=1)

    def _fill(self, tile: Tile, now: datetime) -> None:
        tr, facts, changes = self._tr, self._facts, self._changes
        self._ladder.show_lines(tuple(ladder_lines(tr, tile, now)))
        self.why.show_state(tile.state, now)
        self._certificates.show_lines(tuple(lines_of_certificates(tr, tile, facts or (), now)))
        waiting = self._problem or tr("The history is being read.")
        self._known.show_lines((Line(("", waiting, "")),) if facts is None else tuple(fact_lines(tr, tile, facts, now)))
        self._changed.show_lines((Line(("", waiting)),) if changes is None else tuple(change_lines(tr, changes, now)))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width at which most addresses can be read."""
        em = self.fontMetrics().height()
        return QSize(em * 26, em * 30)
