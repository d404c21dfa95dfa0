"""Whether there is a screen that answers. Qt ends the whole process when there is none, without a sentence."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from manara.ui.x11 import CONNECT_WITHIN_S, Refused, be_let_in, connect, display_of

_JUDGED = {"": ("wayland", "x11"), "wayland": ("wayland",), "wayland-egl": ("wayland",), "xcb": ("x11",)}
"""Where Qt looks for a screen when it is told to use one of these."""


@contextmanager
def screen_held(environment: Mapping[str, str], platform: str) -> Iterator[str]:
    """Give why no window can be shown, in a sentence; nothing if one can.

    The screen is held until the end of the block, in which Qt is to connect: some X servers start anew when the last
    of their clients leaves.
    """
    with ExitStack() as held:
        yield "" if platform in ("darwin", "win32") else _problem(environment, held)


def _problem(environment: Mapping[str, str], held: ExitStack) -> str:
    wanted = [name.partition(":")[0] for name in environment.get("QT_QPA_PLATFORM", "").split(";")]
    if any(name not in _JUDGED for name in wanted):
        # Qt can draw without a screen, too.
        return ""
    kinds = {kind for name in wanted for kind in _JUDGED[name]}
    wayland = environment.get("WAYLAND_DISPLAY", "") if "wayland" in kinds else ""
    x11 = environment.get("DISPLAY", "") if "x11" in kinds else ""
    if not wayland and not x11:
        return "This machine has no screen."
    if wayland and _answers(Path(environment.get("XDG_RUNTIME_DIR", "/")) / wayland):
        return ""
    return _problem_of_x11(x11, environment, held) if x11 else f"The screen {wayland} does not answer."


def _problem_of_x11(name: str, environment: Mapping[str, str], held: ExitStack) -> str:
    display = display_of(name)
    try:
        if display is not None:
            client = held.enter_context(connect(display))
            be_let_in(client, display, environment)
            return ""
    except Refused as refused:
        return f"The screen {name} does not let us in: {str(refused).rstrip('.') or 'no reason given'}."
    except (OSError, ValueError, OverflowError):
        # A name or a number that no machine can have is as good as nobody there.
        pass
    return f"The screen {name} does not answer."


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(CONNECT_WITHIN_S)
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True
