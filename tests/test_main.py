import os
import subprocess
import sys
from pathlib import Path

import pytest

from manara import __version__
from manara.cli.arguments import CheckArguments, DesktopArguments, WatchArguments
from manara.cli.exits import Refused
from manara.loading import load
from manara.main import COMMANDS, DESKTOP, has_screen, main, window_or_terminal

APP = Path(__file__).parents[1] / "app"


def python(*argv, **variables):
    """Run an interpreter that knows the program, to its end."""
    environment = {**os.environ, "PYTHONPATH": str(APP), **variables}
    return subprocess.run(
        [sys.executable, *argv], capture_output=True, text=True, timeout=30, env=environment, check=False
    )


def test_the_version_is_printed():
    ran = python("-m", "manara", "--version")

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"manara {__version__}\n", "")


def test_the_version_needs_none_of_the_heavy_libraries():
    script = (
        "import sys\nfrom manara.main import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'httpx', 'dns', 'pydantic_core', 'rich', 'asyncio', 'ssl', 'PySide6'} & set(sys.modules)))"
    )

    ran = python("-c", script)

    assert ran.stdout.splitlines() == [f"manara {__version__}", "[]"]


def test_wrong_usage_is_one_sentence_and_64():
    ran = python("-m", "manara", "chek")

    assert ran.returncode == 64
    assert "invalid choice: 'chek'" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_every_command_can_be_loaded():
    for name in COMMANDS.values():
        assert callable(load(name))


def test_with_a_screen_no_command_means_the_desktop_program():
    typed = DesktopArguments(background=True)

    name, arguments, why = window_or_terminal(typed, {"WAYLAND_DISPLAY": "wayland-0"}, "linux")

    assert (name, why) == (DESKTOP, "")
    assert arguments is typed


def test_without_a_screen_the_terminal_view_is_shown_and_says_so():
    typed = DesktopArguments(config=Path("a.toml"), data=Path("d"), json=True)

    name, arguments, why = window_or_terminal(typed, {}, "linux")

    assert name == COMMANDS["watch"]
    assert arguments == WatchArguments(command="watch", config=Path("a.toml"), data=Path("d"), json=True)
    assert "no screen" in why
    assert "\n" not in why


def test_in_the_background_nobody_sees_a_terminal_so_a_missing_screen_is_an_error():
    with pytest.raises(Refused) as refused:
        window_or_terminal(DesktopArguments(background=True), {}, "linux")

    assert refused.value.exit_code == 69
    assert "no screen" in refused.value.lines[0]


@pytest.mark.parametrize(
    ("environment", "platform", "seen"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_screen_is_known_by_the_environment(environment, platform, seen):
    assert has_screen(environment, platform) is seen


def ended_by(how):
    """The exit code of a command that ends in a certain way."""

    def command(arguments):
        if isinstance(how, BaseException):
            raise how
        return how

    return main(["check", "x"], load=lambda name: command)


def test_a_command_gives_its_exit_code():
    seen = []

    code = main(["check", "x"], load=lambda name: lambda arguments: seen.append((name, arguments)) or 2)

    assert code == 2
    assert seen == [("manara.cli.commands:check", CheckArguments(command="check", targets=("x",)))]


def test_a_refusal_is_its_lines_and_its_code(capsys):
    assert ended_by(Refused(78, "first", "second")) == 78
    assert capsys.readouterr().err == "first\nsecond\n"


def test_ctrl_c_is_130_without_a_word(capsys):
    assert ended_by(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == ""


def test_a_mistake_of_ours_is_reported_whole_and_70(capsys):
    assert ended_by(RuntimeError("boom")) == 70

    told = capsys.readouterr().err
    assert "RuntimeError: boom" in told
    assert "report it" in told


def test_no_command_runs_the_terminal_view_where_there_is_no_screen(capsys, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    names = []

    assert main([], load=lambda name: lambda arguments: names.append(name) or 0) == 0
    assert names == ["manara.cli.commands:watch"]
    assert capsys.readouterr().err.startswith("manara: this machine has no screen")


def test_no_command_runs_the_desktop_program_where_there_is_a_screen(capsys, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    names = []

    assert main([], load=lambda name: lambda arguments: names.append(name) or 0) == 0
    assert names == ["manara.ui.desktop:desktop"]
    assert capsys.readouterr().err == ""


def test_a_window_that_cannot_be_loaded_is_a_sentence(capsys, monkeypatch):
    def load(name):
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setenv("DISPLAY", ":0")

    assert main([], load=load) == 69
    told = capsys.readouterr().err
    assert "libEGL.so.1" in told
    assert "manara watch" in told


def test_a_reader_that_left_ends_it_quietly():
    script = (
        "import sys\nfrom manara.main import main\n"
        "def command(arguments):\n    while True:\n        sys.stdout.write('line\\n' * 10_000)\n"
        "sys.exit(main(['check'], load=lambda name: command))"
    )
    environment = {**os.environ, "PYTHONPATH": str(APP)}

    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()
        code = process.wait(timeout=30)

    assert (code, complaints) == (141, "")


def test_names_that_the_terminal_cannot_show_do_not_end_it():
    script = (
        "import sys\nfrom manara.main import main\nmain(['check'], load=lambda name: lambda a: print('منارة') or 0)"
    )

    ran = python("-c", script, PYTHONIOENCODING="ascii")

    assert (ran.returncode, ran.stdout) == (0, "?????\n")
