"""The system around a first run, in memory."""

from concurrent.futures import Future

from fakes.futures import ended
from manara.ui.first_run.surroundings import System
from manara.ui.preferences.surroundings import Desktop


class FakeSystem:
    """A desktop; `server` may be an exception or a future."""

    def __init__(self, login, locale, *, tray=True, server="dunst 1.9"):
        self.shown = 0
        self.server = server
        desktop = Desktop(lambda: tray, self._show, self._server)
        self.around = System(desktop, login, locale)

    def _show(self):
        self.shown += 1

    def _server(self):
        return self.server if isinstance(self.server, Future) else ended(self.server)
