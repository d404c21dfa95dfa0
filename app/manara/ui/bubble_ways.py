"""Which ways to show notifications this system has, the best first."""

import sys
from collections.abc import Mapping

from manara.ui.bubble import BubbleWay
from manara.ui.tray import Tray
from manara.ui.tray_messages import TrayMessages

# The libraries for it are installed on Linux alone.
if sys.platform == "linux":  # pragma: no branch
    from manara.ui.notification_server import NotificationServer
    from manara.ui.session_bus import SessionBus, bus_address


def ways_of_this_system(
    tray: Tray, environment: Mapping[str, str], *, desktop_entry: str = "manara", program: str = "Manara"
) -> list[BubbleWay]:
    """Return the ways to show notifications; nothing is connected yet."""
    ways: list[BubbleWay] = []
    if sys.platform == "linux":  # pragma: no branch
        ways.append(NotificationServer(SessionBus(bus_address(environment)), desktop_entry, program))
    return [*ways, TrayMessages(tray, needs_place=sys.platform == "linux")]
