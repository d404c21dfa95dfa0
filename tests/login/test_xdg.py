"""The autostart file, judged by the desktop's own tools: it is validated, and GLib runs what it says."""

import os
import subprocess
from pathlib import Path

import pytest

from manara.login import AtLogin, Elsewhere, LoginState
from manara.login.desktop_entry import entry_values
from manara.login.program import Program
from manara.login.state import DISABLED, ENABLED, SWITCHED_OFF, UNREADABLE
from manara.login.xdg import XdgAutostart

OTHER = "[Desktop Entry]\nType=Application\nName=Other\nExec=/opt/other/manara --tray %u\nX-Mine=1\n"

# What a session does with the file: GLib reads it, expands and unquotes its command, and runs that.
RUN = """
import os, sys
import gi
gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib
program = Gio.DesktopAppInfo.new_from_filename(sys.argv[1])
started = []
flags = GLib.SpawnFlags.DO_NOT_REAP_CHILD
program.launch_uris_as_manager([], None, flags, None, None, lambda _program, pid, _data: started.append(pid), None)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(started[0], 0)[1]))
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home"), "XDG_CONFIG_DIRS": f"{tmp_path}/xdg:relative:{tmp_path}/more"}


@pytest.fixture
def autostart(program: Program, environment: dict[str, str]) -> XdgAutostart:
    return XdgAutostart(program, environment)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the entry of the user is."""
    return tmp_path / "home" / ".config" / "autostart" / "manara.desktop"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def run_at_login(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/usr/bin/python3", "-c", RUN, file],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        # What a session has, and no word of where this checkout or its Python is.
        env={"PATH": "/usr/bin:/bin", "HOME": str(file.parents[2]), "LANG": "C.UTF-8"},
    )


def test_at_first_it_does_not_start_and_nothing_is_written(autostart: XdgAutostart, file: Path) -> None:
    assert autostart.state() == DISABLED

    autostart.set(False)

    assert not file.parent.exists()


def test_it_is_switched_on_and_off(autostart: XdgAutostart, file: Path) -> None:
    autostart.set(True)
    on = autostart.state()
    autostart.set(False)

    assert (on, autostart.state()) == (ENABLED, DISABLED)
    assert list(file.parent.iterdir()) == []


def test_the_entry_is_a_valid_one(autostart: XdgAutostart, file: Path) -> None:
    autostart.set(True)

    validated = subprocess.run(["desktop-file-validate", file], check=False, capture_output=True, text=True)

    assert (validated.returncode, validated.stdout) == (0, "")


def test_what_is_run_at_login_is_the_program_whatever_the_name_of_its_folder(
    autostart: XdgAutostart, file: Path, script: Path
) -> None:
    autostart.set(True)

    ran = run_at_login(file)

    assert ran.stdout.splitlines() == [str(script), "--background"], ran.stderr


def test_the_installed_program_is_started_by_its_entry(manara: Path, environment: dict[str, str], file: Path) -> None:
    XdgAutostart(Program((str(manara),), options=("--version",)), environment).set(True)

    ran = run_at_login(file)

    assert ran.stdout.startswith("manara "), ran.stderr


def test_a_checkout_is_started_by_its_entry(environment: dict[str, str], file: Path, manara: Path) -> None:
    app = Path(__file__).parents[2] / "app"
    # A Python that knows nothing of the checkout by itself, as `make run` has it.
    program = Program(("/usr/bin/python3", "-m", "manara"), options=("--version",), python_path=str(app))
    autostart = XdgAutostart(program, environment)
    autostart.set(True)

    ran = run_at_login(file)

    assert ran.stdout.startswith("manara "), ran.stderr
    assert autostart.state() == ENABLED


def test_the_users_own_folder_for_settings_is_respected(program: Program, tmp_path: Path) -> None:
    told = XdgAutostart(program, {"HOME": "/nonexistent", "XDG_CONFIG_HOME": str(tmp_path / "told")})
    relative = XdgAutostart(program, {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "relative"})

    told.set(True)
    relative.set(True)

    assert (tmp_path / "told" / "autostart" / "manara.desktop").exists()
    assert (tmp_path / ".config" / "autostart" / "manara.desktop").exists()


def test_options_that_the_user_changed_are_still_this_program(autostart: XdgAutostart, file: Path) -> None:
    autostart.set(True)
    file.write_text(file.read_text().replace("--background", "--language ar"))

    assert autostart.state() == ENABLED


def test_the_entry_of_another_program_is_told_with_its_command(autostart: XdgAutostart, file: Path) -> None:
    put(file, OTHER)

    other = AtLogin(LoginState.ELSEWHERE, Elsewhere.OTHER_PROGRAM, "/opt/other/manara --tray")
    assert autostart.state() == other


def test_the_entry_of_another_program_is_not_deleted_but_switched_off(autostart: XdgAutostart, file: Path) -> None:
    put(file, OTHER)

    autostart.set(False)

    assert autostart.state() == SWITCHED_OFF
    assert {"Hidden": "true", "X-Mine": "1"}.items() <= entry_values(file.read_text()).items()


def test_the_entry_of_another_program_gives_way_to_this_one(autostart: XdgAutostart, file: Path) -> None:
    put(file, OTHER)

    autostart.set(True)

    assert autostart.state() == ENABLED


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktops_settings_switched_off_is_told_and_can_be_switched_on(
    autostart: XdgAutostart, file: Path, line: str
) -> None:
    autostart.set(True)
    file.write_text(file.read_text().replace("X-GNOME-Autostart-enabled=true", line))
    off = autostart.state()

    autostart.set(True)

    assert (off, autostart.state()) == (SWITCHED_OFF, ENABLED)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00nonsense", b"[Desktop Entry]\nName=Manara\n", b"x" * 200_000])
def test_an_entry_that_makes_no_sense_is_told(autostart: XdgAutostart, file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)

    assert autostart.state() == UNREADABLE


def test_a_pipe_in_its_place_does_not_block(autostart: XdgAutostart, file: Path) -> None:
    file.parent.mkdir(parents=True)
    os.mkfifo(file)

    assert autostart.state() == DISABLED


def test_an_entry_for_everybody_counts_and_is_switched_off_for_the_user_alone(
    autostart: XdgAutostart, file: Path, tmp_path: Path
) -> None:
    autostart.set(True)
    everybodys = tmp_path / "more" / "autostart" / "manara.desktop"
    put(everybodys, file.read_text())
    file.unlink()
    before = autostart.state()

    autostart.set(False)
    off = autostart.state()
    validated = subprocess.run(["desktop-file-validate", file], check=False, capture_output=True, text=True)
    autostart.set(True)

    assert (before, off, autostart.state()) == (ENABLED, DISABLED, ENABLED)
    assert (validated.returncode, validated.stdout) == (0, "")
    assert everybodys.exists()


def test_an_entry_for_everybody_that_is_switched_off_was_so_by_somebody_else(
    autostart: XdgAutostart, tmp_path: Path
) -> None:
    put(tmp_path / "xdg" / "autostart" / "manara.desktop", f"{OTHER}Hidden=true\n")

    assert autostart.state() == SWITCHED_OFF
