"""What this is, and whether all that it needs works here: checked off the GUI thread, and to be copied as text."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QPushButton

import manara
from manara.model import Verdict
from manara.settings import Stored
from manara.ui.past.buttons import named
from manara.ui.preferences.page import Block, Page, at_start
from manara.ui.preferences.self_test import Finding, SelfTest, as_text
from manara.ui.preferences.surroundings import Surroundings
from manara.ui.rows import Line, Rows
from manara.wording.translation import mark


class AboutPage(Page):
    """The self-test runs when the page is first shown, and again when the user wishes."""

    name: ClassVar[str] = "about"
    title: ClassVar[str] = mark("About and self-test")
    about: ClassVar[str] = mark("Manara tells whether it is you or them. Free software under the MIT licence.")
    words: ClassVar[tuple[str, ...]] = (
        mark("tray notifications ICMP ping name servers clock data folder versions"),
        mark("check yourself copy report problem"),
    )
    stretches = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        tr = self.tr_
        self._begun = False
        self.findings: tuple[Finding, ...] = ()
        self.test = SelfTest(around, self)
        self.test.found.connect(self._show)
        self.rows = Rows(tr, tr("Self-test"), ("", tr("What"), tr("Found")), widest=2)
        self.again = named(QPushButton(), tr("Test again"), tr("Runs every test once more"))
        self.again.clicked.connect(self._run)
        self.copy = named(QPushButton(), tr("Copy as text"), tr("Puts everything that was found on the clipboard"))
        self.copy.clicked.connect(self._copy)
        buttons = at_start(self.again, self.copy)
        title = tr("Manara {version}").format(version=manara.__version__)
        block = self.add_block(Block(title, "", self.rows, buttons, words=self.further_words))
        block.column.setStretchFactor(self.rows, 1)
        self.column.setStretchFactor(block, 1)
        self.finish()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Test, the first time."""
        super().showEvent(event)
        if not self._begun:
            self._run()

    def show_stored(self, stored: Stored) -> None:
        """Take note of where the settings are."""
        self.test.settings = stored

    def close_page(self) -> None:
        """Wait for no test any more."""
        super().close_page()
        self.test.close()

    @Slot()
    def _run(self) -> None:
        self._begun = True
        self.test.run()

    @Slot(object)
    def _show(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        self.rows.show_lines(
            [
                Line(
                    ("", each.what, each.sentence),
                    spoken=f"{each.what}: {each.sentence}",
                    mark=each.mark,
                    tip=f"{each.what}: {each.sentence}",
                )
                for each in findings
            ]
        )
        waiting = any(each.mark is Verdict.PAUSED for each in findings)
        self.again.setEnabled(not waiting)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self.tr_, self.findings))
        self.told.emit(self.tr_("The self-test was copied."))
