"""What would be in the registry of Windows, in one that is in memory: nothing of this has run on Windows."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from manara.login import AtLogin, Elsewhere, LoginState
from manara.login.program import Program
from manara.login.state import DISABLED, ENABLED, SWITCHED_OFF
from manara.login.windows import APPROVED, RUN, WindowsRun


class FakeWinreg:
    """Python's `winreg` as far as it is used, with the current user's keys in memory."""

    HKEY_CURRENT_USER = 0x80000001
    KEY_READ = 0x20019
    KEY_SET_VALUE = 0x2
    REG_SZ = 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, object]] = {RUN: {}}

    @contextmanager
    def OpenKey(self, root: int, path: str, reserved: int = 0, access: int = KEY_READ) -> Iterator[dict[str, object]]:  # noqa: N802
        assert root == self.HKEY_CURRENT_USER
        if path not in self.keys:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        yield self.keys[path]

    @contextmanager
    def CreateKey(self, root: int, path: str) -> Iterator[dict[str, object]]:  # noqa: N802
        assert root == self.HKEY_CURRENT_USER
        yield self.keys.setdefault(path, {})

    def QueryValueEx(self, key: dict[str, object], name: str) -> tuple[object, int]:  # noqa: N802
        if name not in key:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return key[name], self.REG_SZ

    def SetValueEx(self, key: dict[str, object], name: str, reserved: int, kind: int, value: object) -> None:  # noqa: N802
        key[name] = value

    def DeleteValue(self, key: dict[str, object], name: str) -> None:  # noqa: N802
        if name not in key:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        del key[name]


@pytest.fixture
def winreg() -> FakeWinreg:
    return FakeWinreg()


@pytest.fixture
def item(winreg: FakeWinreg) -> WindowsRun:
    return WindowsRun(Program((r"C:\Program Files\Manara\manara.exe",)), winreg)


def test_it_is_switched_on_and_off(item: WindowsRun, winreg: FakeWinreg) -> None:
    before = item.state()
    item.set(True)
    command = winreg.keys[RUN]["Manara"]
    on = item.state()
    item.set(False)

    assert (before, on, item.state()) == (DISABLED, ENABLED, DISABLED)
    assert command == r'"C:\Program Files\Manara\manara.exe" --background'


def test_another_program_of_this_name_is_told(item: WindowsRun, winreg: FakeWinreg) -> None:
    winreg.keys[RUN]["Manara"] = r"C:\other.exe"

    assert item.state() == AtLogin(LoginState.ELSEWHERE, Elsewhere.OTHER_PROGRAM, r"C:\other.exe")


@pytest.mark.parametrize(
    ("approved", "state"), [(b"\x03" + bytes(11), SWITCHED_OFF), (b"\x02", ENABLED), (b"", ENABLED)]
)
def test_what_the_task_manager_switched_off_is_told_and_can_be_switched_on(
    item: WindowsRun, winreg: FakeWinreg, approved: bytes, state: AtLogin
) -> None:
    item.set(True)
    winreg.keys[APPROVED] = {"Manara": approved}
    told = item.state()

    item.set(True)

    assert (told, item.state()) == (state, ENABLED)
