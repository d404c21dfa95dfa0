"""What stands above the tiles: search, which verdicts, which tag, order and density."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from manara.model import Service, TileSize, Verdict
from manara.ui.combo_name import name_combo
from manara.ui.flow import Flow
from manara.ui.tile import Choice, Order
from manara.wording import WORST_FIRST, Translator, one_line, verdict_word

_PROBLEMS = frozenset({Verdict.DOWN, Verdict.DEGRADED, Verdict.UNKNOWN})
_LONGEST_WORD = 40
_NARROWEST_SEARCH_EM = 9
_WIDEST = 11
"""Letters that a box has room for, whatever is in its list."""


class FilterBar(QWidget):
    """Emits the choice whenever the user changes it."""

    chosen = Signal(object)
    """A `Choice`."""
    density_chosen = Signal(object)
    """A `TileSize`."""
    search_ended = Signal()
    """The user has typed what there was to type."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = QLineEdit(clearButtonEnabled=True, placeholderText=tr("Search services"))
        self._search.setAccessibleName(tr("Search services"))
        self._search.setToolTip(tr("Words of the name, the group or the tags"))
        self._search.setMinimumWidth(self.fontMetrics().height() * _NARROWEST_SEARCH_EM)
        # What Qt puts into the field has no name: a screen reader would say no more than "button".
        for inside in self._search.findChildren(QAbstractButton):
            inside.setAccessibleName(tr("Clear the search"))
            inside.setToolTip(tr("Clear the search"))
        self._search.textChanged.connect(self._tell)
        self._search.returnPressed.connect(self.search_ended)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.focus_search)
        self._verdicts = _Box(
            {
                frozenset[Verdict](): tr("All"),
                _PROBLEMS: tr("Problems"),
                **{frozenset({verdict}): verdict_word(tr, verdict) for verdict in WORST_FIRST},
            }
        )
        self._groups = _Box({"": tr("Every group")})
        self._tags = _Box({"": tr("Every tag")})
        self._order = _Box(
            {
                Order.PROBLEMS_FIRST: tr("Problems first"),
                Order.BY_NAME: tr("By name"),
                Order.BY_GROUP: tr("By group"),
                Order.OWN: tr("Own order"),
            }
        )
        self._density = _Box({TileSize.ROOMY: tr("Roomy"), TileSize.COMPACT: tr("Compact"), TileSize.LIST: tr("List")})
        narrowing: tuple[QComboBox, ...] = (self._verdicts, self._groups, self._tags, self._order)
        for box in narrowing:
            box.currentIndexChanged.connect(self._tell)
        self._density.currentIndexChanged.connect(self._tell_density)
        rows = Flow(self)
        margin = self.fontMetrics().height() // 2
        rows.setContentsMargins(margin, margin, margin, margin)
        for widget in (self._search, *narrowing, self._density):
            rows.addWidget(widget)
        self._name_boxes(tr)
        self._groups.hide()
        self._tags.hide()

    def _name_boxes(self, tr: Translator) -> None:
        name_combo(self._verdicts, tr("Which services"), tr("Show only services of which this is believed"))
        name_combo(self._groups, tr("Group"), tr("Show only services of this group"))
        name_combo(self._tags, tr("Tag"), tr("Show only services with this tag"))
        name_combo(self._order, tr("Order"), tr("In which order the services stand"))
        name_combo(self._density, tr("Size"), tr("How large each service is shown"))

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(
            self._search.text(),
            self._verdicts.value,
            self._groups.value,
            self._tags.value,
            self._order.value,
        )

    def choose(self, order: Order, density: TileSize) -> None:
        """Choose what was chosen at an earlier start."""
        self._order.choose(order)
        self._density.choose(density)

    @Slot()
    def focus_search(self) -> None:
        """Let the user type a search."""
        self._search.setFocus()
        self._search.selectAll()

    def clear_search(self) -> bool:
        """Drop the search; return whether there was one."""
        searched = bool(self._search.text())
        self._search.clear()
        return searched

    def offer(self, services: Iterable[Service]) -> None:
        """Offer the groups and tags of these services; one that is gone is not chosen any more."""
        watched = list(services)
        self._groups.offer({service.group for service in watched if service.group})
        self._tags.offer({tag for service in watched for tag in service.tags if tag})
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.choice)

    @Slot()
    def _tell_density(self) -> None:
        self.density_chosen.emit(self._density.value)


Value = TypeVar("Value")


class _Box(QComboBox, Generic[Value]):
    """A choice among values. Qt keeps the words alone: it would give back an enum as the text that it is, too."""

    def __init__(self, words: Mapping[Value, str]) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._values = list(words)
        self.addItems(list(words.values()))
        self._fit()

    @property
    def value(self) -> Value:
        """What is chosen."""
        return self._values[self.currentIndex()]

    def choose(self, value: Value) -> None:
        """Choose a value that is offered."""
        self.setCurrentIndex(self._values.index(value))

    def offer(self, words: set[Value]) -> None:
        """Offer these words besides the first one, which stands for all; without any, there is no choice to show."""
        if words != set(self._values[1:]):
            chosen = self.value
            self._values[1:] = sorted(words, key=lambda word: str(word).casefold())
            with QSignalBlocker(self):
                while self.count() > 1:
                    self.removeItem(1)
                self.addItems([one_line(str(word), _LONGEST_WORD) for word in self._values[1:]])
                self.setCurrentIndex(self._values.index(chosen) if chosen in self._values else 0)
            self._fit()
        self.setVisible(bool(words))

    def _fit(self) -> None:
        longest = max(len(self.itemText(place)) for place in range(self.count()))
        self.setMinimumContentsLength(min(longest, _WIDEST))
