"""Start at login: one interface, one file for each system.

Only Linux is tested, with files and with a portal of the tests' own; Windows and macOS follow their documentation.
"""

from manara.login.program import BACKGROUND
from manara.login.start_at_login import StartAtLogin, start_at_login
from manara.login.state import AtLogin, Elsewhere, LoginNotChanged, LoginState, LoginTrouble

__all__ = [
    "BACKGROUND",
    "AtLogin",
    "Elsewhere",
    "LoginNotChanged",
    "LoginState",
    "LoginTrouble",
    "StartAtLogin",
    "start_at_login",
]
