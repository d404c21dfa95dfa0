"""Colours of charts, made from the theme: one hue for what was measured, so that the tones of verdicts stand out."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from manara.ui.theme import READABLE, Theme, mixed, readable

# Contrast of 5 : 1 against white, and of 8 : 1 against #1e1e1e.
_LINE_LIGHT, _LINE_DARK = "#0b7285", "#4fc3dc"


@dataclass(frozen=True, slots=True)
class ChartColours:
    """The colours for one theme."""

    theme: Theme
    ground: QColor
    line: QColor
    near: QColor
    """The band in which most answers lie, from the median to the 90th percentile."""
    far: QColor
    """The band up to the 99th percentile."""
    grid: QColor
    text: QColor
    phases: tuple[QColor, QColor, QColor, QColor]
    """DNS, connection, TLS, first byte: one hue from strong to faint, so that the order is seen without colours."""


@dataclass(frozen=True, slots=True)
class _Shares:
    """How far each colour lies from the line or the text towards the ground."""

    near: float
    far: float
    grid: float
    text: float
    phases: tuple[float, float, float]


_USUAL = _Shares(near=0.62, far=0.84, grid=0.9, text=0.3, phases=(0.15, 0.45, 0.72))
_STRONG = _Shares(near=0.35, far=0.6, grid=0.65, text=0.0, phases=(0.0, 0.3, 0.55))


def chart_colours(theme: Theme, *, strong: bool = False) -> ChartColours:
    """Return the colours for a theme; strong ones for those who have asked for more contrast."""
    shares = _STRONG if strong else _USUAL
    ground = theme.card
    line = readable(QColor(_LINE_DARK if theme.dark else _LINE_LIGHT), (ground,), READABLE)
    second, third, fourth = shares.phases
    return ChartColours(
        theme=theme,
        ground=ground,
        line=line,
        near=mixed(line, ground, shares.near),
        far=mixed(line, ground, shares.far),
        grid=mixed(theme.text, ground, shares.grid),
        text=mixed(theme.text, ground, shares.text),
        phases=(
            mixed(line, theme.text, 0.35),
            mixed(line, ground, second),
            mixed(line, ground, third),
            mixed(line, ground, fourth),
        ),
    )
