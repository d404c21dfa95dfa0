import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from manara.ui.instance import LONGEST_MESSAGE, Instance

APP = Path(__file__).parents[2] / "app"
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from manara.ui.instance import Instance

program = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
if len(sys.argv) > 2:
    try:
        print("first" if instance.claim_or_raise_first() else "told", flush=True)
    except OSError as error:
        print(error.strerror, flush=True)
elif instance.claim():
    print("first", flush=True)
    instance.raised.connect(lambda token: (print("raised", token.decode(), flush=True), program.quit()))
    program.exec()
    instance.release()
else:
    print("told" if instance.raise_first() else "nobody", flush=True)
"""


@pytest.fixture
def start():
    """Start a Manara that is nothing but an instance."""
    started = []

    def start(folder, *more, token=""):
        environment = {**os.environ, "PYTHONPATH": str(APP), "XDG_ACTIVATION_TOKEN": token}
        process = subprocess.Popen(
            [sys.executable, "-c", SECOND, str(folder), *more], stdout=subprocess.PIPE, text=True, env=environment
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def first(tmp_path, qtbot):
    """An instance that is the first."""
    instance = Instance(tmp_path)
    assert instance.claim()
    yield instance
    instance.release()


def line(process):
    return process.stdout.readline().strip()


@pytest.fixture(params=["short", "long"])
def folder(request, tmp_path):
    """A folder whose name is short, or longer than the path of a socket may be."""
    return tmp_path if request.param == "short" else tmp_path / ("x" * 150) / "runtime"


def test_a_second_start_raises_the_first_and_passes_its_token_on(folder, start):
    first = start(folder)
    assert line(first) == "first"

    second = start(folder, token="token-1")

    assert line(second) == "told"
    assert line(first) == "raised token-1"
    assert first.wait(30) == second.wait(30) == 0


def test_this_process_raises_another_one(folder, start, qtbot):
    first = start(folder)
    assert line(first) == "first"
    here = Instance(folder)

    assert not here.claim_or_raise_first()

    assert line(first) == "raised"
    first.wait(30)
    assert here.claim_or_raise_first()
    here.release()


def test_after_the_first_has_ended_the_next_is_the_first(folder, start):
    first = start(folder)
    assert line(first) == "first"
    assert line(start(folder)) == "told"
    first.wait(30)

    assert line(start(folder)) == "first"


def test_after_the_first_was_killed_the_next_is_the_first(folder, start):
    first = start(folder)
    assert line(first) == "first"
    first.send_signal(signal.SIGKILL)
    first.wait(30)

    third = start(folder)

    assert line(third) == "first"
    assert line(start(folder)) == "told"


def test_a_first_that_hangs_is_reported(tmp_path, start):
    hanging = start(tmp_path)
    assert line(hanging) == "first"
    hanging.send_signal(signal.SIGSTOP)

    assert line(start(tmp_path)) == "nobody"
    assert line(start(tmp_path, "or-raise")) == "Manara is running already, but does not answer"


def test_a_start_is_the_first_or_raises_the_first(tmp_path, start):
    first = start(tmp_path)
    assert line(first) == "first"

    assert line(start(tmp_path, "or-raise")) == "told"

    assert line(first) == "raised"
    first.wait(30)
    assert line(start(tmp_path, "or-raise")) == "first"


def test_the_folder_is_the_users_own(tmp_path, qtbot):
    instance = Instance(tmp_path / "new")

    assert instance.claim()

    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "manara.socket").stat().st_mode & 0o077 == 0
    instance.release()


def test_without_a_first_nobody_answers(tmp_path, qtbot):
    assert Instance(tmp_path).raise_first() is False


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_folder_that_cannot_be_made_is_named_in_a_sentence(name, tmp_path, qtbot):
    (tmp_path / "file").write_text("")

    with pytest.raises(OSError, match=r"(File exists|Not a directory).*file"):
        Instance(tmp_path / name).claim_or_raise_first()


def test_a_folder_that_cannot_be_written_is_named_in_a_sentence(qtbot):
    # Nobody may make files there, not even root.
    with pytest.raises(OSError, match=r"No file can be written in this folder.*/proc"):
        Instance(Path("/proc")).claim_or_raise_first()


def connected(folder, qtbot):
    socket = QLocalSocket()
    socket.connectToServer(str(folder / "manara.socket"))
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.ConnectedState)
    return socket


@pytest.mark.parametrize(
    "message",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\n",
        b"raise\n",
        b"raise \x00\x1b\n",
        b"raise \xff\xfe\n",
        b"raise " + b"t" * 3000 + b"\n",
        b"x" * (LONGEST_MESSAGE + 10),
        b"raise " + b"x" * (3 * LONGEST_MESSAGE),
    ],
)
def test_what_is_no_wish_is_hung_up_on(message, first, tmp_path, qtbot):
    heard = []
    first.raised.connect(heard.append)
    socket = connected(tmp_path, qtbot)

    socket.write(message)

    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert heard == []
    assert socket.readAll().data() == b""


def test_one_that_says_nothing_is_hung_up_on_and_does_not_keep_others_waiting(first, tmp_path, qtbot):
    silent, half = connected(tmp_path, qtbot), connected(tmp_path, qtbot)
    half.write(b"rai")
    heard = []
    first.raised.connect(heard.append)
    speaking = connected(tmp_path, qtbot)

    speaking.write(b"raise a token\n")

    qtbot.waitUntil(lambda: heard == [b"a token"])
    qtbot.waitUntil(lambda: speaking.readAll().data() == b"raised\n")
    for socket in (silent, half):
        qtbot.waitUntil(lambda each=socket: each.state() is QLocalSocket.LocalSocketState.UnconnectedState)


def test_a_start_without_a_token_is_shown_too(first, tmp_path, qtbot):
    socket = connected(tmp_path, qtbot)

    with qtbot.waitSignal(first.raised) as raised:
        socket.write(b"raise \n")

    assert raised.args == [b""]


def test_a_token_that_cannot_be_one_is_left_out(tmp_path, start):
    first = start(tmp_path)
    assert line(first) == "first"

    assert line(start(tmp_path, token="two\nlines")) == "told"

    assert line(first) == "raised"


def test_releasing_twice_is_no_error(tmp_path, qtbot):
    instance = Instance(tmp_path / ("x" * 120))
    assert instance.claim()

    instance.release()
    instance.release()


def test_one_after_the_other_is_the_first(first, tmp_path, qtbot):
    first.release()
    second = Instance(tmp_path)

    assert second.claim_or_raise_first()
    second.release()


def test_a_first_that_does_not_answer_is_told(first, tmp_path, qtbot):
    # The one who would answer waits for itself.
    second = Instance(tmp_path)

    with pytest.raises(OSError, match="does not answer"):
        second.claim_or_raise_first()


def test_a_message_that_comes_in_pieces_is_put_together(first, tmp_path, qtbot):
    heard = []
    first.raised.connect(heard.append)
    socket = connected(tmp_path, qtbot)

    socket.write(b"raise ")
    socket.flush()
    qtbot.waitUntil(lambda: socket.bytesToWrite() == 0)
    first._answer()
    socket.write(b"me\n")

    qtbot.waitUntil(lambda: heard == [b"me"])
