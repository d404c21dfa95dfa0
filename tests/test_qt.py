"""Guards the one dependency that has aborted whole programs: see `PySide6-Essentials` in pyproject.toml."""

import sys

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    rung = Signal(bool)


def test_emitting_a_signal_keeps_the_references_to_true_and_none():
    bell = Bell()
    heard = []
    bell.rung.connect(heard.append)
    bell.rung.emit(True)
    before = sys.getrefcount(True), sys.getrefcount(None)

    for _ in range(200):
        bell.rung.emit(True)
        heard.clear()

    after = sys.getrefcount(True), sys.getrefcount(None)
    assert [abs(new - old) < 100 for new, old in zip(after, before, strict=True)] == [True, True]


def test_signals_arrive():
    bell = Bell()
    heard = []
    bell.rung.connect(heard.append)

    bell.rung.emit(True)

    assert heard == [True]
