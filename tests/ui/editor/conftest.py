"""Services as they stand in a settings file, and windows that edit them with a monitor in memory."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from fakes.commands import FakeSecrets
from fakes.recorded import NOW
from manara.ui.editor.surroundings import Surroundings
from manara.wording import Translator


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
