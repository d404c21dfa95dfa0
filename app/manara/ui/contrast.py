"""Whether the user has asked the desktop for more contrast."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def wants_high_contrast() -> bool:
    """Return whether the desktop tells of such a wish; not every one does."""
    # Held in a name: what PySide6 has read from it is gone together with it.
    hints = QGuiApplication.styleHints()
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
