"""A real desktop without a screen: X server, session bus, window manager, panel, notifications, screen reader.

Everything waits for a condition with a deadline. Pictures of what was seen lie in the folder that the variable
`MANARA_PICTURES` names, else beside the other files of the test run.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop.bus import TrayOnTheBus
from desktop.processes import Processes, end
from fakes.waiting import eventually

TOOLS = ("Xvfb", "dbus-daemon", "openbox", "xfce4-panel", "dunst", "xdotool", "import")
SYSTEM_PYTHON = Path("/usr/bin/python3")
ACCESSIBILITY = Path("/usr/libexec/at-spi-bus-launcher")
PANEL_HEIGHT = 32
ISOLATES = "\u2066\u2067\u2068\u2069"
"""What keeps words of one direction together within a text of the other; not read aloud."""
_PANEL = f"""<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="false"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="{PANEL_HEIGHT}"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
"""
_NOTIFICATIONS = "[urgency_low]\ntimeout = 0\n[urgency_normal]\ntimeout = 0\n[urgency_critical]\ntimeout = 0\n"
"""They stay on the screen until they are closed or replaced."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An object as a screen reader knows it."""

    role: str
    name: str
    text: str
    """What can be read in it, beside its name."""
    states: tuple[str, ...]
    place: tuple[int, int, int, int]
    """Left, top, width and height on the screen."""
    children: tuple["Seen", ...] = field(repr=False)

    @property
    def all(self) -> Iterator["Seen"]:
        """This object and everything in it."""
        yield self
        for child in self.children:
            yield from child.all

    def find(self, role: str, begin: str = "") -> "Seen | None":
        """Return the first object of this role, or of any, whose name or text begins like this."""
        alike = (seen for seen in self.all if role in ("", seen.role))
        return next((seen for seen in alike if seen.name.startswith(begin) or seen.text.startswith(begin)), None)


class Desktop:
    """One screen and all that is around it."""

    def __init__(self, folder: Path, size: str = "1024x600x24") -> None:
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        missing += [str(path) for path in (SYSTEM_PYTHON, ACCESSIBILITY) if not path.exists()]
        if missing:
            pytest.fail(f"A real desktop needs {', '.join(missing)}; please run: packaging/system-packages test")
        self.folder = folder
        self.pictures = Path(os.environ.get("MANARA_PICTURES", folder / "pictures"))
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.processes = Processes(folder)
        self.environment = self._surroundings()
        self._panel: subprocess.Popen[bytes] | None = None
        try:
            self._start(size)
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """Leave nothing behind."""
        self.processes.end()

    @property
    def bus(self) -> str:
        """The address of the session bus."""
        return self.environment["DBUS_SESSION_BUS_ADDRESS"]

    def start_panel(self, tray: TrayOnTheBus) -> None:
        """Start the panel, which is the host of the tray, and wait for it."""
        self._panel = self.processes.start(["xfce4-panel", "--disable-wm-check"], self.environment)
        eventually(lambda: tray.host_there, within_s=20)

    def stop_panel(self, tray: TrayOnTheBus) -> None:
        """End the panel as a crash would."""
        if self._panel is not None:
            self._panel.kill()
            self._panel.wait()
            self._panel = None
        eventually(lambda: not tray.host_there)

    def windows(self) -> list[Seen]:
        """Return the windows of Manara with everything in them, as a screen reader knows them."""
        stdin, stdout = self._reader.stdin, self._reader.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(b"\n")
        stdin.flush()
        return [_seen(window) for window in json.loads(stdout.readline())]

    def find(self, role: str, begin: str = "", *, within_s: float = 15.0) -> Seen:
        """Wait for an object in any window of Manara and return it."""
        found: list[Seen] = []

        def there() -> bool:
            found.extend(seen for window in self.windows() if (seen := window.find(role, begin)))
            return bool(found)

        eventually(there, within_s=within_s)
        return found[0]

    def do(self, *words: object) -> str:
        """Run `xdotool` and return what it says."""
        return self.run("xdotool", *words)

    def _is_managed(self) -> bool:
        asked = subprocess.run(["xdotool", "get_desktop"], env=self.environment, capture_output=True, check=False)
        return asked.returncode == 0

    def run(self, *command: object) -> str:
        """Run a tool of this desktop to its end and return what it says."""
        ran = subprocess.run(
            [str(word) for word in command],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        return ran.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self.do("key", "--delay", 60, *keys)

    def click(self, where: tuple[int, int], button: int = 1) -> None:
        """Click somewhere."""
        self.do("mousemove", *where, "click", button)

    def click_on(self, seen: Seen) -> None:
        """Click on the middle of an object."""
        left, top, width, height = seen.place
        self.click((left + width // 2, top + height // 2))

    @property
    def active_window(self) -> str:
        """The title of the window that has the keyboard."""
        return self.do("getactivewindow", "getwindowname")

    def shown_windows(self, title: str = "Services") -> list[str]:
        """Return the numbers of the windows that can be seen."""
        return self.do("search", "--onlyvisible", "--name", title).split()

    def place(self, window: str) -> tuple[int, ...]:
        """Return left, top, width and height of what is inside a window's frame."""
        told = dict(line.split("=") for line in self.do("getwindowgeometry", "--shell", window).splitlines())
        return tuple(int(told[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def where(self, matches: Callable[[int, int, int], bool]) -> list[tuple[int, int]]:
        """Return where the beginning of the panel has pixels of a colour."""
        raw = self.look(0, 0, 200, PANEL_HEIGHT)
        pixels = zip(raw[::3], raw[1::3], raw[2::3], strict=True)
        return [(place % 200, place // 200) for place, pixel in enumerate(pixels) if matches(*pixel)]

    def look(self, left: int, top: int, width: int, height: int) -> bytes:
        """Return the pixels of a part of the screen: red, green, blue, red, …"""
        part = f"{width}x{height}+{left}+{top}"
        command = ["import", "-silent", "-window", "root", "-crop", part, "-depth", "8", "rgb:-"]
        return subprocess.run(command, env=self.environment, capture_output=True, timeout=20, check=True).stdout

    def take_picture(self, name: str) -> Path:
        """Keep what the screen shows."""
        path = self.pictures / f"{name}.png"
        self.run("import", "-silent", "-window", "root", path)
        return path

    def _surroundings(self) -> dict[str, str]:
        home, runtime = self.folder / "home", self.folder / "run"
        channel = home / ".config" / "xfce4" / "xfconf" / "xfce-perchannel-xml" / "xfce4-panel.xml"
        channel.parent.mkdir(parents=True)
        channel.write_text(_PANEL)
        notifications = home / ".config" / "dunst" / "dunstrc"
        notifications.parent.mkdir()
        notifications.write_text(_NOTIFICATIONS)
        runtime.mkdir(mode=0o700)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CURRENT_DESKTOP": "XFCE",
            "LANG": "C.UTF-8",
            "TZ": "Europe/Berlin",
            "GSETTINGS_BACKEND": "memory",
            # Only Manara is to be seen by the screen reader.
            "NO_AT_BRIDGE": "1",
        }

    def _start(self, size: str) -> None:
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", write, "-screen", "0", size, "-nolisten", "tcp"]
        self.processes.start(screen, self.environment, pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as number:
            self.environment["DISPLAY"] = f":{number.readline().strip()}"
        daemon = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        bus = self.processes.start(daemon, self.environment, stdout=subprocess.PIPE)
        assert bus.stdout is not None
        with bus.stdout as said:
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = said.readline().decode().strip()
        self.processes.start(["openbox"], self.environment)
        # A window that comes before its manager has neither frame nor keyboard.
        eventually(self._is_managed)
        self.processes.start([ACCESSIBILITY, "--launch-immediately"], self.environment)
        self.processes.start(["dunst"], self.environment)
        reader = [SYSTEM_PYTHON, Path(__file__).with_name("screen_reader.py")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._reader = self.processes.start(reader, self.environment, **pipes)


class Program:
    """The installed Manara of one user: an own home, own settings and an own history."""

    def __init__(self, desktop: Desktop, command: Path, folder: Path) -> None:
        self._desktop = desktop
        self._command = command
        self.settings = folder / "settings.toml"
        self.data = folder / "data"
        self.complaints = folder / "stderr.txt"
        """What the program writes when something is wrong."""
        self.environment = desktop.environment | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        (folder / "run").mkdir(mode=0o700)
        self._running: list[subprocess.Popen[bytes]] = []

    def watch(self, sites: Mapping[str, str], interval: str = "1s") -> None:
        """Write settings with which these names are watched at these addresses."""
        services = [
            f'[[services]]\nname = "{name}"\nchecks = [{{ type = "http", url = "{url}" }}]\n'
            for name, url in sites.items()
        ]
        checks = f'[checks]\ninterval = "{interval}"\nconfirm = 1\nrecover = 1\n'
        self.settings.write_text("\n".join(["[network]\nwitness_resolvers = []\nanchors = []\n", checks, *services]))

    def start(self, *arguments: str, without: tuple[str, ...] = (), **variables: str) -> subprocess.Popen[bytes]:
        """Start the program in other surroundings if need be."""
        environment = {**self.environment, **variables}
        for name in without:
            environment.pop(name)
        command = [self._command, *arguments, "--config", self.settings, "--data", self.data]
        with self.complaints.open("ab") as stderr:
            process = self._desktop.processes.start(command, environment, stderr=stderr)
        self._running.append(process)
        return process

    def ask(self, *arguments: str) -> dict[str, Any]:
        """Run a command in another process and return its answer."""
        command = [self._command, *arguments, "--json", "--config", self.settings, "--data", self.data]
        ran = subprocess.run(
            [str(word) for word in command], env=self.environment, capture_output=True, timeout=20, check=False
        )
        answer: dict[str, Any] = json.loads(ran.stdout)
        return answer

    def end(self) -> None:
        """End what is still running."""
        for process in self._running:
            end(process)


def _seen(told: dict[str, Any]) -> Seen:
    return Seen(
        told["role"],
        told["name"].strip(ISOLATES),
        told["text"].strip(ISOLATES),
        tuple(told["states"]),
        tuple(told["place"]),
        tuple(_seen(child) for child in told["children"]),
    )
