"""The launch agent that macOS would find: nothing of this has run on macOS."""

import plistlib
from pathlib import Path

import pytest

from manara.login import AtLogin, Elsewhere, LoginState
from manara.login.macos import LaunchAgent
from manara.login.program import Program
from manara.login.state import DISABLED, ENABLED, SWITCHED_OFF, UNREADABLE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Library" / "LaunchAgents" / "manara.plist"


@pytest.fixture
def agent(program: Program, tmp_path: Path) -> LaunchAgent:
    return LaunchAgent(program, tmp_path)


def test_it_is_switched_on_and_off(agent: LaunchAgent, program: Program, file: Path) -> None:
    before = agent.state()
    agent.set(True)
    written = plistlib.loads(file.read_bytes())
    on = agent.state()
    agent.set(False)
    agent.set(False)

    assert (before, on, agent.state()) == (DISABLED, ENABLED, DISABLED)
    assert (written["Label"], written["RunAtLoad"]) == ("manara", True)
    assert written["ProgramArguments"] == list(program.command)


@pytest.mark.parametrize("changed", [{"Disabled": True}, {"RunAtLoad": False}])
def test_what_was_switched_off_elsewhere_is_told(agent: LaunchAgent, file: Path, changed: dict[str, bool]) -> None:
    agent.set(True)
    file.write_bytes(plistlib.dumps(plistlib.loads(file.read_bytes()) | changed))

    assert agent.state() == SWITCHED_OFF


def test_another_program_of_this_name_is_told(agent: LaunchAgent, file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(plistlib.dumps({"ProgramArguments": ["/opt/my other", "-x"]}))

    assert agent.state() == AtLogin(LoginState.ELSEWHERE, Elsewhere.OTHER_PROGRAM, "'/opt/my other' -x")


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", b"<?xml version='1.0'?><plist>", plistlib.dumps([]), plistlib.dumps({"ProgramArguments": 1})],
)
def test_a_file_that_makes_no_sense_is_told(agent: LaunchAgent, file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)

    assert agent.state() == UNREADABLE
