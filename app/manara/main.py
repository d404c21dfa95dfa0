"""The composition root: reads the arguments, loads the one command that was asked for, and explains how it ended.

Commands are loaded by name, so that `manara --version` does not pay for HTTP, DNS and tables.
"""

import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, TypeAlias

from manara.cli.arguments import Arguments, DesktopArguments, WatchArguments, parse
from manara.cli.exits import BROKEN_PIPE, INTERNAL_ERROR, INTERRUPTED, UNAVAILABLE, Refused
from manara.loading import load

DESKTOP = "manara.ui.desktop:desktop"
COMMANDS = {
    "check": "manara.cli.commands:check",
    "watch": "manara.cli.commands:watch",
    "status": "manara.cli.commands:status",
    "history": "manara.cli.commands:history",
    "incidents": "manara.cli.commands:incidents",
    "services": "manara.cli.commands:services",
    "services import": "manara.cli.moving:import_services",
    "services export": "manara.cli.moving:export_services",
}


Load: TypeAlias = Callable[[str], Callable[[Any], int]]


def main(argv: Sequence[str] | None = None, load: Load = load) -> int:
    """Run one command and return its exit code."""
    _write_whatever_the_terminal_can_show()
    try:
        code = _run(parse(sys.argv[1:] if argv is None else argv), load)
        sys.stdout.flush()
    except Refused as refused:
        return _say(refused.exit_code, *refused.lines)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _leave_the_pipe()
    except Exception:  # noqa: BLE001 - last-resort guard: people get a report that helps, scripts get their exit code
        return _say(INTERNAL_ERROR, traceback.format_exc(), "manara: this is a mistake in Manara; please report it")
    return code


def window_or_terminal(
    arguments: DesktopArguments, environment: Mapping[str, str], platform: str
) -> tuple[str, Arguments, str]:
    """Return which function to run when no command was given, its arguments, and one line if it is not the window."""
    if has_screen(environment, platform):
        return DESKTOP, arguments, ""
    if arguments.background:
        raise Refused(UNAVAILABLE, "manara: this machine has no screen; the same in a terminal: manara watch")
    watch = WatchArguments(command="watch", config=arguments.config, data=arguments.data, json=arguments.json)
    return COMMANDS["watch"], watch, "manara: this machine has no screen; here is the terminal view (manara watch)"


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Return whether a window could be shown; Unix systems other than macOS say so by a variable."""
    if platform in ("darwin", "win32"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _run(arguments: Arguments, load: Load) -> int:
    if not isinstance(arguments, DesktopArguments):
        return load(COMMANDS[arguments.command])(arguments)
    name, arguments, why = window_or_terminal(arguments, os.environ, sys.platform)
    if why:
        _say(0, why)
    try:
        command = load(name)
    except ImportError as error:
        raise Refused(UNAVAILABLE, f"manara: the window cannot be loaded: {error}", _IN_A_TERMINAL) from error
    return command(arguments)


_IN_A_TERMINAL = "manara: the same in a terminal: manara watch"


def _write_whatever_the_terminal_can_show() -> None:
    """Names and marks may not exist in the terminal's encoding; a question mark is better than the end."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _say(code: int, *lines: str) -> int:
    with suppress(BrokenPipeError):
        for line in lines:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    return code


def _leave_the_pipe() -> int:
    """The reader left (`manara check | head`): end quietly, without the interpreter's complaint at its last flush."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return BROKEN_PIPE
