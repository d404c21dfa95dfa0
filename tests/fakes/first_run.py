"""The system around a first run, in memory."""

from concurrent.futures import Future

from manara.login import AtLogin, LoginState
from manara.ui.first_run.surroundings import System
from manara.ui.preferences.surroundings import Desktop


def answered(answer):
    """A future that has ended, well or with an exception."""
    future = Future()
    if isinstance(answer, BaseException):
        future.set_exception(answer)
    else:
        future.set_result(answer)
    return future


class FakeLogin:
    """Implements `Autostart`; set `problem` to refuse."""

    def __init__(self):
        self.now = AtLogin(LoginState.DISABLED)
        self.problem = None
        self.wishes = []

    def state(self):
        return answered(self.problem or self.now)

    def set(self, enabled):
        self.wishes.append(enabled)
        if not self.problem:
            self.now = AtLogin(LoginState.ENABLED if enabled else LoginState.DISABLED)
        return answered(self.problem or self.now)


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
        return self.server if isinstance(self.server, Future) else answered(self.server)
