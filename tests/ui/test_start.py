import faulthandler
import gc
import os
import signal
import subprocess
import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication

from manara.ui.crash_dialog import CrashDialog
from manara.ui.instance import Instance
from manara.ui.start import start


@dataclass(frozen=True)
class Typed:
    config: Path
    data: Path
    background: bool = True
    language: str | None = None


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """What a user with an empty home types; the tests' own fault handler is back afterwards."""
    for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        monkeypatch.setenv(f"XDG_{name}", str(tmp_path / name))
    (tmp_path / "RUNTIME_DIR").mkdir(mode=0o700)
    settings = tmp_path / "settings.toml"
    settings.write_text(
        "[network]\nwitness_resolvers = []\nanchors = []\n"
        '[[services]]\nname = "Shop"\nchecks = [{ type = "tcp", host = "127.0.0.1", port = 1 }]\n'
    )
    before = QLocale()
    yield Typed(settings, tmp_path / "data")
    QLocale.setDefault(before)
    faulthandler.enable(sys.__stderr__)


@pytest.fixture
def run(program):
    """Start the program; once its loop runs, or that of a window before, something is done."""

    def run(typed, then=QApplication.exit):
        timer = QTimer(singleShot=True)
        timer.timeout.connect(then)
        timer.start()
        try:
            return start(typed, lambda argv: program)
        finally:
            timer.stop()

    return run


def test_it_runs_until_it_is_ended_and_leaves_the_lock_free(run, typed, tmp_path, capsys):
    def end_once_it_watches():
        if (typed.data / "history.sqlite3").is_file():
            QApplication.exit()
        else:
            QTimer.singleShot(10, end_once_it_watches)

    assert run(typed, end_once_it_watches) == 0

    assert (typed.data / "history.sqlite3").is_file()
    assert not (tmp_path / "STATE_HOME" / "manara" / "crash.txt").exists()
    assert Instance(tmp_path / "RUNTIME_DIR" / "manara").claim()
    assert capsys.readouterr().err == ""


def test_what_it_loads_is_left_out_of_the_search_for_garbage(run, typed):
    left_out = []

    def end_once_some_is_left_out():
        left_out.append(gc.get_freeze_count())
        if left_out[-1]:
            QApplication.exit()
        else:
            QTimer.singleShot(10, end_once_some_is_left_out)

    run(typed, end_once_some_is_left_out)

    assert left_out[-1] > 10_000


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(run, typed, number):
    assert run(typed, lambda: os.kill(os.getpid(), number)) == 0


def test_without_a_screen_it_is_not_started(run, typed, monkeypatch, capsys):
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":98762")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert run(typed) == 69
    assert "The screen :98762 does not answer." in capsys.readouterr().err


FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from manara.ui.crash_dialog import CrashDialog
from manara.ui.instance import Instance
program = QCoreApplication([])
first = Instance(Path(sys.argv[1]))
first.raised.connect(program.quit)
print(first.claim(), flush=True)
program.exec()
"""


def test_a_second_start_raises_the_first_and_ends(run, typed, tmp_path):
    first = subprocess.Popen(
        [sys.executable, "-c", FIRST, tmp_path / "RUNTIME_DIR" / "manara"],
        env={**os.environ, "PYTHONPATH": "app"},
        stdout=subprocess.PIPE,
    )
    with first:
        assert first.stdout.readline() == b"True\n"

        assert run(typed) == 0

        assert first.wait(30) == 0
    assert not typed.data.exists()


def test_a_folder_in_which_nothing_can_be_made_is_named(run, typed, tmp_path, capsys):
    in_the_way = tmp_path / "RUNTIME_DIR" / "manara"
    in_the_way.write_text("")

    assert run(typed) == 69

    told = capsys.readouterr().err
    assert str(in_the_way) in told
    assert "Traceback" not in told


def explained_and_closed(seen):
    """What to do once a message is shown: keep its text and close it."""

    def close():
        box = QApplication.activeModalWidget()
        if box is None:
            QTimer.singleShot(10, close)
            return
        seen.append((box.text(), box.textFormat()))
        box.accept()

    return close


def test_bad_settings_are_explained_as_plain_text_in_a_window_and_in_the_terminal(run, typed, capsys):
    typed.config.write_text("[checks]\ninterval = -5\n'<b>' = 1\n")
    seen = []

    assert run(typed, explained_and_closed(seen)) == 78

    ((text, form),) = seen
    head, file, problems = text.split("\n\n")
    assert "settings" in head
    assert file == str(typed.config)
    assert [line[0] for line in problems.splitlines()] == ["•", "•"]
    assert form == Qt.TextFormat.PlainText
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert all(line.startswith(f"manara: {typed.config}: ") for line in told)


def test_of_many_problems_the_window_shows_ten_and_how_many_more(run, typed, capsys):
    typed.config.write_text("[checks]\n" + "".join(f"odd{number} = 1\n" for number in range(14)))
    seen = []

    assert run(typed, explained_and_closed(seen)) == 78

    *shown, last = seen[0][0].split("\n\n")[2].splitlines()
    assert len(shown) == 10
    assert last == "and 4 more"
    assert len(capsys.readouterr().err.splitlines()) == 14


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        (None, Qt.LayoutDirection.LeftToRight),
        ("ar", Qt.LayoutDirection.RightToLeft),
        ("de", Qt.LayoutDirection.LeftToRight),
        ("nonsense", Qt.LayoutDirection.LeftToRight),
    ],
)
def test_the_window_runs_in_the_direction_of_its_language(run, typed, program, language, direction):
    seen = []

    def look():
        seen.append(program.layoutDirection())
        program.exit()

    assert run(Typed(typed.config, typed.data, language=language), look) == 0
    assert seen == [direction]


def test_a_crash_report_is_offered_once(run, typed, program, tmp_path):
    report = tmp_path / "STATE_HOME" / "manara" / "crash.txt"
    report.parent.mkdir(parents=True)
    report.write_text("Fatal Python error: boom")
    seen = []

    def look():
        dialogs = [each for each in program.topLevelWidgets() if isinstance(each, CrashDialog) and each.isVisible()]
        seen.append([dialog.report.toPlainText() for dialog in dialogs])
        for dialog in dialogs:
            dialog.close()
        program.exit()

    assert [run(typed, look), run(typed, look)] == [0, 0]
    assert seen == [["Fatal Python error: boom"], []]


def running_loop(thread_name):
    """Return the loop that a thread runs, found on its stack; None while there is none."""
    frames = sys._current_frames()
    stacks = [frames.get(thread.ident) for thread in threading.enumerate() if thread.name == thread_name]
    callers = [frame for stack in stacks if stack is not None for frame, _ in traceback.walk_stack(stack)]
    candidates = [frame.f_locals.get("self") for frame in callers if frame.f_code.co_name == "run_forever"]
    return next((loop for loop in candidates if loop.is_running()), None)


@pytest.mark.qt_no_exception_capture
def test_what_broke_off_the_watch_is_reported_at_the_next_start(run, typed, program, tmp_path, monkeypatch):
    report = tmp_path / "STATE_HOME" / "manara" / "crash.txt"

    def look():
        """Break the watch at once and for good, as a mistake of ours outside of any look would."""
        loop = running_loop("manara-engine")
        if loop is None:
            QTimer.singleShot(10, look)
        else:
            loop.call_soon_threadsafe(loop.stop)
            wait_for_its_end()

    def wait_for_its_end():
        if any(thread.name == "manara-engine" for thread in threading.enumerate()):
            QTimer.singleShot(10, wait_for_its_end)
        else:
            program.exit()

    assert run(typed, look) == 0
    assert "RuntimeError: Event loop stopped before Future completed" in report.read_text()


def test_a_mistake_of_ours_ends_it_and_every_thread(run, typed, program):
    class Broken:
        """A program that cannot run its loop."""

        def __getattr__(self, name):
            return getattr(program, name)

        def exec(self):
            raise RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        start(typed, lambda argv: Broken())

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("manara")]


def test_the_first_picture_waits_for_nothing_that_measures_or_draws_charts():
    program = "import sys\nimport manara.ui.start\nprint(*sys.modules)"

    ran = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": "app"}, capture_output=True, check=True)

    loaded = set(ran.stdout.decode().split())
    assert "manara.ui.window" in loaded
    heavy = {
        "asyncio",
        "httpx",
        "dns",
        "pydantic_core",
        "tomlkit",
        "cryptography",
        "regex",
        "rich",
        "pyqtgraph",
        "manara.ui.past.window",
        "manara.ui.incidents.strip",
        "manara.ui.incidents.window",
    }
    assert not loaded & heavy
