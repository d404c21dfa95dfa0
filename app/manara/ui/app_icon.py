"""The icon of Manara's windows, in the sizes that desktops show."""

from PySide6.QtGui import QIcon

from manara.paths import resource

SIZES = (16, 24, 32, 48, 64, 128)
"""Pixels; `packaging/icon-pictures` draws them from `manara.svg`, since loading Qt's SVG would cost 1.7 MB."""


def app_icon() -> QIcon:
    """Return the icon."""
    icon = QIcon()
    for size in SIZES:
        icon.addFile(str(resource(f"icons/manara-{size}.png")))
    return icon
