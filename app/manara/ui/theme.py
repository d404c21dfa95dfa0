"""Colours of the desktop program, by tone: the one place that knows them. Words and signs come from `wording`.

The values reach a contrast of 4.5 : 1 against white or against #1e1e1e; marks differ in shape as well, so that nobody
needs to see the colours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from manara.wording import Tone

_LIGHT = {
    Tone.GOOD: "#1a7f37",
    Tone.WARNING: "#9a6700",
    Tone.BAD: "#cf222e",
    Tone.PLANNED: "#0969da",
    Tone.UNSURE: "#6e5494",
    Tone.MUTED: "#57606a",
}
_DARK = {
    Tone.GOOD: "#3fb950",
    Tone.WARNING: "#d29922",
    Tone.BAD: "#ff7b72",
    Tone.PLANNED: "#58a6ff",
    Tone.UNSURE: "#b392f0",
    Tone.MUTED: "#8b949e",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours for one palette."""

    dark: bool
    tones: Mapping[Tone, QColor]
    text: QColor
    faint: QColor
    """Text of less weight; still readable."""
    paper: QColor
    """What a window is painted on."""
    card: QColor
    """What a tile is painted on."""
    edge: QColor
    """The line around a tile."""
    focus: QColor
    """The line around what the keyboard is at, and the ground of what is selected."""

    def on(self, tone: Tone) -> QColor:
        """Return the colour for signs drawn on a ground of this tone."""
        return QColor("#101010") if self.dark and tone is not Tone.MUTED else QColor("#ffffff")


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that fits a palette: platforms differ in how they tell of dark mode, the palette never lies."""
    paper = palette.color(QPalette.ColorRole.Window)
    text = palette.color(QPalette.ColorRole.WindowText)
    dark = is_dark(palette)
    return Theme(
        dark=dark,
        tones={tone: QColor(colour) for tone, colour in (_DARK if dark else _LIGHT).items()},
        text=text,
        faint=mixed(text, paper, 0.3),
        paper=paper,
        card=palette.color(QPalette.ColorRole.Base),
        edge=mixed(text, paper, 0.8),
        focus=palette.color(QPalette.ColorRole.Highlight),
    )


def is_dark(palette: QPalette) -> bool:
    """Return whether text is lighter than what it stands on."""
    ground = palette.color(QPalette.ColorRole.Window)
    return palette.color(QPalette.ColorRole.WindowText).lightness() > ground.lightness()


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours from 1 to 21, as in WCAG 2.2 (relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def mixed(near: QColor, far: QColor, share: float) -> QColor:
    """Return the colour that lies by this share of the way from one to the other."""
    return QColor.fromRgbF(
        (1 - share) * near.redF() + share * far.redF(),
        (1 - share) * near.greenF() + share * far.greenF(),
        (1 - share) * near.blueF() + share * far.blueF(),
    )
