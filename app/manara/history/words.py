"""The words of the file: verdicts, causes and layers as small numbers that never change their meaning."""

import sqlite3
from enum import Enum


class Words:
    """Gives the number of a word, a new one if need be (within the caller's transaction), and the word of a number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[Enum, int] = {}
        self._words: dict[int, str] = {}

    def number(self, member: Enum) -> int:
        """Return the number of the member's word."""
        if member not in self._numbers:
            self._connection.execute("INSERT OR IGNORE INTO words (word) VALUES (?)", (member.value,))
            (number,) = self._connection.execute("SELECT id FROM words WHERE word = ?", (member.value,)).fetchone()
            self._numbers[member] = number
        return self._numbers[member]

    def number_or_none(self, member: Enum | None) -> int | None:
        """Return the number of the member's word, None for None."""
        return None if member is None else self.number(member)

    def word(self, number: int | None) -> str:
        """Return the word of a number, nothing for None or an unknown one."""
        if number is None:
            return ""
        if number not in self._words:
            self._words = dict(self._connection.execute("SELECT id, word FROM words"))
        return self._words.get(number, "")

    def forget(self) -> None:
        """Read them anew: a transaction in which numbers were given was not written."""
        self._numbers.clear()
        self._words.clear()
