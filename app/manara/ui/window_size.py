"""How large windows open: as large as they are read well, and never larger than the screen."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_MOST_WIDTH, _MOST_HEIGHT = 0.95, 0.9
"""Shares of the room that the panels of the screen leave free."""


def take_size(window: QWidget, width_em: int, height_em: int) -> None:
    """Resize a window to so many heights of a line, or as many as the screen has room for."""
    em, room = window.fontMetrics().height(), QGuiApplication.primaryScreen().availableSize()
    width, height = round(room.width() * _MOST_WIDTH), round(room.height() * _MOST_HEIGHT)
    window.resize(min(em * width_em, width), min(em * height_em, height))
