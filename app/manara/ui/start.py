"""`manara` without a command: starts the desktop program, or says why it cannot."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QLibraryInfo, QLocale, QLoggingCategory, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from manara.model import Digits, SettingsInvalid, SystemClock
from manara.monitor.assembly import build_monitor
from manara.monitor.local_time import local_time
from manara.monitor.outline import read_appearance
from manara.paths import data_folder, resource, runtime_folder, settings_file, state_folder
from manara.ui.app_icon import app_icon
from manara.ui.application import Application
from manara.ui.colour_scheme import locale_of, use_colours, writes_arabic_digits
from manara.ui.crash import CrashReports
from manara.ui.garbage import search_postponed
from manara.ui.instance import Instance
from manara.ui.screen import screen_held
from manara.ui.unix_signals import UnixSignals
from manara.ui.window_state import WindowState
from manara.wording import Translator, one_line, translator
from manara.wording.problems import said

UNAVAILABLE = 69
"""EX_UNAVAILABLE of sysexits(3): no screen, or no way to be the one Manara of this user."""
BAD_SETTINGS = 78
_MOST_SHOWN = 10
_UNIMPORTANT = "\n".join(
    f"{category}.warning=false"
    for category in ("qt.qpa.theme.dbus", "qt.qpa.theme.gnome", "qt.qpa.services", "qt.accessibility.atspi")
)
"""What Qt says on every desktop that lacks a portal or a session bus; nobody can do anything about it."""


class Arguments(Protocol):
    """What can be typed after `manara`."""

    @property
    def config(self) -> Path | None:
        """The settings file; None for the user's own."""

    @property
    def data(self) -> Path | None:
        """The folder of the history; None for the user's own."""

    @property
    def background(self) -> bool:
        """Whether to start with the tray alone."""

    @property
    def language(self) -> str | None:
        """The language to show; None for that of the system."""


def start(arguments: Arguments, program: Callable[[list[str]], QApplication] = QApplication) -> int:
    """Run the desktop program to its end and return the exit code."""
    with screen_held(os.environ, sys.platform) as problem:
        if problem:
            return _say(UNAVAILABLE, f"{problem} The same in a terminal: manara watch")
        # The user can still ask for them by the variable QT_LOGGING_RULES.
        QLoggingCategory.setFilterRules(_UNIMPORTANT)
        qt = program(sys.argv[:1])
    qt.setApplicationName("manara")
    qt.setApplicationDisplayName("Manara")
    qt.setDesktopFileName("manara")
    qt.setWindowIcon(app_icon())
    # The tray goes on when the last window is closed.
    qt.setQuitOnLastWindowClosed(False)
    qt.setQuitLockEnabled(False)
    instance = Instance(runtime_folder())
    try:
        if not instance.claim_or_raise_first():
            return 0
    except OSError as error:
        return _say(UNAVAILABLE, f"{error.strerror}: {error.filename}")
    crashes = CrashReports(state_folder())
    try:
        with search_postponed() as loaded:
            return _run(qt, arguments, instance, crashes, loaded)
    finally:
        crashes.end()
        instance.release()


def _run(
    qt: QApplication, arguments: Arguments, instance: Instance, crashes: CrashReports, loaded: Callable[[], None]
) -> int:
    left_behind = crashes.left_behind()
    crashes.begin()
    appearance = read_appearance(arguments.config or settings_file())
    language = arguments.language or appearance.language
    _use_language(qt, language, appearance.digits)
    use_colours(appearance.theme)
    tr = translator(resource("translations"), [language] if language else None)
    if writes_arabic_digits(language or tr.language, appearance.digits):
        tr = tr.with_arabic_digits()
    clock = SystemClock()
    monitor = build_monitor(arguments.config, arguments.data, clock)
    application = Application(
        qt,
        monitor,
        WindowState(state_folder()),
        tr=tr,
        now=local_time(clock),
        appearance=appearance,
        at_login=_at_login(arguments),
        data_folder=arguments.data or data_folder(),
    )
    instance.raised.connect(application.show_for)
    application.begun.connect(loaded)
    signals = UnixSignals()
    signals.asked_to_end.connect(application.leave)
    # The session ends: the loop is left, and what was measured is written, while the system still waits.
    qt.commitDataRequest.connect(application.leave)
    with signals.heard():
        try:
            application.start(in_background=arguments.background)
            if left_behind:
                application.offer_report(left_behind, crashes.offered())
            code = qt.exec()
        finally:
            # Also after a mistake of ours: the monitor's threads would keep the process for ever.
            application.end()
            if monitor.fault is not None and application.refusal is None:
                crashes.write(monitor.fault)
    return code if application.refusal is None else _explain(tr, application.refusal)


def _at_login(arguments: Arguments) -> tuple[str, ...]:
    """Return the options with which Manara is to start at login: the same files, and no window."""
    chosen = (("--config", arguments.config), ("--data", arguments.data))
    files = [(name, str(path.absolute())) for name, path in chosen if path is not None]
    return (*(word for option in files for word in option), "--background")


def _use_language(qt: QApplication, language: str, digits: Digits) -> None:
    """Take direction, numbers and Qt's own words from a language; empty: that of the system, for numbers alone."""
    locale = locale_of(language, digits, QLocale.system())
    QLocale.setDefault(locale)
    if not language:
        # There may be no words in that language; a mirrored window with English ones would help nobody.
        return
    qt.setLayoutDirection(locale.textDirection())
    words = QTranslator(qt)
    if words.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        qt.installTranslator(words)


def _explain(tr: Translator, invalid: SettingsInvalid) -> int:
    """Say what is wrong with the settings, in the terminal and in a window: not everybody sees a terminal."""
    code = _say(BAD_SETTINGS, *(one_line(f"{invalid.file}: {problem}") for problem in invalid.problems))
    more = len(invalid.problems) - _MOST_SHOWN
    shown = [f"• {one_line(said(tr, problem.told))}" for problem in invalid.problems[:_MOST_SHOWN]]
    if more > 0:
        shown.append(tr.plural("and {n} more", "and {n} more", more).format(n=more))
    head = tr("Manara cannot start: there is something wrong in its settings.")
    text = "\n\n".join((head, one_line(str(invalid.file)), "\n".join(shown)))
    box = QMessageBox(QMessageBox.Icon.Warning, "Manara", text)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
    return code


def _say(code: int, *lines: str) -> int:
    for line in lines:
        sys.stderr.write(f"manara: {line}\n")
    sys.stderr.flush()
    return code
