"""What is to be shown: service, others beside it, range, kind of chart; and what can be done with it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from manara.history import Known
from manara.ui.combo_name import name_combo
from manara.ui.flow import Flow
from manara.ui.past.buttons import GAP, choice_button, menu_button, named, side_by_side
from manara.ui.past.export import Format
from manara.ui.past.lane import Kind
from manara.ui.past.ranges import RANGES, range_words
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
    table_wished = Signal(bool)
    """Whether the table is wanted in the place of the chart."""
    outages_wished = Signal(bool)
    """Whether the list of outages is wanted beside the chart."""
    help_wished = Signal()

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._names: dict[str, str] = {}
        self.services = QComboBox()
        self.services.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.services.setMinimumContentsLength(12)
        self.services.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.services.currentIndexChanged.connect(self._choose_service)
        self.compare = menu_button(tr("Compare"), tr("Show other services on the same time axis"), self)
        self.labels = named(QPushButton(), tr("Labels…"), tr("Say what a time really was, such as maintenance"))
        self.labels.clicked.connect(self.labels_wished)
        self.export = menu_button(tr("Export"), tr("Save what the chart shows"), self)
        for text, form in ((tr("Picture (PNG)…"), Format.PNG), (tr("Picture (SVG)…"), Format.SVG)):
            _offer(self.export, text, form).triggered.connect(self._export)
        _offer(self.export, tr("Table (CSV)…"), Format.CSV).triggered.connect(self._export)
        self.table = choice_button(tr("Table"), tr("Table"), tr("Show the chart as a table (Ctrl+T)"), checkable=True)
        self.table.toggled.connect(self.table_wished)
        self.outages = choice_button("", "", tr("Show the outages beside the chart"), checkable=True)
        self.outages.clicked.connect(self.outages_wished)
        self.ranges = QButtonGroup(self)
        self.free = choice_button(tr("Other…"), tr("Other…"), tr("Choose a period"), checkable=True)
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

    def show_outages(self, number: int) -> None:
        """Say how many outages there are to be listed."""
        text = self._tr.plural("{n} outage", "{n} outages", number).format(n=number)
        named(self.outages, text, self.outages.toolTip())

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
        above = QHBoxLayout()
        above.setSpacing(GAP)
        for each in (self.services, self.compare, self.labels, self.export):
            above.addWidget(each)
        rows = QWidget()
        below = Flow(rows, gap=GAP)
        below.addWidget(side_by_side(self._range_buttons()))
        growing = QWidget()
        growing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        below.addWidget(growing)
        below.addWidget(side_by_side([*self._kind_buttons(), self.table, self.outages]))
        below.addWidget(side_by_side(self._other_buttons()))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(above)
        whole.addWidget(rows)
        self.show_outages(0)
        name_combo(self.services, self._tr("Service"), self._tr("The service whose past is shown"))

    def _range_buttons(self) -> Iterator[QWidget]:
        for place, each in enumerate(RANGES):
            short, long = range_words(self._tr, each)
            button = choice_button(short, long, long, checkable=True)
            self.ranges.addButton(button, place)
            yield button
        self.ranges.addButton(self.free, len(RANGES))
        yield self.free

    def _kind_buttons(self) -> Iterator[QWidget]:
        tr = self._tr
        words = {
            Kind.LATENCY: (tr("Latency"), tr("Show how long answers took")),
            Kind.PHASES: (tr("Phases"), tr("Show of which phases the answers consist")),
        }
        for place, kind in enumerate(Kind):
            text, hint = words[kind]
            button = choice_button(text, text, hint, checkable=True)
            self.kinds.addButton(button, place)
            yield button

    def _other_buttons(self) -> Iterator[QWidget]:
        tr = self._tr
        for text, name, hint, wished in (
            ("−", tr("Zoom out"), tr("Zoom out (Ctrl+−)"), self.zoom_out),  # noqa: RUF001 - the sign, not a hyphen
            ("+", tr("Zoom in"), tr("Zoom in (Ctrl++)"), self.zoom_in),
            (tr("Reset"), tr("Reset"), tr("Show the chosen range again (Ctrl+0)"), self.reset_wished),
            ("?", tr("Keys and signs"), tr("Tell what the keys do and what the signs mean (F1)"), self.help_wished),
        ):
            button = choice_button(text, name, hint)
            button.clicked.connect(wished)
            yield button

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
    def zoom_in(self) -> None:
        """Wish to see half as much time."""
        self.zoom_wished.emit(1 / _ZOOM)

    @Slot()
    def zoom_out(self) -> None:
        """Wish to see twice as much time."""
        self.zoom_wished.emit(_ZOOM)

    @Slot()
    def _export(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            # Qt keeps members of a StrEnum as plain text.
            self.export_wished.emit(Format(action.data()))


def _offer(button: QPushButton, text: str, what: object) -> QAction:
    action = button.menu().addAction(text)
    action.setData(what)
    return action


def _plain(text: str) -> str:
    """Return a text for a menu, in which an ampersand would mark a key."""
    return text.replace("&", "&&")
