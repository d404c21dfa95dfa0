"""Whether there is a screen that answers. Qt ends the whole process when there is none, without a sentence."""

import socket
from collections.abc import Mapping
from pathlib import Path

_ANSWER_WITHIN_S = 3.0
_X11_PORT = 6000


def screen_problem(environment: Mapping[str, str], platform: str) -> str:
    """Return why no window can be shown, in a sentence; nothing if one can."""
    if platform in ("darwin", "win32") or environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return ""
    wayland, x11 = environment.get("WAYLAND_DISPLAY", ""), environment.get("DISPLAY", "")
    if not wayland and not x11:
        return "This machine has no screen."
    if wayland and _answers(_wayland_path(wayland, environment)):
        return ""
    if x11 and _x11_answers(x11):
        return ""
    return f"The screen {x11 or wayland} does not answer."


def _wayland_path(name: str, environment: Mapping[str, str]) -> str:
    return str(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name)


def _x11_answers(display: str) -> bool:
    """Try the ways that X clients have: an abstract socket, one in /tmp, or TCP to another machine."""
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if not number.isdecimal():
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return _answers(f"\0{path}") or _answers(path)
    try:
        socket.create_connection((host, _X11_PORT + int(number)), _ANSWER_WITHIN_S).close()
    except OSError:
        return False
    return True


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_ANSWER_WITHIN_S)
        try:
            client.connect(path)
        except OSError:
            return False
    return True
