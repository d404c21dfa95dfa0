"""What is edited here was changed in the file meanwhile: both versions can be seen, and neither is lost unasked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from manara.ui.editor.message import Message
from manara.wording import Translator


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a service."""

    base: Mapping[str, Any]
    """The table of the file from which it came."""
    shown: Mapping[str, Any]
    """The table as the form shows it."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What can be done with versions."""

    mine: Callable[[], Version]
    """Returns what is in the form now."""
    show: Callable[[Version], object]
    save: Callable[[], object]
    settle: Callable[[], object]
    """What the form shows now is what the file says."""


class Meanwhile:
    """Tells of the other version and lets the user choose."""

    def __init__(self, tr: Translator, message: Message, hands: Hands) -> None:
        self._tr = tr
        self._message = message
        self._hands = hands

    def tell(self, theirs: Version) -> None:
        """Say that there is another version."""
        tr = self._tr
        self._message.tell(
            tr("This service was changed in the file meanwhile."),
            (tr("Show theirs"), lambda: self._show(theirs)),
            (tr("Keep mine"), self._hands.save),
        )

    def _show(self, theirs: Version) -> None:
        mine = self._hands.mine()
        self._hands.show(theirs)
        tr = self._tr
        self._message.tell(
            tr("This is what stands in the file now. What you have entered is kept."),
            (tr("Show mine"), lambda: self._show_again(mine, theirs)),
            (tr("Keep theirs"), self._keep_theirs),
        )

    def _show_again(self, mine: Version, theirs: Version) -> None:
        self._hands.show(mine)
        self.tell(theirs)

    def _keep_theirs(self) -> None:
        self._message.clear()
        self._hands.settle()
