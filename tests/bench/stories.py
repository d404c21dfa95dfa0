"""What Manara says of outages that really happen: every story of the laboratory, and a score."""

import asyncio
from collections.abc import Collection, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.table import Table
from rich.text import Text

from lab.running import Outcome, tell_all
from lab.stories import STORIES

AT_ONCE = 2
"""Stories wait for most of their time: two of them are no load that would slow one."""


def stories_tables() -> Iterator[Table | Text]:
    """Tell all stories, and return how each came out and why it was not right."""
    with TemporaryDirectory() as folder:
        outcomes = asyncio.run(tell_all(STORIES, Path(folder), at_once=AT_ONCE))
    yield score_table(outcomes.values())
    yield from (Text(f"{outcome.name}: {outcome.wrong}") for outcome in outcomes.values() if outcome.wrong)


def score_table(outcomes: Collection[Outcome]) -> Table:
    """Return the score of stories that have been told."""
    table = Table("story", "what Manara says of it", "seconds to tell", "goal", title="Outages of real servers")
    for outcome in outcomes:
        table.add_row(outcome.name, _word(outcome), _seconds(outcome.seconds), "")
    words = [_word(outcome) for outcome in outcomes]
    told_s = [outcome.seconds for outcome in outcomes if outcome.seconds is not None]
    table.add_section()
    table.add_row("right", f"{words.count(_RIGHT)} of {len(words)}", "", "all")
    table.add_row("wrong, cannot tell", f"{words.count(_WRONG)}, {words.count(_CANNOT_TELL)}", "", "0, 0")
    table.add_row(f"median of {len(told_s)} outages", "", _seconds(median(told_s) if told_s else None), "≤ 5 s")
    table.add_row("longest", "", _seconds(max(told_s, default=None)), "")
    return table


_RIGHT, _WRONG, _CANNOT_TELL = "right", "wrong", "cannot tell"


def _word(outcome: Outcome) -> str:
    if not outcome.wrong:
        return _RIGHT
    return _CANNOT_TELL if outcome.missing else _WRONG


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f} s"
