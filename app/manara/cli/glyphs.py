"""The characters that charts and bars are drawn with; a terminal that knows only ASCII gets others."""

from dataclasses import dataclass

from manara.model import Verdict


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters, each one cell wide."""

    steps: str
    """From an empty cell to a full one, in eighths."""
    shade: str
    """A cell up to which most, but not the median, reach."""
    failed: str
    dash: str
    days: dict[Verdict, str]
    """A day by its worst; height tells the same as colour."""
    unseen: str


BLOCKS = Glyphs(
    " ▁▂▃▄▅▆▇█",
    "░",
    "✖",
    "–",
    {Verdict.UP: "▂", Verdict.MAINTENANCE: "▃", Verdict.DEGRADED: "▅", Verdict.DOWN: "█"},
    "·",
)
ASCII = Glyphs(
    " ....####",
    ":",
    "x",
    "-",
    {Verdict.UP: "_", Verdict.MAINTENANCE: "m", Verdict.DEGRADED: "o", Verdict.DOWN: "#"},
    ".",
)
