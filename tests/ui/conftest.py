"""Makes Qt draw without a screen, and gives the tests of windows their palettes, services and surroundings."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from fakes.commands import BLOG, FACEBOOK, SHOP, FakeCommands, stored
from fakes.desktop import PALETTES
from fakes.recorded import NOW
from manara.catalog import open_catalogue
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.ui.editor.surroundings import Surroundings
from manara.ui.editor.understanding import Understanding
from manara.wording import Translator

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


@pytest.fixture(scope="session")
def understanding(tmp_path_factory):
    """The catalogue that is shipped, without one of the user's own."""
    none = tmp_path_factory.mktemp("none") / "catalogue.toml"
    return Understanding(open_catalogue(resource("catalogue.toml"), none, CHECK_TYPES))


@pytest.fixture
def commands():
    """A monitor that has three services in its settings."""
    return FakeCommands(stored(SHOP, BLOG, FACEBOOK))


@pytest.fixture
def around(commands, understanding):
    """What every window needs."""
    return Surroundings(Translator(), lambda: NOW, commands, understanding)
