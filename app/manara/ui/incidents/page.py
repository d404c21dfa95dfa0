"""One incident in full: a title and answers; below in sections its timeline, services, official posts, and the rest."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from manara.model import Incident, Window
from manara.ui.form.label import Label, Weight
from manara.ui.incidents.banner_lines import mark_of
from manara.ui.incidents.note_field import NoteField
from manara.ui.incidents.page_lines import answer_lines, beside_lines, post_lines, service_lines, timeline_rows
from manara.ui.past.buttons import menu_button, named
from manara.ui.rows import Rows, picture
from manara.ui.theme import theme_of
from manara.wording import Translator, duration
from manara.wording.believed import Believed
from manara.wording.incidents import end_sentence, incident_title


class IncidentPage(QWidget):
    """Shows an incident; what it shows is read in peace: filled anew only where there is something new."""

    history_wished = Signal(str, object)
    """The user wants to see the past of a service at the time of the incident: its id and a `Window`."""
    copy_wished = Signal()
    export_wished = Signal(str)
    """The user wants to save a report: the end of the name of such a file."""
    note_wished = Signal(str)
    """The user wants to keep a note."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self.incident: Incident | None = None
        self._now: datetime | None = None
        self._fill: Callable[[Rows], object] | None = None
        self._mark = QLabel()
        self.title = Label("", Weight.TITLE)
        self.length = Label("", Weight.FAINT)
        self.answers = Rows(tr, tr("What is known"), (tr("Question"), tr("Answer")), widest=1, airy=True)
        self.answers.header().hide()
        what = tr("What happened")
        self.timeline = Rows(tr, tr("Timeline"), (tr("Time"), what), widest=1, aligned=True)
        self.services = Rows(tr, tr("Services"), (tr("Service"), tr("For"), tr("What was found")), widest=2)
        self.services.setToolTip(tr("Return shows the past of a service at that time"))
        self.posts = Rows(tr, tr("Official posts"), (tr("When"), tr("What the operator says")), widest=1)
        self.beside = Rows(tr, tr("At the same time"), (tr("How"), tr("Services")), widest=1, aligned=True)
        self.sections = QTabWidget(documentMode=True)
        self.sections.setAccessibleName(tr("Sections"))
        self.note = NoteField(tr)
        self.copy = named(QPushButton(), tr("&Copy"), tr("Copy all that is known of this incident as text"))
        self.export = menu_button(tr("&Export"), tr("Save a report on this incident"), self)
        for text, form in ((tr("Markdown…"), "md"), (tr("Web page…"), "html"), (tr("JSON…"), "json")):
            self.export.menu().addAction(text).triggered.connect(partial(self._export, form))
        self.history = named(QPushButton(), tr("&History"), tr("Show the past of the selected service at that time"))
        self.note.kept.connect(self.note_wished)
        self.copy.clicked.connect(lambda _checked: self.copy_wished.emit())
        self.history.clicked.connect(lambda _checked: self._show_history())
        self.services.itemActivated.connect(lambda _item, _column: self._show_history())
        self._lay_out()

    def show_incident(
        self, incident: Incident, believed: Believed, known: Sequence[Incident] | None, now: datetime
    ) -> None:
        """Show this incident as it is now; `known` are all that are remembered, None before that is known."""
        tr = self._tr
        other = self.incident is None or self.incident.id != incident.id
        self.incident, self._now = incident, now
        side = self.fontMetrics().height() * 2
        self._mark.setPixmap(picture(mark_of(incident), theme_of(self.palette()), side, self.devicePixelRatioF()))
        self.title.tell(incident_title(tr, incident))
        goes_on = tr("It has gone on for {duration}.").format(duration=duration(tr, now - incident.began.by))
        self.length.tell(goes_on if incident.open else end_sentence(tr, incident))
        self.answers.show_lines(tuple(answer_lines(tr, incident, believed, known, now)))
        lines = {
            self.timeline: lambda: timeline_rows(tr, incident, believed, now),
            self.services: lambda: service_lines(tr, incident, now),
            self.posts: lambda: post_lines(tr, incident, believed, now),
            self.beside: lambda: beside_lines(tr, incident, believed, known or ()),
        }
        self._fill = lambda section: section.show_lines(tuple(lines[section]()))
        # Of ten thousand services, each section takes its time: only what is seen is filled.
        self._fill_section()
        if other:
            self.note.clear()
            for rows in (self.answers, self.timeline, self.services, self.posts, self.beside):
                rows.scrollToTop()

    @Slot()
    def read(self) -> None:
        """Let the keyboard go through the answers from the first one on."""
        self.answers.setFocus()
        if not self.answers.currentIndex().isValid():
            self.answers.setCurrentIndex(self.answers.model().index(0, 0))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take over the colours of another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.incident is not None:
            side = self.fontMetrics().height() * 2
            mark = mark_of(self.incident)
            self._mark.setPixmap(picture(mark, theme_of(self.palette()), side, self.devicePixelRatioF()))

    def _lay_out(self) -> None:
        tr = self._tr
        words = QVBoxLayout()
        words.addWidget(self.title)
        words.addWidget(self.length)
        head = QHBoxLayout()
        head.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, stretch=1)
        for place, (rows, title, hint) in enumerate(
            (
                (self.timeline, tr("Timeline"), tr("What happened, the oldest first")),
                (self.services, tr("Services"), tr("Which services were hit, for how long, and what was found")),
                (self.posts, tr("Official posts"), tr("What the operators say on their status pages")),
                (self.beside, tr("At the same time"), tr("How other services were meanwhile")),
            )
        ):
            self.sections.addTab(rows, title)
            self.sections.setTabToolTip(place, hint)
        self.sections.currentChanged.connect(self._fill_section)
        parts = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        parts.addWidget(self.answers)
        parts.addWidget(self.sections)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.note, stretch=1)
        for button in (self.copy, self.export, self.history):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(parts, stretch=1)
        layout.addLayout(foot)

    def _export(self, form: str, _checked: object = None) -> None:
        self.export_wished.emit(form)

    @Slot()
    def _fill_section(self) -> None:
        section = self.sections.currentWidget()
        if self._fill is not None and isinstance(section, Rows):
            self._fill(section)

    @Slot()
    def _show_history(self) -> None:
        if self.incident is None or self._now is None:
            return
        row = max(0, self.services.currentIndex().row())
        member = self.incident.members[min(row, len(self.incident.members) - 1)]
        began = self.incident.began.by
        until = self._now if self.incident.ended is None else self.incident.ended.by
        self.history_wished.emit(member.service_id, Window(began, max(until, began + timedelta(seconds=1))))
