"""The way into the desktop program."""

import builtins
from typing import TYPE_CHECKING

from manara.loading import load

if TYPE_CHECKING:
    from manara.ui.start import Arguments


def desktop(arguments: "Arguments") -> int:
    """Load Qt, then the program, and run it to its end; return the exit code."""
    load_qt()
    code: int = load("manara.ui.start:start")(arguments)
    return code


def load_qt() -> None:
    """Load PySide without its hook on later imports.

    To know which modules use its optional `__feature__`, it reads the source of every module that is imported after
    it, and keeps it (PYSIDE-2029; 6.11.3). Manara uses no such feature: without, it loads in four fifths of the time
    and takes 16 MB less.
    """
    plain = builtins.__import__
    load("PySide6.QtCore:QObject")
    builtins.__import__ = plain
