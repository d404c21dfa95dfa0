"""What is wrong with a file that people edit: every problem with its place, in whole sentences."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from manara.model.said import Said

Place: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to a value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file."""

    place: Place
    sentence: str
    hint: str = ""
    """What was perhaps meant; may be empty."""
    line: int | None = None
    column: int | None = None

    @property
    def path(self) -> str:
        """The place as people write it: `services[2].checks[0].port`; empty for the file as a whole."""
        return "".join(_step(step) for step in self.place).removeprefix(".")

    @property
    def told(self) -> Said:
        """The sentence with the place before it and the hint behind."""
        sentence = self.sentence if isinstance(self.sentence, Said) else Said(self.sentence)
        if self.hint:
            sentence = Said("{sentence} {hint}", sentence=sentence, hint=self.hint)
        place: str = self.path
        if self.line:
            place = Said("line {line}", line=self.line)
            if self.column:
                place = Said("line {line}, column {column}", line=self.line, column=self.column)
            if self.path:
                place = Said("{line}, {place}", line=place, place=self.path)
        return Said("{place}: {sentence}", place=place, sentence=sentence) if place else sentence

    def __str__(self) -> str:
        return f"{self.told}"


class SettingsInvalid(Exception):  # noqa: N818 - it names a state of the file, as the exit code for it does
    """A file cannot be used; it has been left as it is."""

    def __init__(self, file: Path, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(f"{file}: {problem}" for problem in problems))
        self.file = file
        self.problems = tuple(problems)


_LONGEST_SHOWN = 100
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step if _BARE_KEY.fullmatch(step) else json.dumps(step[:_LONGEST_SHOWN], ensure_ascii=False)}"
