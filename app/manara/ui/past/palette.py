"""Colours of charts, made from the theme: one hue for what was measured, so that the tones of verdicts stand out."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from manara.ui.theme import Theme, mixed

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


def chart_colours(theme: Theme) -> ChartColours:
    """Return the colours for a theme."""
    line = QColor(_LINE_DARK if theme.dark else _LINE_LIGHT)
    ground = theme.card
    return ChartColours(
        theme=theme,
        ground=ground,
        line=line,
        near=mixed(line, ground, 0.62),
        far=mixed(line, ground, 0.84),
        grid=mixed(theme.text, ground, 0.9),
        text=mixed(theme.text, ground, 0.3),
        phases=(
            mixed(line, theme.text, 0.35),
            mixed(line, ground, 0.15),
            mixed(line, ground, 0.45),
            mixed(line, ground, 0.72),
        ),
    )
