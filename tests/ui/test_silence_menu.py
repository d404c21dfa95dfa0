from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fakes.recorded import NOW
from manara.model import Silence
from manara.ui.silence_menu import SilenceMenu, tomorrow
from manara.wording import Translator

BERLIN = ZoneInfo("Europe/Berlin")


class Wishes:
    """A menu, and what was wished in it."""

    def __init__(self):
        self.pauses = []
        self.resumed = 0
        self.menu = SilenceMenu(Translator(), lambda: NOW, self.pauses.append, self._resume)

    def _resume(self):
        self.resumed += 1

    def press(self, text):
        next(action for action in self.menu.actions() if action.text() == text).trigger()


@pytest.fixture
def wishes(qapp):
    return Wishes()


def test_notifications_are_paused_for_a_while_or_until_the_user_says_so(wishes):
    for text in ("For 30 minutes", "For 1 hour", "Until tomorrow", "Until I resume them"):
        wishes.press(text)

    assert wishes.pauses == [NOW + timedelta(minutes=30), NOW + timedelta(hours=1), tomorrow(NOW), None]


def test_a_pause_can_be_ended_only_while_there_is_one(wishes):
    wishes.press("Resume notifications")
    wishes.menu.show_silence(Silence(paused=True))
    wishes.press("Resume notifications")

    assert wishes.resumed == 1


@pytest.mark.parametrize(
    ("silence", "title"),
    [
        (Silence(), "Pause notifications"),
        (Silence(paused=True), "Notifications are paused"),
        (Silence(paused=True, paused_until=NOW + timedelta(hours=1)), "Notifications are paused until 16:52:10"),
    ],
)
def test_the_title_tells_which_pause_holds(wishes, silence, title):
    wishes.menu.show_silence(silence)

    assert wishes.menu.title() == title


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 28, 23, 50, tzinfo=BERLIN), datetime(2026, 3, 29, 8, tzinfo=BERLIN)),
        (datetime(2026, 10, 25, 0, 10, tzinfo=BERLIN), datetime(2026, 10, 26, 8, tzinfo=BERLIN)),
    ],
)
def test_tomorrow_begins_at_eight_by_the_clock_on_the_wall(now, expected):
    assert tomorrow(now) == expected
    assert tomorrow(now).utcoffset() == expected.utcoffset()
