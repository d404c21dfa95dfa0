"""Asks the history what the page of a service wants to know, and gives it the answers; nothing waits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot

from manara.history import UnknownToHistory
from manara.ui.questions import Questions
from manara.ui.service_page import ServicePage
from manara.wording import Translator, one_line

if TYPE_CHECKING:
    from concurrent.futures import Future

    from manara.model import Fact, Transition

CHANGES = 20
"""So many of the newest changes are shown."""


class Memory(Protocol):
    """The questions of `History` that are asked here."""

    def flush(self) -> "Future[None]":
        """Write now what was recorded."""

    def transitions(self, service_id: str, most: int) -> "Future[tuple[Transition, ...]]":
        """Return the newest changes."""

    def facts(self, service_id: str) -> "Future[tuple[Fact, ...]]":
        """Return what good looks saw."""


class Recall(QObject):
    """Answers the wishes of one page; an answer about a service that is not shown any more is dropped."""

    def __init__(
        self, tr: Translator, page: ServicePage, memory: Callable[[], Memory | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tr = tr
        self._page = page
        self._memory = memory
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        page.memory_wished.connect(self._ask)

    def close(self) -> None:
        """Give no answer any more."""
        self._page.memory_wished.disconnect(self._ask)
        self._questions.close()

    @Slot(str)
    def _ask(self, _service_id: str) -> None:
        memory = self._memory()
        if memory is None:
            self._page.take_problem(self._tr("No history is kept."))
            return
        for topic in ("facts", "changes"):
            self._questions.drop(topic)
        # A change is told before it is on the disk.
        self._questions.ask("written", memory.flush(), lambda _: self._read(memory))

    def _read(self, memory: Memory) -> None:
        service_id = self._page.service_id
        self._questions.ask("facts", memory.facts(service_id), self._page.take_facts)
        self._questions.ask("changes", memory.transitions(service_id, CHANGES), self._page.take_changes)

    @Slot(object, object)
    def _fail(self, topic: object, error: BaseException) -> None:
        memory = self._memory()
        if topic == "written" and memory is not None:
            # What is there can be read, even where nothing can be written.
            self._read(memory)
        elif isinstance(error, UnknownToHistory):
            self._page.take_problem(self._tr("Nothing is remembered of this service yet."))
        else:
            why = one_line(str(error))
            self._page.take_problem(self._tr("The history cannot be read: {why}").format(why=why))
