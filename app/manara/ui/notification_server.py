"""Notifications by the desktop's own server, as the Desktop Notifications Specification has it (over D-Bus).

A server that is missing, hangs or is exchanged while we run loses bubbles at worst; it never holds the window up.
"""

from functools import partial

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, message_bus, new_method_call
from PySide6.QtCore import QObject, Slot

from manara.ui.bubble import Bubble, BubbleWay
from manara.ui.plain import as_markup
from manara.ui.session_bus import Body, SessionBus

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
CAPABILITIES_WITHIN_MS = 2000
"""So long bubbles wait to know what the server can do; then it is trusted with plain text alone."""
MOST_WAITING = 50
_UNTIL_THE_SERVER_SAYS = -1
_LOW, _NORMAL = 0, 1

_SERVER = DBusAddress(PATH, NAME, NAME)


class NotificationServer(BubbleWay):
    """Shows bubbles on a session bus."""

    def __init__(
        self,
        bus: SessionBus,
        desktop_entry: str,
        program: str,
        parent: QObject | None = None,
        *,
        capabilities_within_ms: int = CAPABILITIES_WITHIN_MS,
    ) -> None:
        super().__init__(parent)
        self._capabilities_within_ms = capabilities_within_ms
        self._bus = bus
        self._desktop_entry = desktop_entry
        self._program = program
        self._capabilities: frozenset[str] | None = None
        self._waiting: dict[int, Bubble] = {}
        self._unanswered: set[int] = set()
        self._unwanted: set[int] = set()
        self._shown: dict[int, int] = {}
        """The server's number of each bubble of ours."""
        self._gone: set[int] = set()
        """The numbers of bubbles that were shown and are not any more: the user has seen them."""
        self._tokens: dict[int, str] = {}
        bus.setParent(self)
        bus.opened.connect(self._begin)
        bus.lost.connect(self._give_up)
        bus.signalled.connect(self._hear)

    def show(self, number: int, bubble: Bubble) -> None:
        """Show a bubble as soon as the server takes it; of several with the same number, the last."""
        if bubble.update and number in self._gone:
            return
        self._gone.discard(number)
        self._unwanted.discard(number)
        bubble = bubble.instead_of(self._waiting.pop(number, None))
        self._waiting[number] = bubble
        while len(self._waiting) > MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        if self._bus.is_open:
            self._go_on()
        else:
            self._bus.open()

    def withdraw(self, number: int) -> None:
        """Take a bubble off the screen."""
        self._waiting.pop(number, None)
        if number in self._unanswered:
            self._unwanted.add(number)
        elif number in self._shown:
            self._close(self._shown.pop(number))

    def close(self) -> None:
        """Show nothing more; what is on the screen stays."""
        self._waiting.clear()
        self._bus.close()

    @Slot()
    def _begin(self) -> None:
        # With the sender in the rule the bus itself sees to it that nobody else speaks for the server.
        for rule in (
            MatchRule(type="signal", sender=NAME, interface=NAME, path=PATH),
            _owner_changed(),
        ):
            self._bus.call(message_bus.AddMatch(rule), _ignore)
        self._ask_what_it_can()

    def _ask_what_it_can(self) -> None:
        self._capabilities = None
        self._bus.call(new_method_call(_SERVER, "GetCapabilities"), self._know, self._capabilities_within_ms)

    def _know(self, body: Body | None) -> None:
        match body:
            case (list(found),):
                self._capabilities = frozenset(map(str, found))
            case _:
                self._capabilities = frozenset()
        self._go_on()

    def _go_on(self) -> None:
        """Hand over what waits, except where the answer to an earlier one has to tell which number to replace."""
        if self._capabilities is None or not self._bus.is_open:
            return
        for number in [each for each in self._waiting if each not in self._unanswered]:
            bubble = self._waiting.pop(number)
            self._unanswered.add(number)
            self._bus.call(self._notify(number, bubble, self._capabilities), partial(self._answered, number, bubble))

    def _notify(self, number: int, bubble: Bubble, capabilities: frozenset[str]) -> Message:
        actions = [text for action in bubble.actions for text in action] if "actions" in capabilities else []
        hints = {"urgency": ("y", _LOW if bubble.quiet else _NORMAL), "desktop-entry": ("s", self._desktop_entry)}
        if bubble.update:
            hints["suppress-sound"] = ("b", True)
        if bubble.category:
            hints["category"] = ("s", bubble.category)
        body = (
            self._program,
            self._shown.get(number, 0),
            self._desktop_entry,
            bubble.title,
            as_markup(bubble.text) if "body-markup" in capabilities else bubble.text,
            actions,
            hints,
            _UNTIL_THE_SERVER_SAYS,
        )
        return new_method_call(_SERVER, "Notify", "susssasa{sv}i", body)

    def _answered(self, number: int, bubble: Bubble, body: Body | None) -> None:
        self._unanswered.discard(number)
        unwanted = number in self._unwanted
        self._unwanted.discard(number)
        match body:
            case (int(shown),):
                self._close(self._shown.get(number, shown), unless=shown)
                self._shown[number] = shown
                if unwanted:
                    self.withdraw(number)
            case _ if not unwanted and number not in self._waiting:
                self.failed.emit(number, bubble)
        self._go_on()

    def _close(self, shown: int, *, unless: int | None = None) -> None:
        """Close a bubble of the server; some servers show one that is to take its place beside it."""
        if shown != unless:
            self._bus.call(new_method_call(_SERVER, "CloseNotification", "u", (shown,)), _ignore)

    @Slot()
    def _give_up(self) -> None:
        """The bus is not there: whatever waits cannot be shown."""
        self._forget_server()
        waiting, self._waiting = self._waiting, {}
        for number, bubble in waiting.items():
            self.failed.emit(number, bubble)

    def _forget_server(self) -> None:
        self._capabilities = None
        self._shown.clear()
        self._tokens.clear()

    @Slot(object)
    def _hear(self, message: Message) -> None:
        match message.header.fields.get(HeaderFields.member), message.body:
            case "ActivationToken", (int(shown), str(token)) if self._number_of(shown) is not None:
                self._tokens[shown] = token
            case "ActionInvoked", (int(shown), str(key)):
                number = self._number_of(shown)
                if number is not None:
                    self.invoked.emit(number, key, self._tokens.pop(shown, ""))
            case "NotificationClosed", (int(shown), int()):
                self._tokens.pop(shown, None)
                number = self._number_of(shown)
                if number is not None:
                    del self._shown[number]
                    self._gone.add(number)
            case "NameOwnerChanged", (str(name), str(before), str(after)) if name == NAME:
                self._exchange(before, after)

    def _exchange(self, before: str, after: str) -> None:
        """Another server, or none, has taken over: it knows nothing of what was shown."""
        if before:
            self._forget_server()
        if after:
            self._ask_what_it_can()

    def _number_of(self, shown: int) -> int | None:
        return next((number for number, each in self._shown.items() if each == shown), None)


def _owner_changed() -> MatchRule:
    rule = MatchRule(
        type="signal", sender="org.freedesktop.DBus", interface="org.freedesktop.DBus", member="NameOwnerChanged"
    )
    rule.add_arg_condition(0, NAME)
    return rule


def _ignore(_body: Body | None) -> None:
    pass
