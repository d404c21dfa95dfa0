from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt

from fakes.desktop import different
from manara.model import HistoryOptions, Latency, Uptime, Window
from manara.ui.past.head import Lines, summary_lines
from manara.wording import Translator

TR = Translator()
NOW = datetime(2021, 10, 4, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
NONE = timedelta(0)
UPTIME = Uptime(
    "shop", Window(NOW - 10 * HOUR, NOW), up=7 * HOUR, degraded=HOUR, down=HOUR, maintenance=NONE, not_observed=HOUR
)


def lines(uptime, took=None):
    return summary_lines(TR, HistoryOptions(), uptime, took, "today")


def test_the_uptime_never_stands_without_its_coverage():
    assert lines(UPTIME) == [
        "Up 88.88 % of the 90.0 % observed",
        "today",
        "Up 7 h · Degraded 1 h · Down 1 h · Not observed 1 h · degraded time counts as up",
    ]


def test_all_good_needs_no_remark():
    whole = replace(UPTIME, up=9 * HOUR, degraded=NONE, down=NONE)

    assert lines(whole)[2] == "Up 9 h · Down 0 s · Not observed 1 h"


def test_latency_stands_beside_the_period():
    assert lines(UPTIME, Latency(143, 210, 390, 900))[1] == (
        "today · latency: median 143 ms, 90 % within 210 ms, 99 % within 390 ms"
    )


def test_what_is_not_known_is_said_or_left_out():
    nobody = replace(UPTIME, up=NONE, degraded=NONE, down=NONE, not_observed=10 * HOUR)

    assert lines(nobody) == ["No data: nobody was looking in this time", "today"]
    assert lines(None) == ["", "today"]


def test_lines_are_plain_text_and_spoken_in_full(qtbot, palette):
    widget = Lines("Read-out", 2)
    qtbot.addWidget(widget)
    widget.setPalette(palette)
    widget.resize(60, 40)
    empty = widget.grab().toImage()

    widget.show_lines(["<b>much longer than the room there is</b>", "more", "hidden"])
    shown = widget.grab().toImage()
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert widget.lines[0] == "<b>much longer than the room there is</b>"
    assert widget.accessibleDescription() == "<b>much longer than the room there is</b>\nmore\nhidden"
    assert different(empty, shown) > 20
    assert different(shown, widget.grab().toImage()) > 20


def test_room_is_kept_for_lines_to_come(qtbot):
    widget = Lines("Uptime", 2, bold=True)
    qtbot.addWidget(widget)
    before = widget.sizeHint().height()

    widget.reserve(4)

    assert widget.sizeHint().height() > 1.5 * before
