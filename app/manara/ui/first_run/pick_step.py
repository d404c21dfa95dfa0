"""The first step: choosing from the catalogue, by its cards or by typing names."""

from typing import ClassVar

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from manara.catalog import Entry
from manara.model import Region
from manara.threads import in_thread
from manara.ui.combo_name import name_combo
from manara.ui.editor.understanding import Understanding
from manara.ui.first_run.chosen_list import ChosenList
from manara.ui.first_run.entry_model import ENTRY_ROLE, EntryModel
from manara.ui.first_run.entry_view import EntryView
from manara.ui.first_run.offer import Offer, make_offer, name_of
from manara.ui.first_run.regions import is_arabic, region_of
from manara.ui.first_run.search_field import SearchField
from manara.ui.first_run.step import Step
from manara.ui.flow import Flow
from manara.ui.form.label import Label, Weight
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.plain import isolated
from manara.wording import Translator, category_word, one_line, region_word
from manara.wording.translation import mark

_CHOSEN_EM = 12
_SEARCH_EM = 8
_REGIONS = tuple(Region)


class PickStep(Step):
    """Reads the catalogue on a thread of its own, once for each region."""

    title: ClassVar[str] = mark("What do you use?")
    about: ClassVar[str] = mark("Click on what you want to watch, or type its name and press Return.")

    def __init__(self, tr: Translator, understanding: Understanding, locale: QLocale) -> None:
        super().__init__(tr)
        self._understanding = understanding
        self.arabic = is_arabic(locale)
        self._offer: Offer | None = None
        self.questions.failed.connect(self._tell_unreadable)
        self.search = SearchField(tr)
        self.region = QComboBox()
        self.region.addItems([region_word(tr, region) for region in _REGIONS])
        self.region.setCurrentIndex(_REGIONS.index(region_of(locale)))
        self.model = EntryModel(tr, self._name, lambda category: category_word(tr, category), self)
        self.cards = EntryView(tr, self.model)
        self.told = Label(tr("Reading the catalogue…"), Weight.FAINT)
        self.usual = QPushButton()
        self.usual.setAutoDefault(False)
        self.chosen = ChosenList(tr, self._name)
        self._head = Label()
        self._lay_out()
        name_combo(self.region, tr("Where you live"), tr("What many people use there comes first"))
        self._connect()
        self._show_choice()
        self._read()

    def begin(self) -> None:
        """Let the user type a name."""
        self.search.setFocus()
        self.search.selectAll()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        top = QWidget()
        row = Flow(top)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setMinimumWidth(em * _SEARCH_EM)
        row.addWidget(self.search)
        row.addWidget(self.region)
        told = QHBoxLayout()
        told.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        told.addWidget(self.usual)
        room = self.usual.sizePolicy()
        # The cards must not jump while somebody types.
        room.setRetainSizeWhenHidden(True)
        self.usual.setSizePolicy(room)
        left = QVBoxLayout()
        left.addWidget(top)
        left.addLayout(told)
        left.addWidget(self.cards, 1)
        self._side = QWidget()
        self._side.setMinimumWidth(em * _CHOSEN_EM // 2)
        self._side.setMaximumWidth(em * _CHOSEN_EM)
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        self._head.setBuddy(self.chosen)
        right.addWidget(self._head)
        right.addWidget(self.chosen, 1)
        both = QHBoxLayout()
        both.addLayout(left, 2)
        both.addWidget(self._side, 1)
        self.column.addLayout(both, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._take_best)
        self.search.went_down.connect(self.cards.go_in)
        self.usual.clicked.connect(self._take_usual)
        self.cards.toggled.connect(self._toggle)
        self.cards.typed.connect(self.search.go_on)
        self.chosen.taken_out.connect(self._toggle)
        self.region.currentIndexChanged.connect(self._read)
        self.model.choice_changed.connect(self._show_choice)

    def _name(self, entry: Entry) -> str:
        return one_line(name_of(entry, arabic=self.arabic))

    @Slot()
    def _read(self) -> None:
        region = _REGIONS[self.region.currentIndex()]
        made = in_thread(lambda: make_offer(self._understanding, region), "manara-catalogue")
        self.questions.ask("offer", made, self._take_offer)

    def _take_offer(self, offer: Offer) -> None:
        self._offer = offer
        self._search()

    @Slot()
    def _search(self) -> None:
        if self._offer is None:
            return
        words = self.search.text()
        found = self._offer.found(words)
        self.model.show_entries(found)
        self.cards.scrollToTop()
        tr = self.tr_
        if not words.strip():
            region = region_word(tr, self._offer.region)
            text = tr("What many people use comes first: {region}").format(region=region)
        elif found:
            text = tr.plural("{n} service found", "{n} services found", len(found)).format(n=len(found))
        else:
            text = tr("No service is called like this. Its address can be added in the next step.")
        self.told.tell(text)
        self._show_usual()

    @Slot()
    def _take_best(self) -> None:
        """Choose the first hit, and let the user type the next name."""
        entry = self.model.index(0).data(ENTRY_ROLE)
        if not self.search.text().strip() or not isinstance(entry, Entry):
            return
        if self.model.is_chosen(entry):
            # Whoever asks for it once more wants it still.
            text = self.tr_("{name} is there already")
        else:
            text = self.tr_("{name} is chosen")
            self.model.choose((entry,))
        self.search.clear()
        # The sentence keeps its direction, whatever script the name is in.
        self.told.tell(text.format(name=isolated(self._name(entry))))
        announce(self, text.format(name=self._name(entry)))

    @Slot()
    def _take_usual(self) -> None:
        """Choose the usual ones; where all of them are chosen, none of them."""
        if self._offer is not None:
            change = self.model.choose if self._misses_usual(self._offer) else self.model.drop
            change(self._offer.usual)
            announce(self, self._head.text())

    def _misses_usual(self, offer: Offer) -> bool:
        return not all(map(self.model.is_chosen, offer.usual))

    def _show_usual(self) -> None:
        """Offer the usual ones at once, unless something else is searched for or all of them are watched."""
        offer, tr = self._offer, self.tr_
        if offer is not None:
            names = ", ".join(map(self._name, offer.usual))
            if self._misses_usual(offer):
                named(self.usual, tr("Choose the &usual ones"), tr("Choose all of these: {names}").format(names=names))
            else:
                named(self.usual, tr("Drop the &usual ones"), tr("Choose none of these: {names}").format(names=names))
        chosen = set(self.model.chosen)
        can = offer is not None and (self._misses_usual(offer) or any(entry in chosen for entry in offer.usual))
        self.usual.setVisible(can and not self.search.text().strip())

    @Slot(object)
    def _toggle(self, entry: Entry) -> None:
        chosen = self.model.toggle(entry)
        text = self.tr_("{name} is chosen") if chosen else self.tr_("{name} is not chosen")
        announce(self, text.format(name=self._name(entry)))

    @Slot()
    def _show_choice(self) -> None:
        chosen = self.model.chosen
        self.chosen.show_entries(chosen)
        text = self.tr_.plural("{n} chosen", "{n} chosen", len(chosen)).format(n=len(chosen))
        self._head.tell(text if chosen else self.tr_("Nothing chosen yet"))
        self._show_usual()
        self.changed.emit()

    @Slot(object, object)
    def _tell_unreadable(self, _topic: object, error: BaseException) -> None:
        self.told.tell(self.tr_("The catalogue cannot be read: {why}").format(why=one_line(str(error))))
