"""A notice as it is shown, and what every way to show one has in common."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

DEFAULT_ACTION = "default"
"""A click on the bubble itself."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """What is to be shown; plain text."""

    title: str
    text: str
    quiet: bool = False
    category: str = ""
    """One of the Desktop Notifications Specification."""
    update: bool = False
    """Whether it only says more of what was shown under its number: once that is gone, it is not shown again."""
    actions: tuple[tuple[str, str], ...] = ()
    """Key and label of each button; with `DEFAULT_ACTION`, of a click on the bubble."""

    def instead_of(self, waiting: "Bubble | None") -> "Bubble":
        """Return the bubble as it is to be shown instead of one that was not shown yet: as loud as that."""
        if waiting is None or not self.update:
            return self
        return replace(self, quiet=waiting.quiet, update=waiting.update)


class BubbleWay(QObject):
    """Shows bubbles under numbers of ours. One with a number that is shown already takes its place."""

    invoked = Signal(int, str, str)
    """The number of a bubble, the key of the action, and a token for the right to raise a window (or nothing)."""
    failed = Signal(int, object)
    """The number of a bubble and the `Bubble`: it could not be shown."""

    def show(self, number: int, bubble: Bubble) -> None:
        """Show a bubble as soon as that is possible; of several with the same number, the last."""
        raise NotImplementedError

    def withdraw(self, number: int) -> None:
        """Take a bubble off the screen, where that is possible."""
        raise NotImplementedError

    def close(self) -> None:
        """Show nothing more; what is on the screen stays."""
        raise NotImplementedError
