"""Colours of the desktop program, by tone: the one place that knows them. Words and signs come from `wording`.

Every colour that tells something is made readable on what it stands on, whatever palette a desktop has; marks differ in
shape as well, so that nobody needs to see the colours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
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
_INKS = (QColor("#101010"), QColor("#ffffff"))

READABLE = 4.5
"""The contrast that text needs, by WCAG 2.2."""
STRONG = 7.0
"""The contrast of text for those who ask for more, by WCAG 2.2 (AAA)."""
VISIBLE = 3.0
"""The contrast that a line or a shape needs."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours for one palette."""

    dark: bool
    tones: Mapping[Tone, QColor]
    inks: Mapping[Tone, QColor]
    """The colours for signs drawn on a ground of a tone."""
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
        return self.inks[tone]

    def ground(self, tone: Tone) -> QColor:
        """Return what a bar that tells something of this tone is painted on; `readable` finds the ink for it."""
        return mixed(self.card, self.tones[tone], 0.16)

    @property
    def selected(self) -> QColor:
        """What a selected tile is painted on."""
        return mixed(self.card, self.focus, 0.16)


def theme_of(palette: QPalette, *, strong: bool = False) -> Theme:
    """Return the theme that fits a palette: platforms differ in how they tell of dark mode, the palette never lies.

    `strong` gives everything the contrast that WCAG 2.2 asks for at level AAA, and tiles a line that cannot be missed.
    """
    paper, card, text, focus = (palette.color(role).rgba() for role in _ROLES)
    return _theme(paper, card, text, focus, strong)


_ROLES = (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.Text, QPalette.ColorRole.Highlight)


# A window asks dozens of times while it opens, and each time takes a millisecond.
@lru_cache(maxsize=16)
def _theme(paper_rgba: int, card_rgba: int, text_rgba: int, focus_rgba: int, strong: bool) -> Theme:  # noqa: FBT001 - part of the key
    paper, card, own_text, focus = map(QColor.fromRgba, (paper_rgba, card_rgba, text_rgba, focus_rgba))
    least = STRONG if strong else READABLE
    grounds = (paper, card)
    text = readable(own_text, (card,), least)
    dark = _is_lighter(own_text, card)
    tones = {tone: readable(QColor(colour), grounds, least) for tone, colour in (_DARK if dark else _LIGHT).items()}
    return Theme(
        dark=dark,
        tones=tones,
        inks={tone: _ink_on(ground) for tone, ground in tones.items()},
        text=text,
        faint=text if strong else readable(mixed(text, card, 0.3), (card,)),
        paper=paper,
        card=card,
        edge=text if strong else mixed(text, card, 0.8),
        focus=readable(focus, grounds, READABLE if strong else VISIBLE),
    )


def is_dark(palette: QPalette) -> bool:
    """Return whether text is lighter than what it stands on."""
    return _is_lighter(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base))


def _is_lighter(one: QColor, other: QColor) -> bool:
    return _luminance(one) > _luminance(other)


def readable(colour: QColor, grounds: Sequence[QColor], least: float = READABLE) -> QColor:
    """Return the colour, moved towards black or white as far as it must be to stand out from all these grounds."""

    def worst(tried: QColor) -> float:
        return min(contrast(tried, ground) for ground in grounds)

    ink = max((QColor(Qt.GlobalColor.black), QColor(Qt.GlobalColor.white)), key=worst)
    steps = (mixed(colour, ink, step / 20) for step in range(20))
    return next((tried for tried in steps if worst(tried) >= least), ink)


def _ink_on(ground: QColor) -> QColor:
    return max(_INKS, key=lambda ink: contrast(ink, ground))


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
