"""A history on a temporary file for every test that wants one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.history import HistoryFile, Watcher


@pytest.fixture
def file(tmp_path: Path) -> Iterator[HistoryFile]:
    """A new history, open for writing."""
    opened = HistoryFile(tmp_path / "history.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def watcher(file: HistoryFile) -> Watcher:
    """An engine whose words go into the file."""
    return Watcher(file)
