"""A real desktop without a screen: X server, session bus, window manager, panel, notifications, screen reader.

Everything waits for a condition with a deadline. Pictures of what was seen lie in the folder that the variable
`MANARA_PICTURES` names, else beside the other files of the test run.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.bus import Notices, TrayOnTheBus
from desktop.processes import Processes
from desktop.seen import Seen, seen_of
from fakes.waiting import eventually

TOOLS = ("Xvfb", "dbus-daemon", "openbox", "xfce4-panel", "trayer", "dunst", "xdotool", "import")
SYSTEM_PYTHON = Path("/usr/bin/python3")
ACCESSIBILITY = Path("/usr/libexec/at-spi-bus-launcher")
SETTINGS_OF_THE_PANEL = Path("/usr/share/dbus-1/services/org.xfce.Xfconf.service")
PANEL_HEIGHT = 32
_LOOKED_AT = 200
_BUS = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><servicedir>{services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""
"""Only what the panel cannot do without is started when it is called; else dunst would always be there."""
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


class Desktop:
    """One screen and all that is around it."""

    def __init__(self, folder: Path, size: str = "1024x600x24") -> None:
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        missing += [str(path) for path in (SYSTEM_PYTHON, ACCESSIBILITY, SETTINGS_OF_THE_PANEL) if not path.exists()]
        if missing:
            pytest.fail(f"A real desktop needs {', '.join(missing)}; please run: packaging/system-packages test")
        self.folder = folder
        self.pictures = Path(os.environ.get("MANARA_PICTURES", folder / "pictures"))
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.processes = Processes(folder)
        self.environment = self._surroundings()
        self._panel: subprocess.Popen[bytes] | None = None
        self._notifications: subprocess.Popen[bytes] | None = None
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
        eventually(lambda: tray.host_there)

    def stop_panel(self) -> None:
        """End the panel as a crash would."""
        if self._panel is not None:
            self._panel.kill()
            self._panel.wait()
            self._panel = None

    def start_tray_without_a_bus(self) -> None:
        """Start a panel in which programs draw their icons themselves, as before there was a bus (XEmbed)."""
        tray = ["trayer", "--edge", "top", "--align", "left", "--widthtype", "request", "--SetDockType", "true"]
        self._panel = self.processes.start([*tray, "--height", str(PANEL_HEIGHT)], self.environment)

    def start_notifications(self, notices: Notices) -> None:
        """Start the server that shows notifications, and wait for it."""
        self._notifications = self.processes.start(["dunst"], self.environment)
        eventually(lambda: notices.server_there)

    def stop_notifications(self, notices: Notices) -> None:
        """End the server that shows notifications."""
        if self._notifications is not None:
            self._notifications.kill()
            self._notifications.wait()
            self._notifications = None
        eventually(lambda: not notices.server_there)

    def windows(self, *, shown_only: bool = False) -> list[Seen]:
        """Return the windows of Manara with everything in them, as a screen reader knows them.

        With `shown_only` without what is in something that cannot be seen, which is far quicker where there are forms.
        """
        stdin, stdout = self._reader.stdin, self._reader.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(b"shown\n" if shown_only else b"\n")
        stdin.flush()
        return [seen_of(window) for window in json.loads(stdout.readline())]

    def find(self, role: str, begin: str = "", *, within_s: float = 30.0, shown_only: bool = False) -> Seen:
        """Wait for an object in any window of Manara and return it."""
        found: list[Seen] = []

        def there() -> bool:
            windows = self.windows(shown_only=shown_only)
            found.extend(seen for window in windows if (seen := window.find(role, begin)))
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
            timeout=60,
            check=False,
        )
        return ran.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self.do("key", "--delay", 60, *keys)

    def type(self, text: str) -> None:
        """Type a text as somebody who is quick."""
        self.do("type", "--delay", 20, text)

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

    def where(
        self, matches: Callable[[int, int, int], bool], *, top: int = 0, height: int = PANEL_HEIGHT
    ) -> list[tuple[int, int]]:
        """Return where the beginning of the panel, or what is below it, has pixels of a colour."""
        raw = self.look(0, top, _LOOKED_AT, height)
        pixels = zip(raw[::3], raw[1::3], raw[2::3], strict=True)
        return [
            (place % _LOOKED_AT, top + place // _LOOKED_AT) for place, pixel in enumerate(pixels) if matches(*pixel)
        ]

    def look(self, left: int, top: int, width: int, height: int) -> bytes:
        """Return the pixels of a part of the screen: red, green, blue, red, …"""
        part = f"{width}x{height}+{left}+{top}"
        command = ["import", "-silent", "-window", "root", "-crop", part, "-depth", "8", "rgb:-"]
        return subprocess.run(command, env=self.environment, capture_output=True, timeout=60, check=True).stdout

    def take_picture(self, name: str) -> Path:
        """Keep what the screen shows."""
        path = self.pictures / f"{name}.png"
        self.run("import", "-silent", "-window", "root", path)
        return path

    def start_screen(self, size: str, *options: str | Path) -> str:
        """Start an X server and return its name."""
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", write, "-screen", "0", size, "-nolisten", "tcp", *options]
        self.processes.start(screen, self.environment, pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as number:
            return f":{number.readline().strip()}"

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
        # Else it starts anew when a first client leaves before a second comes, and lets nobody in meanwhile.
        self.environment["DISPLAY"] = self.start_screen(size, "-noreset")
        services, bus = self.folder / "services", self.folder / "bus.conf"
        services.mkdir()
        (services / SETTINGS_OF_THE_PANEL.name).symlink_to(SETTINGS_OF_THE_PANEL)
        bus.write_text(_BUS.format(services=services))
        daemon = ["dbus-daemon", f"--config-file={bus}", "--nofork", "--print-address=1"]
        bus = self.processes.start(daemon, self.environment, stdout=subprocess.PIPE)
        assert bus.stdout is not None
        with bus.stdout as said:
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = said.readline().decode().strip()
        self.processes.start(["openbox"], self.environment)
        # A window that comes before its manager has neither frame nor keyboard.
        eventually(self._is_managed)
        self.processes.start([ACCESSIBILITY, "--launch-immediately"], self.environment)
        reader = [SYSTEM_PYTHON, Path(__file__).with_name("screen_reader.py")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._reader = self.processes.start(reader, self.environment, **pipes)


def middle(pixels: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the middle of some pixels."""
    columns, rows = zip(*pixels, strict=True)
    return sum(columns) // len(pixels), sum(rows) // len(pixels)
