"""One service in full: its verdict in a sentence, and the ladder of the last look at each of its checks."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from manara.model import Check, CheckState, Outcome
from manara.ui.marks import Mark, draw_mark
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
    verdict_of_outcome,
)


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
        self._ladder.setUniformRowHeights(True)
        self._ladder.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        close = QToolButton(autoRaise=True)
        close.setText("✕")
        close.setAccessibleName(tr("Close"))
        close.setToolTip(tr("Close"))
        close.clicked.connect(self.closed)
        self._lay_out(close)

    @property
    def service_id(self) -> str:
        """The id of the service that is shown; empty for none."""
        return "" if self._tile is None else self._tile.service.id

    def show_tile(self, tile: Tile) -> None:
        """Show this service from now on."""
        self._tile = tile
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now."""
        if self._tile is None:
            return
        tile, now = self._tile, self._now()
        side = self.fontMetrics().height() * 2
        self._mark.setPixmap(_picture(tile.state.verdict, theme_of(self.palette()), side, self.devicePixelRatioF()))
        self._name.setText(tile.name)
        self._sentence.setText(tile.sentence(self._tr, now))
        looked_at = tile.state.looked_at
        seen = () if looked_at is None else (self._tr("last look {age}").format(age=age(self._tr, looked_at, now)),)
        self._seen.setText(" · ".join((*seen, *tile.flags(self._tr, now))))
        self.setAccessibleName(tile.spoken(self._tr, now))
        self._fill_ladder(tile, now)

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
        self._ladder.clear()
        theme = theme_of(self.palette())
        for check, state in zip(tile.service.checks, tile.state.checks, strict=True):
            head = self._row(one_line(f"{check.type} {check.target}"), "", _how(self._tr, check, state, now))
            font = head.font(0)
            font.setBold(True)
            for column in range(3):
                head.setFont(column, font)
            if state.last is None:
                continue
            for rung in ladder(self._tr, check, state.last, now):
                took = "" if rung.ms is None else latency(self._tr, rung.ms)
                row = self._row(rung.label, took, rung.text)
                mark = verdict_of_outcome(rung.outcome)
                row.setIcon(0, QIcon(_picture(mark, theme, 16, self.devicePixelRatioF())))
                if rung.outcome is not Outcome.OK:
                    row.setForeground(2, QBrush(theme.tones[sign_of_outcome(rung.outcome).tone]))
            for sentence in attempts_in_vain(self._tr, state.last):
                self._row("", "", self._tr("tried in vain: {what}").format(what=sentence))

    def _row(self, *cells: str) -> QTreeWidgetItem:
        row = QTreeWidgetItem(list(cells))
        row.setTextAlignment(1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row.setToolTip(2, "")
        self._ladder.addTopLevelItem(row)
        return row

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width at which most addresses can be read."""
        em = self.fontMetrics().height()
        return QSize(em * 26, em * 30)


def _how(tr: Translator, check: Check, state: CheckState, now: datetime) -> str:
    return "" if state.last is None else check_sentence(tr, check, state.last, now)


def _text() -> QLabel:
    """Return a label for text of any origin: it is never read as markup."""
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label


def _picture(mark: Mark, theme: Theme, side: int, scale: float) -> QPixmap:
    picture = QPixmap(round(side * scale), round(side * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_mark(painter, mark, QRectF(1, 1, side - 2, side - 2), theme)
    painter.end()
    return picture
