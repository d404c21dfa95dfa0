"""What holds for every test: no unexpected log line, no thread left behind."""

import logging
import os
import subprocess
import sys
import threading
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.clock import FakeClock

ROOT = Path(__file__).parents[1]
WHEELS = Path(sys.prefix) / "wheels"


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


@pytest.fixture(scope="session")
def manara(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the `manara` command in a new environment into which the checkout was installed."""
    folder = tmp_path_factory.mktemp("installed") / "environment"
    venv.create(folder, with_pip=True)
    install = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-index", "--find-links", WHEELS, ROOT]
    subprocess.run(install, check=True, cwd=folder, env={"PATH": os.environ["PATH"], "PIP_CONFIG_FILE": os.devnull})
    return folder / "bin" / "manara"
