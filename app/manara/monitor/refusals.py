"""What is wrong with files that people edit while the monitor runs: with the settings, and with one other file."""

from collections.abc import Callable

from manara.model import Said, SettingsInvalid
from manara.settings import fingerprint_of


class Refusals:
    """Keeps what is wrong until it is mended.

    `other` is what is wrong with a file that was read once and stops nothing, and `read_other` reads that one again.
    """

    def __init__(
        self, other: SettingsInvalid | None = None, read_other: Callable[[], SettingsInvalid | None] | None = None
    ) -> None:
        self.settings: SettingsInvalid | None = None
        """What is wrong with the settings as they were last read."""
        self._other = other
        self._read_other = read_other
        self._seen = None if other is None else fingerprint_of(other.file)

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong, one line each; empty where all is well."""
        # Of the settings themselves people know where they are.
        found: tuple[str, ...] = (
            () if self.settings is None else tuple(problem.told for problem in self.settings.problems)
        )
        if self._other is None:
            return found
        file = str(self._other.file)
        return (*found, *(Said("{file}: {problem}", file=file, problem=each.told) for each in self._other.problems))

    def other_changed(self) -> bool:
        """Read the other file again if somebody has edited it since it was found wrong, and tell so; may be slow."""
        if self._other is None or self._read_other is None:
            return False
        now = fingerprint_of(self._other.file)
        if now == self._seen:
            return False
        self._seen = now
        self._other = self._read_other()
        return True
