"""What stands above the tiles: search, which verdicts, which tag, order and density."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from manara.model import Verdict
from manara.ui.tile import Choice, Order
from manara.ui.tile_delegate import Density
from manara.wording import Translator

_PROBLEMS = frozenset({Verdict.DOWN, Verdict.DEGRADED, Verdict.UNKNOWN})


class FilterBar(QWidget):
    """Emits the choice whenever the user changes it."""

    chosen = Signal(object)
    """A `Choice`."""
    density_chosen = Signal(object)
    """A `Density`."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._search = QLineEdit(clearButtonEnabled=True, placeholderText=tr("Search services"))
        self._search.setAccessibleName(tr("Search services"))
        self._search.textChanged.connect(self._tell)
        focus = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        focus.activated.connect(self.focus_search)
        self._verdicts = _box(
            tr("Which services"),
            {
                tr("All"): frozenset[Verdict](),
                tr("Problems"): _PROBLEMS,
                tr("Paused"): frozenset({Verdict.PAUSED}),
            },
        )
        self._tags = _box(tr("Tag"), {tr("Every tag"): ""})
        self._order = _box(
            tr("Order"),
            {
                tr("Problems first"): Order.PROBLEMS_FIRST,
                tr("By name"): Order.BY_NAME,
                tr("Own order"): Order.OWN,
            },
        )
        self._density = _box(
            tr("Size"), {tr("Roomy"): Density.ROOMY, tr("Compact"): Density.COMPACT, tr("List"): Density.LIST}
        )
        for box in (self._verdicts, self._tags, self._order):
            box.currentIndexChanged.connect(self._tell)
        self._density.currentIndexChanged.connect(self._tell_density)
        layout = QHBoxLayout(self)
        layout.addWidget(self._search, stretch=1)
        for box in (self._verdicts, self._tags, self._order, self._density):
            layout.addWidget(box)
        self._tags.hide()

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(
            self._search.text(),
            self._verdicts.currentData(),
            self._tags.currentData(),
            self._order.currentData(),
        )

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

    def offer_tags(self, tags: set[str]) -> None:
        """Offer these tags; one that is gone is not chosen any more."""
        known = {self._tags.itemData(place) for place in range(1, self._tags.count())}
        if tags == known:
            return
        chosen = self._tags.currentData()
        with QSignalBlocker(self._tags):
            while self._tags.count() > 1:
                self._tags.removeItem(1)
            for tag in sorted(tags, key=str.casefold):
                self._tags.addItem(tag, tag)
            self._tags.setCurrentIndex(max(0, self._tags.findData(chosen)))
        self._tags.setVisible(bool(tags))
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(replace(self.choice))

    @Slot()
    def _tell_density(self) -> None:
        self.density_chosen.emit(self._density.currentData())


def _box(name: str, items: dict[str, object]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    for text, data in items.items():
        box.addItem(text, data)
    return box
