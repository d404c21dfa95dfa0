"""What holds for every test: no unexpected log line, no thread left behind."""

import fcntl
import logging
import os
import subprocess
import sys
import threading
import venv
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from fakes.clock import FakeClock
from fakes.fair_loop import FairLoop
from fakes.qt_bot import PatientBot

ROOT = Path(__file__).parents[1]
WHEELS = Path(sys.prefix) / "wheels"

# The same examples each time, and so few that they may be run before every change; many others when one goes looking.
settings.register_profile("ci", settings.get_profile("ci"), max_examples=50)
settings.register_profile("explore", max_examples=500)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what must run on one worker after the other: begun last, it would leave the others idle.

    Which lines are reached is measured without the property tests, which take twice as long under measurement: what
    only they reach lacks an example that a reader can see.
    """
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
    for item in items:
        if item.get_closest_marker("hypothesis") is not None:
            item.add_marker("no_cover")
        if "manara" in getattr(item, "fixturenames", ()):
            # It may be the one that installs the program, or that waits for a worker which does.
            item.add_marker(pytest.mark.timeout(180))


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], AbstractEventLoop]]:
    """Let deadlines wait for a machine that is slow or stands still."""
    return {"fair": FairLoop}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which something was logged as a warning or worse and not cleared as expected."""
    yield
    noise = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
    ]
    assert noise == []


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """Fail a test that leaves a thread of its own behind."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(timeout=5)
    assert [thread.name for thread in left if thread.is_alive()] == []


@pytest.fixture
def clock() -> FakeClock:
    """A clock that moves only when the test moves it."""
    return FakeClock()


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """A user of windows who waits until a slow machine is ready."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def manara(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the `manara` command in a new environment into which the checkout was installed."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return installed(tmp_path_factory.getbasetemp())
    # Of several workers the first one installs, and the others wait for it.
    shared = tmp_path_factory.getbasetemp().parent
    with (shared / "installing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return installed(shared)


def installed(folder: Path) -> Path:
    """The command in a new environment in the folder, or in the one that was made there before."""
    environment, done = folder / "installed", folder / "installed.done"
    if not done.exists():
        venv.create(environment, with_pip=True, clear=True)
        pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet"]
        run = {"cwd": environment, "env": {"PATH": os.environ["PATH"], "PIP_CONFIG_FILE": os.devnull}}
        subprocess.run([*pip, "--no-index", "--find-links", WHEELS, ROOT], check=True, **run)
        done.touch()
    return environment / "bin" / "manara"
