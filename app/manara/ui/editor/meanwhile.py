"""What is edited here was changed in the file meanwhile: both versions can be seen, and neither is lost unasked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from manara.model import options_of
from manara.probes import CHECK_TYPES
from manara.ui.editor.draft import subject_of
from manara.ui.editor.merging import Both, Merge
from manara.ui.editor.message import Message
from manara.wording import Translator
from manara.wording.editing import changed_by_both, check_brought_back, check_kept


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
    merged: Callable[[], Merge]
    """Returns what `save` would write."""
    show: Callable[[Version], object]
    save: Callable[[], object]
    """Writes what the user has changed in the form, into what the file says now."""
    settle: Callable[[], object]
    """What the form shows now is what the file says."""


class Meanwhile:
    """Tells of the other version and lets the user choose."""

    def __init__(self, tr: Translator, message: Message, hands: Hands) -> None:
        self._tr = tr
        self._message = message
        self._hands = hands
        self._told = ""
        """What is said while the choice is open."""
        self._aside: Version | None = None
        """What the user has entered, while the form shows what the file says."""

    def tell(self, theirs: Version) -> None:
        """Say that there is another version."""
        if self._aside is not None:
            # The file was changed once more while what it said before was shown.
            self._hands.show(self._aside)
            self._aside = None
        tr = self._tr
        self._told = what_would_be(tr, self._hands.merged())
        self._message.tell(
            self._told,
            (tr("Show theirs"), lambda: self._show(theirs)),
            (tr("Keep mine"), self._hands.save),
        )

    def tell_again(self) -> None:
        """What the user has entered is another thing now: say what becomes of it, where the choice is open."""
        if self._told and self._message.says(self._told):
            self._told = what_would_be(self._tr, self._hands.merged())
            self._message.text.tell(self._told)

    def _show(self, theirs: Version) -> None:
        self._told = ""
        mine = self._aside = self._hands.mine()
        self._hands.show(theirs)
        tr = self._tr
        self._message.tell(
            tr("This is what stands in the file now. What you have entered is kept."),
            (tr("Show mine"), lambda: self._show_again(mine, theirs)),
            (tr("Keep theirs"), self._keep_theirs),
        )

    def _show_again(self, mine: Version, theirs: Version) -> None:
        self._aside = None
        self._hands.show(mine)
        self.tell(theirs)

    def _keep_theirs(self) -> None:
        self._aside = None
        self._message.clear()
        self._hands.settle()


def what_would_be(tr: Translator, merge: Merge) -> str:
    """Return what becomes of both versions when the user's own is kept."""
    sentences = [
        tr("This service was changed in the file meanwhile."),
        tr("“Keep mine” writes what you have changed here; all else stays as the file says."),
        *(
            changed_by_both(tr, each.option, each.theirs, check=each.check, secret=_is_secret(each))
            for each in merge.both
        ),
        *(check_brought_back(tr, str(each["type"]), subject_of(each)) for each in merge.brought_back),
        *(check_kept(tr, str(each["type"]), subject_of(each)) for each in merge.kept),
    ]
    return " ".join(sentences)


def _is_secret(both: Both) -> bool:
    option = options_of(CHECK_TYPES[both.check]).get(both.option) if both.check else None
    return option is not None and option.secret
