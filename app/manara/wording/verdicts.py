"""The word, the mark and the colour of every verdict: the one place that the terminal and the window both ask."""

from dataclasses import dataclass
from enum import StrEnum

from manara.model import Outcome, Verdict
from manara.wording.translation import Translator, mark


class Tone(StrEnum):
    """What a colour means; each surface maps it to colours of its own."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    PLANNED = "planned"
    UNSURE = "unsure"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a verdict is shown. The shapes differ, so that nobody needs to see the colours."""

    word: str
    mark: str
    """One character, one terminal cell wide."""
    tone: Tone


SIGNS = {
    Verdict.UP: Sign(mark("Up"), "●", Tone.GOOD),
    Verdict.DEGRADED: Sign(mark("Degraded"), "▲", Tone.WARNING),
    Verdict.DOWN: Sign(mark("Down"), "✖", Tone.BAD),
    Verdict.MAINTENANCE: Sign(mark("Under maintenance"), "◆", Tone.PLANNED),
    Verdict.UNKNOWN: Sign(mark("Cannot tell"), "?", Tone.UNSURE),
    Verdict.PAUSED: Sign(mark("Paused"), "‖", Tone.MUTED),
}

_VERDICT_LIKE = {
    Outcome.OK: Verdict.UP,
    Outcome.DEGRADED: Verdict.DEGRADED,
    Outcome.FAILED: Verdict.DOWN,
    Outcome.UNKNOWN: Verdict.UNKNOWN,
}

_COUNTED = {
    Verdict.DOWN: mark("{n} down"),
    Verdict.DEGRADED: mark("{n} degraded"),
    Verdict.UNKNOWN: mark("{n} unknown"),
    Verdict.MAINTENANCE: mark("{n} under maintenance"),
    Verdict.UP: mark("{n} up"),
    Verdict.PAUSED: mark("{n} paused"),
}

WORST_FIRST = tuple(_COUNTED)
"""The order in which people want to see verdicts."""


def verdict_word(tr: Translator, verdict: Verdict) -> str:
    """Return the word for a verdict."""
    return tr(SIGNS[verdict].word)


def verdict_of_outcome(outcome: Outcome) -> Verdict:
    """Return the verdict that one look speaks for."""
    return _VERDICT_LIKE[outcome]


def sign_of_outcome(outcome: Outcome) -> Sign:
    """Return the sign for one look: that of the verdict it speaks for."""
    return SIGNS[verdict_of_outcome(outcome)]


def counted(tr: Translator, verdicts: list[Verdict]) -> str:
    """Return how many services have which verdict, worst first: `3 down, 1 degraded, 41 up`."""
    numbers = ((verdicts.count(verdict), text) for verdict, text in _COUNTED.items())
    parts = [tr(text).format(n=number) for number, text in numbers if number]
    return ", ".join(parts) or tr("no services")
