"""One service in full: its verdict in a sentence, and the ladder of the last look at each of its checks."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QBrush, QHideEvent, QIcon, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from manara.model import Check, CheckState, Outcome
from manara.ui.marks import Mark, draw_mark
from manara.ui.plain import isolated, tooltip
from manara.ui.theme import Theme, theme_of
from manara.ui.tile import Tile
from manara.wording import (
    Translator,
    age,
    attempts_in_vain,
    check_sentence,
    ladder,
    latency,
    one_line,
    sign_of_outcome,
    standalone,
    verdict_of_outcome,
    verdict_word,
)

AGES_EVERY_MS = 1000
"""Durations and ages grow even when nothing happens."""
_STEP, _TIME, _SEEN = range(3)


class ServicePage(QWidget):
    """Shows one tile's service; follows it as long as it is shown."""

    closed = Signal()
    """The user has seen enough."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._tile: Tile | None = None
        self._mark = QLabel()
        self._name = _text()
        font = self._name.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self._name.setFont(font)
        self._sentence = _text()
        self._seen = _text()
        self._ladder = QTreeWidget()
        self._ladder.setHeaderLabels([tr("Step"), tr("Time"), tr("What was seen")])
        self._ladder.setAccessibleName(tr("Steps of the last look"))
        self._ladder.setRootIsDecorated(False)
        self._ladder.setWordWrap(True)
        self._ladder.setItemDelegateForColumn(_SEEN, _Wrapping(self._ladder))
        header = self._ladder.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_SEEN, QHeaderView.ResizeMode.Stretch)
        header.setAccessibleName(tr("Columns"))
        # A narrower column needs taller rows.
        header.sectionResized.connect(self._ladder.scheduleDelayedItemsLayout)
        close = QToolButton(autoRaise=True)
        close.setText("✕")
        close.setAccessibleName(tr("Close"))
        close.setToolTip(tr("Close"))
        close.clicked.connect(self.closed)
        self._lay_out(close)
        self._filled: object = None
        self._ages = QTimer(self, interval=AGES_EVERY_MS)
        self._ages.timeout.connect(self.refresh)

    @property
    def service_id(self) -> str:
        """The id of the service that is shown; empty for none."""
        return "" if self._tile is None else self._tile.service.id

    def show_tile(self, tile: Tile) -> None:
        """Show this service from now on."""
        self._tile = tile
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
        # Filled anew only when there is something new, or it could neither be read nor scrolled in peace.
        known = (tile.service, tile.state, self.palette().cacheKey(), self.devicePixelRatioF(), now.date())
        if known != self._filled:
            self._filled = known
            side = self.fontMetrics().height() * 2
            self._mark.setPixmap(_picture(tile.state.verdict, theme_of(self.palette()), side, self.devicePixelRatioF()))
            self._fill_ladder(tile, now)

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

    @staticmethod
    def _say(label: QLabel, text: str) -> None:
        label.setText(isolated(text))
        label.setToolTip(tooltip(text))

    def _lay_out(self, close: QWidget) -> None:
        head = QHBoxLayout()
        head.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        for label in (self._name, self._sentence, self._seen):
            words.addWidget(label)
        head.addLayout(words, stretch=1)
        head.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self._ladder, stretch=1)

    def _fill_ladder(self, tile: Tile, now: datetime) -> None:
        bar, current = self._ladder.verticalScrollBar(), self._ladder.currentIndex().row()
        scrolled = bar.value()
        self._ladder.clear()
        for check, state in zip(tile.service.checks, tile.state.checks, strict=False):
            self._add_check(check, state, now)
        self._ladder.setCurrentIndex(self._ladder.model().index(current, _STEP))
        self._ladder.doItemsLayout()
        bar.setValue(scrolled)

    def _add_check(self, check: Check, state: CheckState, now: datetime) -> None:
        tr, last = self._tr, state.last
        how = "" if last is None else check_sentence(tr, check, last, now)
        took_ms = None if last is None else last.timings.total_ms
        target = one_line(check.target)
        head = self._row(check.type, took_ms, target, spoken=_said(f"{check.type} {target}", how))
        font = head.font(_STEP)
        font.setBold(True)
        for column in range(3):
            head.setFont(column, font)
        if last is None:
            self._row("", None, "" if state.cause is None else standalone(tr, state.cause))
            return
        theme = theme_of(self.palette())
        for rung in ladder(tr, check, last, now):
            verdict = verdict_of_outcome(rung.outcome)
            took = "" if rung.ms is None else latency(tr, rung.ms)
            row = self._row(
                rung.label,
                rung.ms,
                rung.text,
                spoken=_said(rung.label, ", ".join(filter(None, (verdict_word(tr, verdict), took, rung.text)))),
            )
            row.setIcon(_STEP, QIcon(_picture(verdict, theme, 16, self.devicePixelRatioF())))
            if rung.outcome is not Outcome.OK:
                row.setForeground(_SEEN, QBrush(theme.tones[sign_of_outcome(rung.outcome).tone]))
        for sentence in attempts_in_vain(tr, last):
            self._row("", None, tr("tried in vain: {what}").format(what=sentence))

    def _row(self, step: str, took_ms: float | None, seen: str, *, spoken: str = "") -> QTreeWidgetItem:
        took = "" if took_ms is None else latency(self._tr, took_ms)
        row = QTreeWidgetItem([isolated(step), isolated(took), isolated(seen)])
        row.setTextAlignment(_TIME, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        for column in (_STEP, _SEEN):
            row.setTextAlignment(column, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        row.setToolTip(_SEEN, tooltip(seen))
        row.setData(_STEP, Qt.ItemDataRole.AccessibleTextRole, spoken or seen)
        self._ladder.addTopLevelItem(row)
        return row

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width at which most addresses can be read."""
        em = self.fontMetrics().height()
        return QSize(em * 26, em * 30)


class _Wrapping(QStyledItemDelegate):
    """Gives a text as many lines as it needs in its column: by itself a tree gives one."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a text in the width of its column."""
        in_column = QStyleOptionViewItem(option)
        in_column.rect = QRect(0, 0, self._tree.columnWidth(index.column()), self._tree.height() or 1)
        return super().sizeHint(in_column, index)


def _said(subject: str, how: str) -> str:
    return f"{subject}: {how}" if how else subject


def _text() -> QLabel:
    """Return a label for text of any origin: it is never read as markup."""
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    # A long word must not make the window wide; its end can be read in the tooltip.
    label.setMinimumWidth(label.fontMetrics().height() * 8)
    return label


def _picture(mark: Mark, theme: Theme, side: int, scale: float) -> QPixmap:
    picture = QPixmap(round(side * scale), round(side * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_mark(painter, mark, QRectF(1, 1, side - 2, side - 2), theme)
    painter.end()
    return picture
