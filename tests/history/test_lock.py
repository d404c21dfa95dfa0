import os
import subprocess
import sys
from pathlib import Path

import pytest

from manara.history.lock import WriterLock

_HOLD = """
import sys
from pathlib import Path
from manara.history.lock import WriterLock
lock = WriterLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "history.sqlite3"


def open_descriptors():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_the_first_one_writes_and_the_second_does_not(file):
    first, second = WriterLock(file), WriterLock(file)

    assert first.acquire()
    assert not second.acquire()

    first.release()


def test_who_holds_the_lock_goes_on_holding_it(file):
    lock = WriterLock(file)

    assert lock.acquire()
    assert lock.acquire()

    lock.release()


def test_a_lock_that_was_let_go_can_be_taken(file):
    first, second = WriterLock(file), WriterLock(file)
    first.acquire()

    first.release()

    assert second.acquire()
    second.release()


def test_letting_go_of_nothing_does_nothing(file):
    WriterLock(file).release()

    assert not file.with_name("history.sqlite3.lock").exists()


def test_the_lock_of_a_killed_process_does_not_matter(file):
    lock = WriterLock(file)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as holder:
        assert holder.stdout.readline() == "True\n"
        assert not lock.acquire()

        holder.kill()
        holder.wait()

    assert lock.acquire()
    lock.release()


def test_a_folder_that_does_not_exist_is_an_error_and_not_another_writer(tmp_path):
    with pytest.raises(FileNotFoundError):
        WriterLock(tmp_path / "missing" / "history.sqlite3").acquire()


def test_trying_in_vain_leaves_no_file_open(file):
    first, second = WriterLock(file), WriterLock(file)
    first.acquire()
    before = open_descriptors()

    for _ in range(5):
        second.acquire()

    assert open_descriptors() == before
    first.release()
    assert open_descriptors() == before - 1


def test_the_lock_is_for_its_owner_alone(file):
    lock = WriterLock(file)
    lock.acquire()

    assert file.with_name("history.sqlite3.lock").stat().st_mode & 0o777 == 0o600

    lock.release()
