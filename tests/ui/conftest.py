"""Makes Qt draw without a screen, and gives the tests of the window their palettes and services."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from fakes.desktop import PALETTES

# Read when the first program object is made, which no test outside of this folder does.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_HERE = Path(__file__).parent
# What only the platform without a screen says: it has no tray and no window manager.
_HARMLESS = ("QPlatformNativeInterface::systemTrayWindowChanged", "This plugin does not support")


def pytest_collection_modifyitems(items):
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*_HARMLESS, extend=True))


@pytest.fixture(autouse=True)
def program(qapp, qtbot):
    """The program object, with the same style and palette for every test."""
    if qapp.style().name() != "fusion":
        qapp.setStyle("Fusion")
    yield qapp
    # Windows that stay alive are drawn and styled in every later test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setPalette(PALETTES["light"])
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture(params=sorted(PALETTES))
def palette(request):
    """Each kind of palette that desktops have."""
    return PALETTES[request.param]
