"""The start at login, in memory."""

from fakes.futures import ended
from manara.login.state import DISABLED, ENABLED


class FakeAutostart:
    """Implements `Autostart`. `problem` comes instead of every answer, `later` instead of what is asked about."""

    def __init__(self):
        self.now = DISABLED
        self.problem = None
        self.later = None
        self.wishes = []

    def state(self):
        return self.later or ended(self.problem or self.now)

    def set(self, enabled):
        self.wishes.append(enabled)
        if not self.problem:
            self.now = ENABLED if enabled else DISABLED
        return ended(self.problem or self.now)
