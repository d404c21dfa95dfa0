"""Asks the desktop's message bus who shows notifications here. Nothing waits."""

from concurrent.futures import Future

from jeepney import DBusAddress, new_method_call
from PySide6.QtCore import QObject, Slot

from manara.ui.session_bus import Body, SessionBus

_NAME = "org.freedesktop.Notifications"
_SERVER = DBusAddress("/org/freedesktop/Notifications", bus_name=_NAME, interface=_NAME)


class NotificationHost(QObject):
    """Asks over a connection of its own, which is made for the question."""

    def __init__(self, bus: SessionBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._waiting: list[Future[str]] = []
        bus.setParent(self)
        bus.opened.connect(self._ask_now)
        bus.lost.connect(self._give_up)

    def ask(self) -> "Future[str]":
        """Return what will have the name and version of the server; it raises `OSError` where there is none."""
        answer: Future[str] = Future()
        self._waiting.append(answer)
        if self._bus.is_open:
            self._ask_now()
        else:
            self._bus.open()
        return answer

    def close(self) -> None:
        """Ask nothing more."""
        self._bus.close()
        self._give_up()

    @Slot()
    def _ask_now(self) -> None:
        self._bus.call(new_method_call(_SERVER, "GetServerInformation"), self._answer)

    def _answer(self, body: Body | None) -> None:
        match body:
            case (str(name), str(_vendor), str(version), *_):
                self._settle(f"{name} {version}".strip())
            case _:
                self._give_up()

    @Slot()
    def _give_up(self) -> None:
        self._settle(None)

    def _settle(self, server: str | None) -> None:
        waiting, self._waiting = self._waiting, []
        for answer in waiting:
            if not answer.set_running_or_notify_cancel():
                continue
            if server is None:
                answer.set_exception(OSError("no notification server"))
            else:
                answer.set_result(server)
