"""The command that starts this Manara again, from any folder and with nothing but what a login sets."""

import os
import shutil
import site
import sys
from dataclasses import dataclass
from pathlib import Path

import manara

BACKGROUND = ("--background",)
_ENV = "/usr/bin/env"


@dataclass(frozen=True, slots=True)
class Program:
    """How this Manara is started."""

    arguments: tuple[str, ...]
    """The program, with its whole path, and what makes it Manara."""
    options: tuple[str, ...] = BACKGROUND
    """What it is to do at login; it is the same program with others."""
    python_path: str = ""
    """Where Python has to look for the package besides its own folders: of a checkout, its folder `app`."""

    @property
    def start(self) -> tuple[str, ...]:
        """The command without options, with its environment, as Unix systems take it."""
        if self.python_path:
            return (_ENV, f"PYTHONPATH={self.python_path}", *self.arguments)
        # WORKAROUND for GLib 2.74: of a program whose path holds a per cent sign it says that it is not there.
        return (_ENV, *self.arguments) if "%" in self.arguments[0] else self.arguments

    @property
    def command(self) -> tuple[str, ...]:
        """The whole command, as Unix systems take it."""
        return (*self.start, *self.options)

    def is_started_by(self, command: list[str]) -> bool:
        """Tell whether a command starts this program, with whatever options."""
        # Links are not followed: the Pythons of many environments are one program in the end.
        return bool(command) and (shutil.which(command[0]), *command[1 : len(self.start)]) == self.start


def program_of(
    invoked_as: str, python: str, package: Path, installed_in: list[Path], options: tuple[str, ...]
) -> Program:
    """Return the program that was invoked like this: as `manara`, or `python -m manara` of an installation or checkout.

    `package` is the folder of the package, `installed_in` are the folders in which Python finds packages by itself.
    """
    # Not resolved: what a link points to may be exchanged by an update.
    script = shutil.which(os.path.abspath(invoked_as)) if Path(invoked_as).stem == "manara" else None  # noqa: PTH100
    if script is not None:
        return Program((script,), options)
    found_anyway = package.parent.resolve() in [folder.resolve() for folder in installed_in]
    return Program((python, "-m", "manara"), options, "" if found_anyway else str(package.parent))


def this_program(options: tuple[str, ...] = BACKGROUND) -> Program:
    """Return the program that runs now."""
    installed_in = [Path(folder) for folder in (*site.getsitepackages(), site.getusersitepackages())]
    return program_of(sys.argv[0], sys.executable, Path(manara.__file__).parent, installed_in, options)
