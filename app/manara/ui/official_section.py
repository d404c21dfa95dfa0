"""The section "Official word" of a service's page: what its operator says, how old that is, and a way to the page."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from manara.model import OfficialState, OfficialWord
from manara.ui.plain import addresses_isolated, isolated, tooltip
from manara.ui.plain_label import begin_at_the_start, plain_label
from manara.ui.rows import Line, Rows
from manara.ui.tile import Tile
from manara.wording import Translator, moment, official_against_measured
from manara.wording.failures import capitalised
from manara.wording.official import component_line, incident_title, official_tone, post_line

MOST_COMPONENTS = 30
MOST_INCIDENTS = 10


class OfficialSection(QWidget):
    """Shows the word on one service."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._url = ""
        self.setAccessibleName(tr("Official word"))
        self.sentence = plain_label()
        self.sentence.setMargin(self.fontMetrics().height() // 4)
        self.rows = Rows(tr, tr("Official word"), (tr("When"), tr("What the operator says")), widest=1)
        self.button = QPushButton()
        self.button.clicked.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sentence)
        layout.addWidget(self.rows, stretch=1)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignTrailing)

    def show_tile(self, tile: Tile, now: datetime) -> None:
        """Show what the operator of this service says; the age of that grows with each call."""
        tr, page, word = self._tr, tile.service.official, tile.state.official
        said = capitalised(official_against_measured(tr, tile.state, now)) if page is not None else ""
        shown = isolated(addresses_isolated(said)) if said else ""
        if shown != self.sentence.text():
            self.sentence.setText(shown)
            begin_at_the_start(self.sentence)
        self.sentence.setVisible(bool(shown))
        lines: tuple[Line, ...]
        if page is None:
            lines = (Line(("", tr("No official status page of this service is known."))),)
        elif word is None:
            lines = (Line(("", tr("The official status page was not read yet."))),)
        else:
            lines = tuple(official_lines(tr, word, now))
        self.rows.show_lines(lines)
        self._url = page.url if page is not None and page.url.startswith("https://") else ""
        host = urlsplit(self._url).hostname or ""
        self.button.setVisible(bool(host))
        # Whoever goes there sees first where that is.
        self.button.setText(tr("Open {host}").format(host=isolated(host)))
        self.button.setToolTip(tooltip(tr("Open the status page in the browser: {url}").format(url=self._url)))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))


def official_lines(tr: Translator, word: OfficialWord, now: datetime) -> Iterator[Line]:
    """Return the parts that are not well, then each incident with its posts, the newest first: when, what."""
    unwell = (each for each in word.components if each.state is not OfficialState.OPERATIONAL)
    for component in islice(unwell, MOST_COMPONENTS):
        yield Line(("", component_line(tr, component)), tone=official_tone(component.state))
    for incident in word.incidents[:MOST_INCIDENTS]:
        began = "" if incident.began is None else moment(tr, incident.began, now)
        yield Line((began, incident_title(tr, incident)), heading=True)
        for post in incident.posts:
            yield Line((moment(tr, post.at, now), post_line(post)))
    if word.read_at is not None and not word.incidents:
        yield Line(("", tr("It tells of no incident.")))
