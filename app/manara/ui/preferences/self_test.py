"""Tests of all that Manara needs from the system: each ends in a mark and a plain sentence.

Files, the clock and versions are looked at on a thread of their own; pings and names by the monitor, with the real
network. Nothing of it is recorded.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from manara.model import CheckResult, Service, Verdict
from manara.probes import CHECK_TYPES
from manara.threads import in_thread
from manara.ui.preferences.surroundings import Surroundings
from manara.ui.preferences.system_tests import clock_finding, folder_finding, versions
from manara.ui.questions import Questions
from manara.wording import SIGNS, Translator, latency, one_line

if TYPE_CHECKING:
    from concurrent.futures import Future

    from manara.settings import Stored

PING_TARGET = "127.0.0.1"
"""Whether echo requests may be sent at all shows at home, without bothering anybody."""


_THREAD = "manara-self-test"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Finding:
    """How one test turned out."""

    what: str
    sentence: str
    mark: Verdict = Verdict.PAUSED
    """Paused: the test is under way."""


class SelfTest(QObject):
    """Runs all tests at the same time and tells the findings whenever one comes in."""

    found = Signal(object)
    """Every `Finding` in its order; those that are under way, too."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings: Stored | None = None
        self._around = around
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)
        self._questions.cancelled.connect(self._lose)
        self._findings: dict[str, Finding] = {}

    @property
    def is_busy(self) -> bool:
        """Whether a test is under way."""
        return self._questions.waiting

    def run(self) -> None:
        """Begin every test."""
        tr, around = self._around.tr, self._around
        names = {
            "tray": tr("System tray"),
            "notifications": tr("Notifications"),
            "icmp": tr("Ping (ICMP)"),
            "resolver": tr("Name servers"),
            "clock": tr("Clock"),
            "data": tr("Data folder"),
            "settings": tr("Settings file"),
            "versions": tr("Versions"),
        }
        self._findings = {key: Finding(what, tr("Testing …")) for key, what in names.items()}
        # Of the tray Qt keeps what it knows; this does not wait.
        self._take("tray", tray_finding(tr, there=around.desktop.has_tray()))
        self._ask("notifications", around.desktop.notification_server(), partial(server_finding, tr))
        ping = CHECK_TYPES["ping"](host=PING_TARGET, count=1)  # type: ignore[call-arg]
        self._ask("icmp", around.commands.try_check(ping), partial(ping_finding, tr))
        name = name_to_look_up(around.services())
        if name:
            look_up = CHECK_TYPES["dns"](name=name)  # type: ignore[call-arg]
            self._ask("resolver", around.commands.try_check(look_up), partial(resolver_finding, tr))
        else:
            self._take("resolver", (tr("Nothing that is watched has a name to be looked up."), Verdict.UNKNOWN))
        self._ask("clock", in_thread(partial(clock_finding, tr, around.now), _THREAD), _as_it_is)
        self._ask("data", in_thread(partial(folder_finding, tr, around.data_folder), _THREAD), _as_it_is)
        self._ask("versions", in_thread(versions, _THREAD), lambda text: (text, Verdict.UP))
        self._take("settings", settings_finding(tr, self.settings))

    def close(self) -> None:
        """Wait for no answer any more."""
        self._questions.close()

    def _ask(self, key: str, future: "Future[Answer]", read: Callable[[Answer], tuple[str, Verdict]]) -> None:
        self._questions.ask(key, future, lambda answer: self._take(key, read(answer)))

    def _take(self, key: str, found: tuple[str, Verdict]) -> None:
        sentence, verdict = found
        self._findings[key] = replace(self._findings[key], sentence=one_line(sentence), mark=verdict)
        self.found.emit(tuple(self._findings.values()))

    @Slot(object, object)
    def _fail(self, key: str, error: BaseException) -> None:
        tr = self._around.tr
        if key == "notifications":
            there = self._around.desktop.has_tray()
            sentence = tr("The desktop has none; messages at the tray icon take their place.")
            self._take(
                key, (sentence, Verdict.DEGRADED) if there else (tr("There is no way to show one."), Verdict.DOWN)
            )
        else:
            self._take(key, (tr("This could not be tested: {why}").format(why=str(error)), Verdict.UNKNOWN))

    @Slot(object)
    def _lose(self, key: str) -> None:
        self._take(key, (self._around.tr("Nothing is watched any more, so this cannot be tested."), Verdict.UNKNOWN))


def name_to_look_up(services: Iterable[Service]) -> str:
    """Return a name that is looked up anyway: a test makes no traffic to others. Empty where all are addresses."""
    hosts = (check.host for service in services for check in service.checks if check.type != "dns")
    return next((host for host in hosts if "." in host and not _is_address(host)), "")


def tray_finding(tr: Translator, *, there: bool) -> tuple[str, Verdict]:
    """Return whether there is a tray."""
    if there:
        return tr("There is one, and the icon can be seen there."), Verdict.UP
    return tr("This desktop has none, so the window stays in its place."), Verdict.DEGRADED


def server_finding(tr: Translator, server: str) -> tuple[str, Verdict]:
    """Return who shows notifications."""
    return tr("{server} shows them.").format(server=server), Verdict.UP


def ping_finding(tr: Translator, result: CheckResult) -> tuple[str, Verdict]:
    """Return in which way pings can be sent."""
    method = result.facts.method
    if result.failure is not None and not method:
        return result.failure.detail, Verdict.DEGRADED
    words = {
        "icmp": (tr("Echo requests can be sent."), Verdict.UP),
        "ping": (tr("Echo requests are sent by the system's ping command."), Verdict.UP),
        "tcp": (tr("Echo requests are not allowed here; ping checks knock at web ports instead."), Verdict.DEGRADED),
    }
    return words[method]


def resolver_finding(tr: Translator, result: CheckResult) -> tuple[str, Verdict]:
    """Return whether a name server answers, and which."""
    if result.failure is not None:
        return result.failure.detail or tr("No name server answers."), Verdict.DOWN
    took = latency(tr, result.timings.total_ms or 0)
    return tr("{server} answered in {time}.").format(server=result.facts.resolver, time=took), Verdict.UP


def settings_finding(tr: Translator, stored: "Stored | None") -> tuple[str, Verdict]:
    """Return where the settings are and whether they can be changed."""
    if stored is None:
        return tr("They could not be read."), Verdict.DOWN
    if not stored.writable:
        return tr("{path} can be read, but not written.").format(path=stored.path), Verdict.DEGRADED
    return str(stored.path), Verdict.UP


def as_text(tr: Translator, findings: Sequence[Finding]) -> str:
    """Return the findings as lines of text."""
    words = {
        Verdict.UP: tr("good"),
        Verdict.DEGRADED: tr("restricted"),
        Verdict.DOWN: tr("bad"),
        Verdict.PAUSED: tr("under way"),
    }
    return "\n".join(
        f"{SIGNS[each.mark].mark} {each.what} ({words.get(each.mark, tr('cannot tell'))}): {each.sentence}"
        for each in findings
    )


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _as_it_is(found: tuple[str, Verdict]) -> tuple[str, Verdict]:
    return found
