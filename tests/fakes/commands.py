"""A monitor's settings in memory: what is changed, undone and tried is noted, and answered as the test wants."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from fakes.futures import ended
from manara.model import Check, CheckResult, SettingsInvalid
from manara.settings import (
    Change,
    ChangedMeanwhile,
    SettingsFile,
    SettingsNotWritten,
    Stored,
    Undo,
    UnknownService,
)

SHOP = {
    "id": "shop",
    "name": "Shop",
    "group": "Work",
    "checks": [
        {"type": "http", "url": "https://shop.example/", "interval": 30, "contains": "Cart"},
        {"type": "tcp", "host": "db.example", "port": 5432},
    ],
}
BLOG = {"id": "blog", "name": "Blog", "checks": [{"type": "http", "url": "https://blog.example/"}]}
FACEBOOK = {"id": "facebook", "catalogue": "facebook"}
BY_HAND = """\
# What I watch.
[checks]
confirm = 3  # never twice

# My own shop.
[[services]]
id = "shop"
name = "Shop"  # renamed twice
[[services.checks]]
type = "http"
url = "https://shop.example/"
interval = 30

[[services]]
name = "Blog"
[[services.checks]]
type = "http"
url = "https://blog.example/"
"""
"""A settings file as somebody writes it, with remarks that must stay."""


def stored(*tables: Mapping[str, Any], writable: bool = True, **sections: Mapping[str, Any]) -> Stored:
    """What a settings file with these services says."""
    ids = tuple(table["id"] for table in tables)
    return Stored(Path("/home/you/settings.toml"), tables, ids, sections, chosen=True, writable=writable)


class FakeCommands:
    """Implements `manara.ui.editor.commands.Commands`. Set `answers` to futures to answer later, or to exceptions."""

    def __init__(self, there: Stored | None = None) -> None:
        self.there = there or stored()
        self.changes: list[Change] = []
        self.undone: list[Undo] = []
        self.tried: list[Check] = []
        self.answers: dict[str, Any] = {}

    def stored(self) -> Future[Stored]:
        return self._answer("stored", self.there)

    def change(self, change: Change) -> Future[Undo]:
        self.changes.append(change)
        return self._answer("change", Undo(change, "before", "after"))

    def undo(self, undo: Undo) -> Future[None]:
        self.undone.append(undo)
        return self._answer("undo", None)

    def try_check(self, check: Check) -> Future[CheckResult]:
        self.tried.append(check)
        return self._answer("try", None)

    def file_says(self, *tables: Mapping[str, Any]) -> None:
        """Somebody else writes the file."""
        self.there = replace(self.there, services=tables, ids=tuple(table["id"] for table in tables))

    def _answer(self, topic: str, usual: Any) -> Future[Any]:
        answer = self.answers.get(topic, usual)
        return answer if isinstance(answer, Future) else ended(answer)


class OnFile(FakeCommands):
    """Answers at once from a settings file, as the monitor does from its own thread."""

    def __init__(self, file: SettingsFile) -> None:
        super().__init__()
        self._file = file

    def stored(self) -> Future[Stored]:
        return self._at_once(self._file.stored)

    def change(self, change: Change) -> Future[Undo]:
        return self._at_once(lambda: self._file.apply(change))

    def undo(self, undo: Undo) -> Future[None]:
        return self._at_once(lambda: self._file.undo(undo))

    def _at_once(self, do: Callable[[], Any]) -> Future[Any]:
        try:
            return ended(do())
        except (SettingsInvalid, SettingsNotWritten, UnknownService, ChangedMeanwhile) as refused:
            return ended(refused)


class FakeSecrets:
    """Implements `SecretStore`; it keeps secrets where nobody but the test sees them."""

    def __init__(self, *answers: Future[str]) -> None:
        self.kept: dict[str, str] = {}
        self.answers: Sequence[Future[str]] = answers

    def store(self, name: str, secret: str) -> Future[str]:
        self.kept[name] = secret
        return self.answers[0] if self.answers else ended(f"keyring:{name}")

    def store_in_file(self, name: str, secret: str) -> Future[str]:
        self.kept[f"/secrets/{name}"] = secret
        return ended(f"file:/secrets/{name}")
