"""One Manara for each user: a second start hands its wish to the first and ends."""

import errno
import os
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_WITHIN_MS = 3000
LONGEST_MESSAGE = 4096
LONGEST_PATH = 90
"""Bytes that the path of a Unix socket may surely have; Qt needs some of the 107 for a name of its own meanwhile."""
_AGAIN_AFTER_MS = 100
_GREETING = b"raise "


class Instance(QObject):
    """The right to be the one; keeps it until the process ends, however it ends."""

    raised = Signal(bytes)
    """Another start asks to be shown; with its token for the right to raise a window, empty where there is none."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # An absolute path in a folder of the user's own: elsewhere others could squat on the name.
        self._folder = folder
        self._lock = QLockFile(str(folder / "manara.lock"))
        # Never taken from a living process, however long that has run.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        self._way: int | None = None

    def claim_or_raise_first(self) -> bool:
        """Return whether this process is the first; if not, the first has shown itself.

        Raise `OSError` when the folder cannot be used, and when the first does not answer.
        """
        deadline = QDeadlineTimer(ANSWER_WITHIN_MS)
        while not self.claim():
            if self.raise_first():
                return False
            if deadline.hasExpired():
                text = "Manara is running already, but does not answer"
                raise OSError(errno.EBUSY, text, str(self._folder))
            # The other one may be about to listen, or about to end.
            QThread.msleep(_AGAIN_AFTER_MS)
        return True

    def claim(self) -> bool:
        """Return whether this process is the first; then it listens to later ones. `OSError` if it cannot know."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._lock.tryLock(0):
            if self._lock.error() is QLockFile.LockError.LockFailedError:
                return False
            raise OSError(errno.EACCES, "No file can be written in this folder", str(self._folder))
        path = self._socket_path()
        # What a killed process has left.
        QLocalServer.removeServer(path)
        self._server.listen(path)
        return True

    def raise_first(self) -> bool:
        """Ask the first process to show itself; return whether it answered."""
        socket = QLocalSocket()
        socket.connectToServer(self._socket_path())
        if not socket.waitForConnected(ANSWER_WITHIN_MS):
            return False
        token = os.environ.get("XDG_ACTIVATION_TOKEN", "").encode()
        socket.write(_GREETING + (token if _is_token(token) else b"") + b"\n")
        socket.waitForBytesWritten(ANSWER_WITHIN_MS)
        socket.waitForReadyRead(ANSWER_WITHIN_MS)
        return socket.readAll().data() == b"raised\n"

    def release(self) -> None:
        """Let another process be the one."""
        self._server.close()
        self._lock.unlock()
        if self._way is not None:
            os.close(self._way)
            self._way = None

    def _socket_path(self) -> str:
        """Return a path to the socket that is short enough: by an open folder where its name is too long."""
        path = self._folder / "manara.socket"
        if len(os.fsencode(path)) <= LONGEST_PATH or not Path("/proc/self/fd").is_dir():
            return str(path)
        if self._way is None:
            self._way = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        return f"/proc/self/fd/{self._way}/{path.name}"

    @Slot()
    def _hear(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.readyRead.connect(self._answer)
            socket.disconnected.connect(socket.deleteLater)
            # One that says nothing is not waited for.
            QTimer.singleShot(ANSWER_WITHIN_MS, socket, socket.abort)

    @Slot()
    def _answer(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        if not socket.canReadLine():
            if socket.bytesAvailable() >= LONGEST_MESSAGE:
                socket.abort()
            return
        message = bytes(socket.readLine(LONGEST_MESSAGE).data()).removesuffix(b"\n")
        token = message.removeprefix(_GREETING)
        if not message.startswith(_GREETING) or not _is_token(token):
            socket.abort()
            return
        socket.write(b"raised\n")
        socket.flush()
        socket.disconnectFromServer()
        self.raised.emit(token)


def _is_token(token: bytes) -> bool:
    """Return whether this may be a token of the desktop's: it is passed on as a variable of the environment."""
    return len(token) < LONGEST_MESSAGE // 2 and token.isascii() and (not token or token.decode().isprintable())
