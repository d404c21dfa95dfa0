"""What a panel knows of Manara's tray icon, asked over the session bus."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Properties, message_bus, new_method_call
from jeepney.bus_messages import Monitoring
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

_WATCHER = DBusAddress("/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierWatcher")
_ITEM = "org.kde.StatusNotifierItem"
_NOTIFICATIONS = "org.freedesktop.Notifications"
_MENU = "com.canonical.dbusmenu"


class TrayOnTheBus:
    """The icons that are registered, as the host of a tray reads them."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    @property
    def host_there(self) -> bool:
        """Whether a panel shows icons."""
        try:
            return bool(self._get(_WATCHER, "IsStatusNotifierHostRegistered"))
        except DBusErrorResponse:
            return False

    @property
    def items(self) -> list[str]:
        """The names of what is in the tray, of which Manara's is the only one."""
        try:
            return list(self._get(_WATCHER, "RegisteredStatusNotifierItems"))
        except DBusErrorResponse:
            return []

    @property
    def picture(self) -> bytes:
        """The largest picture of the icon: ARGB; nothing if there is no icon."""
        pixmaps = self._get_from_item("IconPixmap") or [(0, 0, b"")]
        return bytes(max(pixmaps, key=lambda pixmap: pixmap[0])[2])

    @property
    def asks_for_attention(self) -> bool:
        """Whether something else is shown in the place of the picture."""
        return bool(self._get_from_item("Status") == "NeedsAttention")

    @property
    def tooltip(self) -> str:
        """What is shown when the pointer rests on the icon; nothing if there is none."""
        _, _, title, text = self._get_from_item("ToolTip") or ("", [], "", "")
        return "\n".join(line for line in (title, text) if line)

    @property
    def menu(self) -> list[str]:
        """The visible lines of the menu."""
        path = self._get_from_item("Menu")
        menu = DBusAddress(path, self._item().bus_name, _MENU)
        reply = self._call(menu, "GetLayout", "iias", (0, -1, ["label", "visible"]))
        lines = [child[1][1] for child in reply[1][2]]
        return [line["label"][1] for line in lines if "label" in line and line.get("visible", ("b", True))[1]]

    def _item(self) -> DBusAddress:
        (name,) = self.items
        bus_name, _, path = name.partition("/")
        return DBusAddress(f"/{path}" if path else "/StatusNotifierItem", bus_name, _ITEM)

    def _get_from_item(self, name: str) -> Any:
        try:
            return self._get(self._item(), name)
        except (ValueError, DBusErrorResponse):
            # Not there yet, or not any more.
            return None

    def _get(self, address: DBusAddress, name: str) -> Any:
        return unwrap_msg(self._connection.send_and_get_reply(Properties(address).get(name), timeout=30))[0][1]

    def _call(self, address: DBusAddress, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        return unwrap_msg(
            self._connection.send_and_get_reply(new_method_call(address, method, signature, body), timeout=30)
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification as the desktop's server was asked to show it."""

    replaces: int
    title: str
    body: str
    actions: tuple[str, ...]
    hints: dict[str, Any]


class Notices:
    """Listens to what is notified, and asks the server, dunst, what it shows."""

    def __init__(self, eavesdropper: DBusConnection, connection: DBusConnection) -> None:
        self._eavesdropper = eavesdropper
        self._connection = connection
        self._heard: list[Notice] = []
        rule = MatchRule(type="method_call", interface=_NOTIFICATIONS, member="Notify")
        monitoring = Monitoring(bus_name="org.freedesktop.DBus").BecomeMonitor([rule.serialise()])
        unwrap_msg(eavesdropper.send_and_get_reply(monitoring, timeout=30))

    @property
    def heard(self) -> list[Notice]:
        """What was notified since the beginning or the last `forget`."""
        with suppress(TimeoutError):
            while True:
                message = self._eavesdropper.receive(timeout=0)
                if message.header.fields.get(HeaderFields.member) == "Notify":
                    _, replaces, _, title, body, actions, hints, _ = message.body
                    words = {name: value[1] for name, value in hints.items()}
                    self._heard.append(Notice(replaces, title, body, tuple(actions), words))
        return self._heard

    @property
    def server_there(self) -> bool:
        """Whether there is anybody who shows notifications."""
        return bool(unwrap_msg(self._connection.send_and_get_reply(message_bus.NameHasOwner(_NOTIFICATIONS)))[0])

    @property
    def shown(self) -> int:
        """How many are on the screen."""
        dunst = DBusAddress("/org/freedesktop/Notifications", _NOTIFICATIONS, "org.dunstproject.cmd0")
        get = Properties(dunst).get("displayedLength")
        return int(unwrap_msg(self._connection.send_and_get_reply(get, timeout=30))[0][1])

    def forget(self) -> None:
        """Begin anew, with nothing on the screen; needs the server."""
        dunst = DBusAddress("/org/freedesktop/Notifications", _NOTIFICATIONS, "org.dunstproject.cmd0")
        close = new_method_call(dunst, "NotificationCloseAll")
        unwrap_msg(self._connection.send_and_get_reply(close, timeout=30))
        self.heard.clear()


@contextmanager
def notices_on(bus: str) -> Iterator[Notices]:
    """Connect to a session bus."""
    with open_dbus_connection(bus) as eavesdropper, open_dbus_connection(bus) as connection:
        yield Notices(eavesdropper, connection)


@contextmanager
def tray_on(bus: str) -> Iterator[TrayOnTheBus]:
    """Connect to a session bus."""
    with open_dbus_connection(bus) as connection:
        yield TrayOnTheBus(connection)
