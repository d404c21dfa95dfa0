from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QSystemTrayIcon

from fakes.checks import make_service
from fakes.desktop import PALETTES, looked_at
from fakes.recorded import HOSTILE, NOW, dns_dead
from manara.model import Verdict
from manara.monitor import Snapshot
from manara.ui.overview import overview
from manara.ui.silence_menu import SilenceMenu
from manara.ui.tray import LOOK_FOR_HOST_MS, Tray, Wishes
from manara.wording import Translator

TR = Translator()
UP, DOWN = looked_at(), looked_at(Verdict.DOWN)


class Desktop:
    """A desktop that has a host for icons or not, and a palette; and what was wished."""

    def __init__(self):
        self.has_host = True
        self.palette = PALETTES["light"]
        self.wished = []
        self.heard = []
        self.tray = Tray(
            TR,
            Wishes(
                lambda: self.wished.append("window"),
                self.wished.append,
                lambda: self.wished.append("check"),
                lambda: self.wished.append("history"),
                lambda: self.wished.append("preferences"),
                lambda: self.wished.append("leave"),
            ),
            lambda: self.palette,
            SilenceMenu(TR, lambda: NOW, self.wished.append, lambda: self.wished.append("resume")),
            lambda: self.has_host,
        )
        self.tray.host_changed.connect(self.heard.append)

    def show(self, *states, names=(), now=NOW):
        services = tuple(make_service(f"s{n}") for n in range(len(states)))
        services = (
            tuple(replace(each, name=name) for each, name in zip(services, names, strict=True)) if names else services
        )
        known = tuple(replace(each, service_id=f"s{n}") for n, each in enumerate(states))
        snapshot = Snapshot(services=services, states=known)
        self.tray.show_overview(overview(TR, snapshot, now, running=True), snapshot, now)

    @property
    def icon(self):
        return self.tray._icon

    @property
    def lines(self):
        """What can be seen in the menu."""
        return [each.text() for each in self.tray._menu.actions() if each.isVisible() and not each.isSeparator()]

    def press(self, text):
        shown = [each for each in self.tray._menu.actions() if each.isVisible()]
        next(each for each in shown if each.text().startswith(text)).trigger()


@pytest.fixture
def desktop(program):
    made = Desktop()
    yield made
    made.tray.stop()


def test_the_menu_says_how_all_is_and_names_what_is_not_well(desktop):
    desktop.show(UP, replace(dns_dead(), service_id="s1"))

    assert desktop.lines == [
        "1 down, 1 up",
        "S1: Down for 12 min: the name servers did not answer (s1.example)",
        "Open Manara",
        "History",
        "Check all now",
        "Pause notifications",
        "Preferences",
        "Quit",
    ]


def test_the_worst_five_are_named_and_lead_to_their_pages(desktop):
    desktop.show(*[DOWN] * 7, UP)
    assert len(desktop.lines) == 1 + 5 + 6

    for n in range(5):
        desktop.press(f"S{n}:")
    assert desktop.wished == ["s0", "s1", "s2", "s3", "s4"]


def test_those_that_recover_are_not_named_any_more(desktop):
    desktop.show(DOWN, DOWN, DOWN)
    desktop.show(UP, UP, DOWN)

    assert [line.split(":")[0] for line in desktop.lines[:2]] == ["1 down, 2 up", "S2"]
    desktop.press("S2")
    assert desktop.wished == ["s2"]


def test_an_entry_that_vanishes_while_the_menu_is_open_opens_nothing(desktop):
    desktop.show(DOWN, DOWN)
    desktop.show(UP, UP)

    desktop.tray._worst[1].trigger()
    desktop.tray._open_worst(1)

    assert desktop.wished == []


def test_every_entry_does_what_it_says(desktop):
    desktop.show(UP)

    for text in ("1 up", "Open Manara", "History", "Check all now", "Quit"):
        desktop.press(text)

    assert desktop.wished == ["window", "window", "history", "check", "leave"]


def test_names_in_the_menu_are_text_on_one_short_line(desktop):
    desktop.show(DOWN, DOWN, DOWN, names=["R&D & <b>co</b>", HOSTILE, "x" * 500])

    shown = desktop.lines[1:4]
    assert shown[0].startswith("R&&D && <b>co</b>: Down")
    assert all("\n" not in line and "\t" not in line and "\x1b" not in line for line in shown)
    assert max(map(len, shown)) <= 80 + 2


def test_the_menu_is_kept_in_step_also_without_a_host(desktop):
    desktop.has_host = False
    desktop.tray.start()

    desktop.show(DOWN)

    assert not desktop.tray.shown
    assert desktop.heard == []
    assert desktop.lines[0] == "1 down"


def test_a_host_that_comes_late_gets_the_icon(desktop, qtbot):
    desktop.has_host = False
    desktop.tray.start()
    desktop.has_host = True

    qtbot.waitUntil(lambda: desktop.tray.shown, timeout=3 * LOOK_FOR_HOST_MS)

    assert desktop.heard == [True]


def test_a_host_that_goes_and_comes_back_gets_picture_and_tooltip_anew(desktop):
    desktop.tray.start()
    desktop.show(DOWN)
    first = desktop.icon
    assert first.toolTip() == "1 down\nS0\nlast look just now"

    desktop.has_host = False
    desktop.tray.look_for_host()
    assert not desktop.tray.shown

    desktop.has_host = True
    desktop.tray.look_for_host()
    desktop.show(DOWN)

    assert desktop.icon is not first
    assert not desktop.icon.icon().isNull()
    assert desktop.icon.toolTip() == "1 down\nS0\nlast look just now"
    assert desktop.heard == [True, False, True]


def test_what_did_not_change_is_not_drawn_again(desktop):
    desktop.tray.start()
    desktop.show(DOWN)
    drawn = desktop.icon.icon().cacheKey()

    desktop.show(DOWN, now=NOW + timedelta(seconds=30))
    assert desktop.icon.icon().cacheKey() == drawn
    assert desktop.icon.toolTip().endswith("last look 30 s ago")

    desktop.show(DOWN, DOWN)
    assert desktop.icon.icon().cacheKey() != drawn


def test_another_palette_gets_another_picture(desktop):
    desktop.tray.start()
    desktop.show(DOWN)
    drawn = desktop.icon.icon().cacheKey()

    desktop.palette = PALETTES["dark"]
    desktop.show(DOWN)

    assert desktop.icon.icon().cacheKey() != drawn


def test_the_palette_of_the_program_keeps_its_key(desktop, program):
    assert program.palette().cacheKey() == program.palette().cacheKey()


def test_the_tooltip_has_three_lines_of_text(desktop):
    desktop.tray.start()

    desktop.show(DOWN, DOWN, DOWN, names=["<b>R&D</b>", HOSTILE, "third"])

    tip = desktop.icon.toolTip()
    assert len(tip.split("\n")) == 3
    assert tip.startswith("3 down\n<b>R&D</b>, ")
    plain = QTextDocument(tip)
    assert plain.toPlainText() == tip


@pytest.mark.parametrize(
    ("reason", "wished"),
    [
        (QSystemTrayIcon.ActivationReason.Trigger, ["window"]),
        (QSystemTrayIcon.ActivationReason.DoubleClick, ["window"]),
        (QSystemTrayIcon.ActivationReason.MiddleClick, ["check"]),
        (QSystemTrayIcon.ActivationReason.Context, []),
    ],
)
def test_clicks_open_and_check(desktop, reason, wished):
    desktop.tray.start()

    desktop.icon.activated.emit(reason)

    assert desktop.wished == wished


def test_an_icon_that_a_host_draws_has_no_place_that_is_known(desktop):
    assert not desktop.tray.has_place

    desktop.tray.start()

    assert desktop.tray.shown
    assert not desktop.tray.has_place


def test_a_message_needs_an_icon(desktop, qtbot):
    assert not desktop.tray.show_message("title", "text", quiet=True)

    desktop.tray.start()

    assert desktop.tray.show_message("title", "text", quiet=True)
    assert desktop.tray.show_message("title", "text", quiet=False)
    with qtbot.waitSignal(desktop.tray.message_clicked):
        desktop.icon.messageClicked.emit()


def test_after_the_end_there_is_no_icon_and_nobody_looks_for_a_host(desktop):
    desktop.tray.start()

    desktop.tray.stop()

    assert not desktop.tray.shown
    assert not desktop.tray._search.isActive()


def test_on_this_platform_there_is_no_host(program):
    tray = Tray(TR, Wishes(*[print] * 6), program.palette, SilenceMenu(TR, lambda: NOW, print, print))

    tray.look_for_host()

    assert not tray.shown
