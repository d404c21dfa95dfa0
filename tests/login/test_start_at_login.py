import threading
from pathlib import Path

import pytest

from fakes.waiting import eventually
from manara.login import LoginNotChanged, LoginTrouble, StartAtLogin, start_at_login
from manara.login.macos import LaunchAgent
from manara.login.portal import BackgroundPortal
from manara.login.program import Program
from manara.login.start_at_login import login_item
from manara.login.state import DISABLED, ENABLED, UNREADABLE, AtLogin
from manara.login.xdg import XdgAutostart


class FakeItem:
    """An entry in memory."""

    def __init__(self) -> None:
        self.enabled = False
        self.error: Exception | None = None
        self.threads: set[str] = set()

    def state(self) -> AtLogin:
        self.threads.add(threading.current_thread().name)
        if self.error is not None:
            raise self.error
        return ENABLED if self.enabled else DISABLED

    def set(self, enabled: bool) -> None:
        self.threads.add(threading.current_thread().name)
        if self.error is not None:
            raise self.error
        self.enabled = enabled


def test_it_is_changed_and_told_off_the_thread_that_asks() -> None:
    item = FakeItem()
    start = StartAtLogin(item)

    states = [start.state().result(10), start.set(True).result(10), start.set(False).result(10)]

    assert states == [DISABLED, ENABLED, DISABLED]
    assert item.threads == {"manara-login"}


def test_an_entry_that_cannot_be_read_is_a_state() -> None:
    item = FakeItem()
    item.error = PermissionError(13, "Permission denied", "manara.desktop")

    assert StartAtLogin(item).state().result(10) == UNREADABLE


def test_an_entry_that_cannot_be_written_is_told_with_the_reason(tmp_path: Path, program: Program) -> None:
    (tmp_path / ".config").write_text("not a folder")
    start = StartAtLogin(XdgAutostart(program, {"HOME": str(tmp_path)}))

    with pytest.raises(LoginNotChanged) as raised:
        start.set(True).result(10)

    assert raised.value.trouble is LoginTrouble.NOT_WRITTEN
    assert ".config" in raised.value.detail


def test_what_the_desktop_declined_is_passed_on() -> None:
    item = FakeItem()
    item.error = LoginNotChanged(LoginTrouble.DECLINED)

    with pytest.raises(LoginNotChanged) as raised:
        StartAtLogin(item).set(True).result(10)

    assert raised.value.trouble is LoginTrouble.DECLINED


@pytest.mark.parametrize(
    ("platform", "in_flatpak", "kind"),
    [("linux", False, XdgAutostart), ("linux", True, BackgroundPortal), ("darwin", False, LaunchAgent)],
)
def test_every_system_has_its_own_way(platform: str, in_flatpak: bool, kind: type, program: Program) -> None:
    assert isinstance(login_item(program, platform, {"HOME": "/home/me"}, in_flatpak=in_flatpak), kind)


def test_only_windows_has_a_registry(program: Program) -> None:
    with pytest.raises(ModuleNotFoundError, match="winreg"):
        login_item(program, "win32", {}, in_flatpak=False)


def test_this_program_with_its_options_is_what_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    state = start_at_login(("--background", "--config", "/my settings.toml")).set(True).result(10)

    assert state == ENABLED
    written = (tmp_path / "autostart" / "manara.desktop").read_text()
    assert '-m manara --background --config "/my settings.toml"\n' in written
    eventually(lambda: all(thread.name != "manara-login" for thread in threading.enumerate()))
