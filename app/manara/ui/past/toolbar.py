"""What is to be shown: service, others beside it, range, kind of chart; and what can be done with it."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from manara.history import Known
from manara.ui.past.export import Format
from manara.ui.past.lane import Kind
from manara.ui.past.ranges import RANGES, range_words
from manara.ui.theme import theme_of
from manara.wording import Translator, one_line

MOST_COMPARED = 5
"""So many services stand below the first one; more would be too flat to be read."""
_ZOOM = 2.0
_LONGEST_NAME = 60


class Toolbar(QWidget):
    """Emits wishes; shows what it is told is shown."""

    service_chosen = Signal(str)
    compared = Signal(list)
    """The ids of the services that are to be shown below the first one."""
    range_chosen = Signal(object)
    """A length of time up to now."""
    free_range_wished = Signal()
    kind_chosen = Signal(object)
    """A `Kind`."""
    zoom_wished = Signal(float)
    reset_wished = Signal()
    labels_wished = Signal()
    export_wished = Signal(object)
    """A `Format`."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._names: dict[str, str] = {}
        self.services = QComboBox()
        self.services.setAccessibleName(tr("Service"))
        self.services.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.services.setMinimumContentsLength(12)
        self.services.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.services.currentIndexChanged.connect(self._choose_service)
        self.compare = _menu_button(tr("Compare"), tr("Show other services on the same time axis"), self)
        self.labels = QPushButton(tr("Labels…"))
        self.labels.setToolTip(tr("Say what a time really was, such as maintenance"))
        self.labels.clicked.connect(self.labels_wished)
        self.export = _menu_button(tr("Export"), tr("Save what the chart shows"), self)
        for text, form in ((tr("Picture (PNG)…"), Format.PNG), (tr("Picture (SVG)…"), Format.SVG)):
            _offer(self.export, text, form).triggered.connect(self._export)
        _offer(self.export, tr("Table (CSV)…"), Format.CSV).triggered.connect(self._export)
        self.ranges = QButtonGroup(self)
        self.free = _button(tr("Other…"), tr("Choose a period"), checkable=True)
        self.free.clicked.connect(self._wish_free)
        self.kinds = QButtonGroup(self)
        self.kinds.idClicked.connect(self._choose_kind)
        self.ranges.idClicked.connect(self._choose_range)
        self._lay_out()

    def offer_services(self, known: Sequence[Known]) -> None:
        """Offer these services; what is chosen stays chosen."""
        names = {each.service_id: one_line(each.name, _LONGEST_NAME) for each in known}
        if names == self._names:
            return
        chosen = self.services.currentData()
        self._names = names
        with QSignalBlocker(self.services):
            self.services.clear()
            for service_id, name in sorted(names.items(), key=lambda pair: pair[1].casefold()):
                self.services.addItem(name, service_id)
            self.services.setCurrentIndex(self.services.findData(chosen))

    def show_choice(self, service_ids: Sequence[str], length: timedelta | None, kind: Kind) -> None:
        """Show what is shown: services, range (None for a free one), kind."""
        with QSignalBlocker(self.services):
            self.services.setCurrentIndex(self.services.findData(service_ids[0] if service_ids else None))
        self._offer_comparison(service_ids)
        lengths = [each.length for each in RANGES]
        place = lengths.index(length) if length in lengths else -1
        button = self.ranges.button(place) or self.free
        button.setChecked(True)
        self.kinds.button(list(Kind).index(kind)).setChecked(True)

    def _offer_comparison(self, service_ids: Sequence[str]) -> None:
        menu = self.compare.menu()
        menu.clear()
        first = service_ids[0] if service_ids else None
        beside = set(service_ids[1:])
        for service_id, name in sorted(self._names.items(), key=lambda pair: pair[1].casefold()):
            if service_id == first:
                continue
            action = _offer(self.compare, _plain(name), service_id)
            action.setCheckable(True)
            action.setChecked(service_id in beside)
            action.setEnabled(service_id in beside or len(beside) < MOST_COMPARED)
            action.triggered.connect(self._compare)
        self.compare.setEnabled(not menu.isEmpty())

    def _lay_out(self) -> None:
        tr = self._tr
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.services)
        for each_above in (self.compare, self.labels, self.export):
            above.addWidget(each_above)
        for place, each in enumerate(RANGES):
            short, long = range_words(tr, each)
            button = _button(short, long, checkable=True)
            self.ranges.addButton(button, place)
            below.addWidget(button)
        self.ranges.addButton(self.free, len(RANGES))
        below.addWidget(self.free)
        below.addStretch(1)
        kinds = {Kind.LATENCY: tr("Latency"), Kind.PHASES: tr("Phases")}
        hints = {
            Kind.LATENCY: tr("Show how long answers took"),
            Kind.PHASES: tr("Show of which phases the answers consist"),
        }
        for place, kind in enumerate(Kind):
            button = _button(kinds[kind], hints[kind], checkable=True)
            self.kinds.addButton(button, place)
            below.addWidget(button)
        below.addSpacing(self.fontMetrics().height())
        for text, name, slot in (
            ("−", tr("Zoom out"), self._zoom_out),  # noqa: RUF001 - the sign, not a hyphen
            ("+", tr("Zoom in"), self._zoom_in),
            (tr("Reset"), tr("Show the chosen range again"), self.reset_wished),
        ):
            button = _button(text, name)
            button.clicked.connect(slot)
            below.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(above)
        whole.addLayout(below)

    @Slot()
    def _choose_service(self) -> None:
        service_id = self.services.currentData()
        if service_id is not None:
            self.service_chosen.emit(service_id)

    @Slot()
    def _compare(self) -> None:
        chosen = [action.data() for action in self.compare.menu().actions() if action.isChecked()]
        self.compared.emit(chosen[:MOST_COMPARED])

    @Slot(int)
    def _choose_range(self, place: int) -> None:
        if place < len(RANGES):
            self.range_chosen.emit(RANGES[place].length)

    @Slot()
    def _wish_free(self) -> None:
        self.free_range_wished.emit()

    @Slot(int)
    def _choose_kind(self, place: int) -> None:
        self.kind_chosen.emit(list(Kind)[place])

    @Slot()
    def _zoom_in(self) -> None:
        self.zoom_wished.emit(1 / _ZOOM)

    @Slot()
    def _zoom_out(self) -> None:
        self.zoom_wished.emit(_ZOOM)

    @Slot()
    def _export(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            # Qt keeps members of a StrEnum as plain text.
            self.export_wished.emit(Format(action.data()))


class ChoiceButton(QToolButton):
    """A button that shows by a line, too, that it is chosen: some palettes have no other shade for it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the button, and the line."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.fillRect(3, self.height() - 3, self.width() - 6, 2, theme_of(self.palette()).text)
            painter.end()


def _button(text: str, name: str, *, checkable: bool = False) -> QToolButton:
    button = ChoiceButton()
    button.setCheckable(checkable)
    button.setText(text)
    button.setToolTip(name)
    button.setAccessibleName(name)
    # What a style draws flat must still be found by the keyboard.
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _menu_button(text: str, hint: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(hint)
    button.setMenu(QMenu(parent))
    return button


def _offer(button: QPushButton, text: str, what: object) -> QAction:
    action = button.menu().addAction(text)
    action.setData(what)
    return action


def _plain(text: str) -> str:
    """Return a text for a menu, in which an ampersand would mark a key."""
    return text.replace("&", "&&")
