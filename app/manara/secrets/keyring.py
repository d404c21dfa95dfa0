"""Asking the keyring: one question at a time on a thread of its own, since a locked keyring may never answer.

While a question hangs no other is put, so that threads never pile up, and no trouble is asked for again at every look:
that would show the user a window at every look.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from manara.loading import load
from manara.secrets.trouble import KeyringTrouble, KeyringUnusable

T = TypeVar("T")

PATIENCE_S = 5.0
"""A keyring that is open answers within milliseconds; one that takes longer than this waits for somebody."""
KEPT_S = 300.0
"""So long a secret is used again for looks: to ask Secret Service takes nine times the work of a whole HTTP check."""
REMEMBERED_S = {
    KeyringTrouble.LOCKED: 600.0,  # somebody declined to unlock it, and does not want to be asked every minute
    KeyringTrouble.MISSING: 30.0,  # at login it may be about to start
    KeyringTrouble.FAILING: 30.0,
    KeyringTrouble.SILENT: 0.0,  # holds as long as the question hangs, no longer
}


class Ring(Protocol):
    """A keyring; every method may raise anything and may take for ever."""

    @property
    def name(self) -> str:
        """What kind of keyring it is."""

    def read(self, name: str) -> str | None:
        """Return a secret; None where none has that name."""

    def write(self, name: str, secret: str) -> None:
        """Keep a secret."""

    def delete(self, name: str) -> None:
        """Forget a secret."""


def open_system_ring() -> Ring:
    """Return the keyring of this system; raise `KeyringUnusable` where there is none."""
    ring: Ring = load("manara.secrets.ring:SystemRing")()
    return ring


class Keyring:
    """The keyring as the whole program shares it. All methods can be called on any thread."""

    def __init__(
        self,
        open_ring: Callable[[], Ring] = open_system_ring,
        *,
        patience_s: float = PATIENCE_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_ring = open_ring
        self._patience_s = patience_s
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Callable[[Ring], Any], Future[Any]]] = deque()
        self._working = False
        self._asked_at: float | None = None
        """Since when the question under way has been waiting for its answer; None while there is none."""
        self._ring: Ring | None = None
        self._trouble: tuple[KeyringTrouble, float] | None = None
        """The last trouble, and until when it is not asked again."""
        self._kept: dict[str, tuple[str, float]] = {}
        """Secrets that were read for looks, and until when they are used again."""

    def ask(self, question: Callable[[Ring], T]) -> Future[T]:
        """Put a question to the keyring; the future raises nothing but `KeyringUnusable`, and may never be done."""
        answer: Future[T] = Future()
        with self._lock:
            if self._hangs():
                answer.set_exception(KeyringUnusable(KeyringTrouble.SILENT))
                return answer
            self._waiting.append((question, answer))
            if not self._working:
                self._working = True
                threading.Thread(target=self._work, name="manara-keyring", daemon=True).start()
        return answer

    async def read(self, name: str, within_s: float) -> str | None:
        """Return a secret for a look, None where none has that name; raise `KeyringUnusable`, also when it takes long.

        What was read a short while ago, and what was wrong then, is not asked for again.
        """
        kept, until = self._kept.get(name, ("", 0.0))
        if self._monotonic() < until:
            return kept
        if self._trouble is not None and self._monotonic() < self._trouble[1]:
            raise KeyringUnusable(self._trouble[0])
        answered = load("manara.secrets.waiting:answered")
        try:
            secret: str | None = await answered(self.ask(lambda ring: ring.read(name)), min(self._patience_s, within_s))
        except TimeoutError:
            raise KeyringUnusable(KeyringTrouble.SILENT) from None
        if secret is not None:
            self._kept[name] = secret, self._monotonic() + KEPT_S
        return secret

    def drop(self, name: str) -> None:
        """Keep a secret in memory no longer, since it has been deleted."""
        self._kept.pop(name, None)

    def _hangs(self) -> bool:
        asked_at = self._asked_at
        return asked_at is not None and self._monotonic() - asked_at > self._patience_s

    def _work(self) -> None:
        """Answer what waits, then end."""
        while True:
            with self._lock:
                if not self._waiting:
                    self._working = False
                    return
                question, answer = self._waiting.popleft()
            if answer.set_running_or_notify_cancel():
                self._answer(question, answer)

    def _answer(self, question: Callable[[Ring], Any], answer: Future[Any]) -> None:
        self._asked_at = self._monotonic()
        try:
            if self._ring is None:
                self._ring = self._open_ring()
            said = question(self._ring)
        except KeyringUnusable as unusable:
            self._fail(answer, unusable.trouble)
        except ImportError:
            self._fail(answer, KeyringTrouble.MISSING)
        except Exception:  # noqa: BLE001 - keyrings are plugins of others, which raise what they like
            self._fail(answer, KeyringTrouble.FAILING)
        else:
            self._trouble = None
            self._asked_at = None
            answer.set_result(said)

    def _fail(self, answer: Future[Any], trouble: KeyringTrouble) -> None:
        # The next question looks for a keyring anew: another may run by then.
        self._ring = None
        self._trouble = trouble, self._monotonic() + REMEMBERED_S[trouble]
        self._asked_at = None
        answer.set_exception(KeyringUnusable(trouble))
