"""One Manara for each user: a second start hands its wish to the first and ends."""

import os
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_WITHIN_MS = 3000
_LONGEST_MESSAGE = 4096


class Instance(QObject):
    """The right to be the one; keeps it until the process ends, however it ends."""

    raised = Signal(bytes)
    """Another start asks to be shown; with its token for the right to raise a window, empty where there is none."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # An absolute path in a folder of the user's own: elsewhere others could squat on the name.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._socket_path = str(folder / "manara.socket")
        self._lock = QLockFile(str(folder / "manara.lock"))
        # Never taken from a living process, however long that has run.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)

    def claim(self) -> bool:
        """Return whether this process is the first; then it listens to later ones."""
        if not self._lock.tryLock(0):
            return False
        # What a killed process has left.
        QLocalServer.removeServer(self._socket_path)
        self._server.listen(self._socket_path)
        return True

    def raise_first(self) -> bool:
        """Ask the first process to show itself; return whether it answered."""
        socket = QLocalSocket()
        socket.connectToServer(self._socket_path)
        if not socket.waitForConnected(_ANSWER_WITHIN_MS):
            return False
        token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
        socket.write(token.encode()[: _LONGEST_MESSAGE - 1] + b"\n")
        socket.waitForBytesWritten(_ANSWER_WITHIN_MS)
        socket.waitForReadyRead(_ANSWER_WITHIN_MS)
        return socket.readAll().data() == b"raised\n"

    def release(self) -> None:
        """Let another process be the one."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _hear(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.readyRead.connect(self._answer)
            socket.disconnected.connect(socket.deleteLater)

    @Slot()
    def _answer(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and (socket.canReadLine() or socket.bytesAvailable() >= _LONGEST_MESSAGE):
            token = bytes(socket.readLine(_LONGEST_MESSAGE).data()).strip()
            socket.write(b"raised\n")
            socket.flush()
            socket.disconnectFromServer()
            self.raised.emit(token)
