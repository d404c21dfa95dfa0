"""Services as they stand in a settings file, and windows that edit them with a monitor in memory."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from fakes.commands import BLOG, FACEBOOK, SHOP, FakeCommands, FakeSecrets, stored
from fakes.recorded import NOW
from manara.catalog import open_catalogue
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.ui.editor.surroundings import Surroundings
from manara.ui.editor.understanding import Understanding
from manara.wording import Translator


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
def secrets():
    """A keyring."""
    return FakeSecrets()


@pytest.fixture
def around(commands, understanding, secrets):
    """What every window needs."""
    return Surroundings(Translator(), lambda: NOW, commands, understanding, secrets)


@pytest.fixture(autouse=True)
def no_windows_left():
    """Let windows that were closed go before the next test."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
