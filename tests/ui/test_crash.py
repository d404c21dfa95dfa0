import faulthandler
import subprocess
import sys
import threading

import pytest

from manara.ui.crash import CrashReports


@pytest.fixture
def reports(tmp_path):
    """Reports of this process, as at a start; the tests' own fault handler is back afterwards."""
    reports = CrashReports(tmp_path / "state")
    yield reports
    reports.end()
    faulthandler.enable(sys.__stderr__)


@pytest.fixture
def heard():
    """What the hooks that were there before are told: they are told of everything, too."""
    told = []
    before = sys.excepthook, threading.excepthook
    sys.excepthook = lambda kind, error, trace: told.append(error)
    yield told
    sys.excepthook, threading.excepthook = before


def error_of(text):
    with pytest.raises(ValueError, match=text) as raised:
        int(text)
    return raised.value


def test_a_run_that_ends_well_leaves_nothing_behind(reports, tmp_path):
    reports.begin()
    reports.end()

    assert reports.left_behind() == ""
    assert list((tmp_path / "state").iterdir()) == []


def test_an_error_that_nobody_caught_is_written_down_with_the_version(heard, reports):
    reports.begin()
    error = error_of("boom")
    sys.excepthook(ValueError, error, error.__traceback__)
    reports.end()

    head, *report = reports.left_behind().splitlines()
    assert ", Manara " in head
    assert report[-1].startswith("ValueError: ")
    assert heard == [error]


def test_an_error_in_a_thread_is_written_down(heard, reports):
    reports.begin()
    thread = threading.Thread(target=lambda: int("x"))
    thread.start()
    thread.join()
    reports.end()

    assert "invalid literal for int()" in reports.left_behind()
    assert len(heard) == 1


def test_a_thread_that_ends_itself_is_no_error(reports):
    reports.begin()
    threading.excepthook(threading.ExceptHookArgs((SystemExit, None, None, None)))
    reports.end()

    assert reports.left_behind() == ""


def test_the_hooks_are_as_before_afterwards(reports):
    before = sys.excepthook, threading.excepthook

    reports.begin()
    during = sys.excepthook, threading.excepthook
    reports.end()

    assert during != before
    assert (sys.excepthook, threading.excepthook) == before


def test_a_report_is_kept_until_it_was_offered(heard, reports, tmp_path):
    reports.begin()
    reports.write(error_of("boom"))
    reports.end()

    second = CrashReports(tmp_path / "state")
    second.begin()
    second.end()
    assert "boom" in second.left_behind()

    second.begin()
    kept = second.offered()
    second.end()
    assert second.left_behind() == ""
    assert "boom" in kept.read_text()


def test_a_report_that_cannot_be_put_aside_is_offered_again(heard, reports, tmp_path):
    reports.begin()
    reports.write(error_of("boom"))
    (tmp_path / "state" / "last-crash.txt").mkdir()

    assert reports.offered() == tmp_path / "state" / "crash.txt"
    assert "boom" in reports.left_behind()


def test_with_nothing_to_offer_nothing_is_put_aside(reports, tmp_path):
    reports.begin()

    assert reports.offered() == tmp_path / "state" / "crash.txt"
    assert not (tmp_path / "state" / "last-crash.txt").exists()


def test_without_a_place_for_reports_the_program_goes_on(heard, tmp_path):
    (tmp_path / "state").write_text("in the way")
    reports = CrashReports(tmp_path / "state")
    before = sys.excepthook

    reports.begin()
    reports.write(error_of("boom"))
    reports.offered()
    reports.end()

    assert sys.excepthook is before
    assert len(heard) == 1


@pytest.mark.parametrize("signal_name", ["SIGSEGV", "SIGABRT", "SIGFPE"])
def test_a_fault_beneath_python_leaves_a_report(tmp_path, signal_name):
    script = (
        "import os, signal, pathlib\nfrom manara.ui.crash import CrashReports\n"
        f"CrashReports(pathlib.Path({str(tmp_path)!r})).begin()\nos.kill(os.getpid(), signal.{signal_name})\n"
    )

    ran = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": "app"}, check=False, timeout=20)

    assert ran.returncode < 0
    assert CrashReports(tmp_path).left_behind().startswith("Fatal Python error: ")
