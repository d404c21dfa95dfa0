"""A `qtbot` that waits for long: its deadlines only end a hang."""

from pytestqt.qtbot import QtBot

LONG_MS = 30_000


class PatientBot(QtBot):
    """Waits half a minute instead of five seconds where nothing else is said."""

    def waitActive(self, widget, *, timeout=LONG_MS):  # noqa: N802 - a name of pytest-qt
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget, *, timeout=LONG_MS):  # noqa: N802 - a name of pytest-qt
        return super().waitExposed(widget, timeout=timeout)

    def waitSignal(self, signal, *, timeout=LONG_MS, **options):  # noqa: N802 - a name of pytest-qt
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitUntil(self, callback, *, timeout=LONG_MS):  # noqa: N802 - a name of pytest-qt
        super().waitUntil(callback, timeout=timeout)
