import sys
from pathlib import Path

import pytest

from manara.login.program import Program, program_of, this_program

PACKAGE = Path("/somewhere/app/manara")


def test_the_installed_command_starts_itself(script: Path) -> None:
    program = program_of(str(script), "/venv/bin/python", PACKAGE, [], ("--background",))

    assert program.arguments == (str(script),)
    # The path of this one holds a per cent sign.
    assert program.command == ("/usr/bin/env", str(script), "--background")


def test_a_link_to_the_command_is_kept_as_an_update_exchanges_what_it_points_to(script: Path, tmp_path: Path) -> None:
    link = tmp_path / "manara"
    link.symlink_to(script)

    assert program_of(str(link), "/venv/bin/python", PACKAGE, [], ()).command == (str(link),)


def test_a_command_that_was_named_relatively_gets_its_whole_path(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "manara").symlink_to(script)
    monkeypatch.chdir(tmp_path)

    assert program_of("./manara", "/venv/bin/python", PACKAGE, [], ()).command == (str(tmp_path / "manara"),)


@pytest.mark.parametrize("invoked_as", ["/somewhere/app/manara/__main__.py", "/gone/manara", "-c", ""])
def test_a_checkout_is_started_by_its_python_and_finds_its_package(invoked_as: str) -> None:
    program = program_of(invoked_as, "/venv/bin/python", PACKAGE, [Path("/venv/lib")], ("--background",))

    started = ("/usr/bin/env", "PYTHONPATH=/somewhere/app", "/venv/bin/python", "-m", "manara", "--background")
    assert program.command == started


def test_an_installation_without_its_command_is_started_by_its_python() -> None:
    program = program_of("__main__.py", "/venv/bin/python", PACKAGE, [Path("/somewhere/else/../app")], ("--x",))

    assert program.command == ("/venv/bin/python", "-m", "manara", "--x")


def test_this_program_is_the_one_that_runs() -> None:
    program = this_program()

    assert program.arguments == (sys.executable, "-m", "manara")
    assert Path(program.python_path).samefile(Path(__file__).parents[2] / "app")
    assert program.command[-1] == "--background"


@pytest.mark.parametrize(
    ("command", "ours"),
    [
        (["/usr/bin/python3", "-m", "manara"], True),
        (["/usr/bin/python3", "-m", "manara", "--background", "--language", "ar"], True),
        (["python3", "-m", "manara"], True),
        (["/usr/bin/python3", "-m", "other"], False),
        (["/usr/bin/python3", "-m"], False),
        (["/usr/bin/env", "-m", "manara"], False),
        (["/nonexistent/python3", "-m", "manara"], False),
        ([], False),
    ],
)
def test_a_command_starts_this_program_whatever_its_options(
    command: list[str], ours: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin")

    assert Program(("/usr/bin/python3", "-m", "manara")).is_started_by(command) is ours
