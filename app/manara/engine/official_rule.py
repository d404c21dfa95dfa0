"""What the word of an operator adds to what the looks say, where the user wants it to count: a pure function."""

from datetime import timedelta

from manara.model import Cause, Circumstance, OfficialState, OfficialWord, Verdict

HOLDS_FOR = timedelta(minutes=30)
"""A word that could not be read again for so long no longer counts."""


def with_official_word(
    verdict: Verdict, cause: Cause, word: OfficialWord | None, *, counts: bool
) -> tuple[Verdict, Cause]:
    """Return verdict and cause after the operator was heard.

    Trouble that only the operator knows of makes a service that looks well degraded; it never makes one worse. A
    service that fails while its operator tells of planned work is under maintenance. That all is well officially
    changes nothing: what was measured stands beside it.
    """
    if not counts or word is None or not _holds(word):
        return verdict, cause
    if verdict is Verdict.UP and word.admits_trouble:
        return Verdict.DEGRADED, Circumstance.OFFICIAL_WORD
    if verdict in (Verdict.DOWN, Verdict.DEGRADED) and word.state is OfficialState.MAINTENANCE:
        return Verdict.MAINTENANCE, Circumstance.OFFICIAL_WORD
    return verdict, cause


def _holds(word: OfficialWord) -> bool:
    if word.read_at is None or word.tried_at is None:
        return False
    return word.tried_at - word.read_at < HOLDS_FOR
