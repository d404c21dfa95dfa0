"""Start at login inside Flatpak: the desktop does it, and may ask the user (org.freedesktop.portal.Background)."""

from pathlib import Path
from secrets import token_hex
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from manara.files import make_private_folder, write_whole
from manara.login.program import Program
from manara.login.state import DISABLED, ENABLED, AtLogin, LoginNotChanged, LoginTrouble

ANSWER_WITHIN_S = 120.0
"""So long the user may think about it."""
_CALL_WITHIN_S = 10.0
_OBJECT = "/org/freedesktop/portal/desktop"
_PORTAL = DBusAddress(_OBJECT, "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Background")


class BackgroundPortal:
    """The portal can be asked for a start at login, but not whether there is one: its last answer is kept in a file."""

    def __init__(self, program: Program, bus: str, answer: Path, *, within_s: float = ANSWER_WITHIN_S) -> None:
        self._program = program
        self._bus = bus
        self._answer = answer
        self._within_s = within_s

    def state(self) -> AtLogin:
        """Return what the portal granted last; raise `OSError` when that cannot be read."""
        return ENABLED if self._answer.exists() and self._answer.read_bytes() == b"enabled" else DISABLED

    def set(self, enabled: bool) -> None:  # noqa: FBT001 - it is what is set
        """Ask the portal; raise `LoginNotChanged` when it does not do it, `OSError` when that cannot be kept."""
        granted = self._ask(enabled=enabled)
        make_private_folder(self._answer.parent)
        write_whole(self._answer, b"enabled" if granted else b"disabled")
        if granted != enabled:
            raise LoginNotChanged(LoginTrouble.DECLINED)

    def _ask(self, *, enabled: bool) -> bool:
        try:
            with open_dbus_connection(self._bus) as connection:
                code, results = self._request(connection, enabled=enabled)
        # By the last three jeepney says that what it was given is the address of no bus, or that no bus is there.
        except (OSError, DBusErrorResponse, LookupError, ValueError, RuntimeError) as error:
            raise LoginNotChanged(LoginTrouble.NO_ANSWER, str(error)) from error
        if code != 0:
            raise LoginNotChanged(LoginTrouble.DECLINED)
        return bool(results.get("autostart", ("b", False))[1])

    def _request(self, connection: DBusConnection, *, enabled: bool) -> tuple[int, dict[str, Any]]:
        token = f"manara_{token_hex(8)}"
        sender = connection.unique_name.removeprefix(":").replace(".", "_")
        # The answer may come before that of the call, so it is waited for where it will come from.
        response = MatchRule(
            type="signal",
            interface="org.freedesktop.portal.Request",
            member="Response",
            path=f"{_OBJECT}/request/{sender}/{token}",
        )
        options = {
            "handle_token": ("s", token),
            "reason": ("s", "Manara watches your services from the start of your session."),
            "autostart": ("b", enabled),
            "commandline": ("as", ["manara", *self._program.options]),
        }
        with connection.filter(response) as answers:
            for call in (
                message_bus.AddMatch(response),
                new_method_call(_PORTAL, "RequestBackground", "sa{sv}", ("", options)),
            ):
                unwrap_msg(connection.send_and_get_reply(call, timeout=_CALL_WITHIN_S))
            code, results = connection.recv_until_filtered(answers, timeout=self._within_s).body
            return code, results
