"""The first field of a new service: a pasted address, or a word of the catalogue, from which all others are filled."""

from PySide6.QtCore import QModelIndex, QStringListModel, Signal, Slot
from PySide6.QtWidgets import QCompleter, QLabel, QListView, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from manara.catalog import AddressRefused
from manara.threads import in_thread
from manara.ui.editor.entry import Entry
from manara.ui.editor.understanding import Understanding
from manara.ui.flow import Flow
from manara.ui.form.highlight import padding
from manara.ui.form.label import Label, Weight
from manara.ui.past.buttons import named
from manara.ui.past.spoken import announce
from manara.ui.questions import Questions
from manara.wording import Translator, one_line

_TYPED_AT_ONCE = 5
"""Letters; what is longer was pasted, and is taken at once where it is an address."""


class FirstField(QWidget):
    """Suggests while the user types; Return, a click or a suggestion says that it is meant."""

    understood = Signal(object)
    """A `Service`, as the catalogue or an address has it."""

    def __init__(self, tr: Translator, understanding: Understanding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._understanding = understanding
        self._ready = False
        self._questions = Questions(self)
        self._ids: list[str] = []
        self._typed = ""
        """What stood in the line before the last key."""
        self.line = Entry(placeholderText="https://example.org/", clearButtonEnabled=True)
        self.line.setAccessibleName(tr("Address or well-known service"))
        self.line.setAccessibleDescription(tr("What do you want to watch? Paste an address or type a name."))
        self.use = named(QPushButton(), tr("&Fill in"), tr("Fill in the fields below"))
        self.complaint = Label("", Weight.PROBLEM)
        self.complaint.hide()
        self._words = QStringListModel(self)
        self.popup = QListView()
        self.popup.setAccessibleName(tr("Suggestions"))
        self.suggestions = QCompleter(self._words, self)
        self.suggestions.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.suggestions.setPopup(self.popup)
        self.suggestions.activated[QModelIndex].connect(self._take_suggestion)  # type: ignore[index]
        self.suggestions.setWidget(self.line)
        self.line.textEdited.connect(self._suggest)
        self.line.returnPressed.connect(self._take_text)
        self.use.clicked.connect(self._take_text)
        question = QLabel(tr("&What do you want to watch? Paste an address or type a name."), wordWrap=True)
        question.setBuddy(self.line)
        holder = QWidget()
        row = Flow(holder)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.line)
        row.addWidget(self.use)
        layout = QVBoxLayout(self)
        # In line with the fields below.
        edge = padding(self)
        layout.setContentsMargins(edge, 0, edge, 0)
        for widget in (question, holder, self.complaint):
            layout.addWidget(widget)
        self._prepare()

    @property
    def is_ready(self) -> bool:
        """Whether suggestions can be made."""
        return self._ready

    def take(self, text: str) -> None:
        """Tell what a text means, or show why it means nothing."""
        self.popup.hide()
        self.line.setText(text)
        try:
            service = self._understanding.meant(text)
        except AddressRefused as refused:
            sentence = one_line(str(refused))
            self.complaint.tell(sentence)
            self.complaint.show()
            announce(self, sentence)
            return
        self.complaint.hide()
        self.line.setText(service.name)
        self.understood.emit(service)

    def close_questions(self) -> None:
        """Wait for nothing any more."""
        self._questions.close()

    def _prepare(self) -> None:
        """Read the catalogue beside: the window must not stand still for it."""
        read = in_thread(self._understanding.prepare, "manara-catalogue")
        self._questions.ask("catalogue", read, self._get_ready)

    def _get_ready(self, _: None) -> None:
        self._ready = True
        if self.line.text() and self.line.hasFocus():
            self._offer(self.line.text())

    @Slot()
    def _suggest(self) -> None:
        self.complaint.hide()
        text, before = self.line.text(), self._typed
        self._typed = text
        if len(text) - len(before) > _TYPED_AT_ONCE and self._understanding.is_address(text):
            self.take(text)
        elif self._ready:
            self._offer(text)

    def _offer(self, text: str) -> None:
        entries = self._understanding.suggested(text)
        self._ids = [entry.service.id for entry in entries]
        names = (" · ".join(filter(None, (entry.service.name, entry.name_ar, entry.operator))) for entry in entries)
        self._words.setStringList([one_line(name) for name in names])
        if entries:
            self.suggestions.complete()
        else:
            self.popup.hide()

    @Slot(QModelIndex)
    def _take_suggestion(self, index: QModelIndex) -> None:
        self.take(self._ids[index.row()])

    @Slot()
    def _take_text(self) -> None:
        # The line keeps Return for itself, so that it must look after the list as well.
        chosen = self.popup.currentIndex()
        if self.popup.isVisible() and chosen.isValid():
            self._take_suggestion(chosen)
        else:
            self.take(self.line.text())
