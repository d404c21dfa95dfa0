"""What can be said of the start at login, the same on every system."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class LoginState(StrEnum):
    """Whether this Manara starts at login."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    ELSEWHERE = "elsewhere"
    """Somebody else decided: see `Elsewhere`."""


class Elsewhere(StrEnum):
    """What somebody else decided."""

    SWITCHED_OFF = "switched-off"
    """The entry is there but switched off, as the settings of a desktop do it."""
    OTHER_PROGRAM = "other-program"
    """The entry of this name starts another program: another installation, or no Manara at all."""
    UNREADABLE = "unreadable"
    """The entry is there and cannot be read or understood."""


@dataclass(frozen=True, slots=True)
class AtLogin:
    """The state, and for `ELSEWHERE` why and which program it is."""

    state: LoginState
    elsewhere: Elsewhere | None = None
    program: str = ""
    """The command of the other program, remote text; empty where there is none."""


class LoginTrouble(StrEnum):
    """Why the start at login could not be changed."""

    NOT_WRITTEN = "not-written"
    """The entry cannot be written or deleted."""
    DECLINED = "declined"
    """The desktop, or the user when it asked, did not allow it."""
    NO_ANSWER = "no-answer"
    """The desktop's portal is not there or does not answer."""


class LoginNotChanged(Exception):  # noqa: N818 - not an error of the program: it is how the system is
    """The start at login is as it was; `detail` is for people, in the words of the system."""

    def __init__(self, trouble: LoginTrouble, detail: str = "") -> None:
        super().__init__(trouble.value, detail)
        self.trouble = trouble
        self.detail = detail


class LoginItem(Protocol):
    """The start at login of one system. Both may wait for files, and for the user where the system asks."""

    def state(self) -> AtLogin:
        """Return whether this Manara starts at login; raise `OSError` when that cannot be read."""

    def set(self, enabled: bool) -> None:  # noqa: FBT001 - it is what is set
        """Start at login, or do not any more; raise `OSError` or `LoginNotChanged`."""


ENABLED = AtLogin(LoginState.ENABLED)
DISABLED = AtLogin(LoginState.DISABLED)
SWITCHED_OFF = AtLogin(LoginState.ELSEWHERE, Elsewhere.SWITCHED_OFF)
UNREADABLE = AtLogin(LoginState.ELSEWHERE, Elsewhere.UNREADABLE)


def starts_other(command: str) -> AtLogin:
    """Return the state in which another program starts in the place of this one."""
    return AtLogin(LoginState.ELSEWHERE, Elsewhere.OTHER_PROGRAM, command)
