"""How fast the catalogue is opened, read and searched."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.table import Table

from manara.catalog import open_catalogue
from manara.catalog.search import Search
from manara.paths import resource
from manara.probes import CHECK_TYPES

ROUNDS = 5
NO_OWN = Path("no catalogue of one's own")
TYPED = (
    *("facebook", "google maps", "t mobile", "whatsap", "vodafone egypt", "zzzzzzzz", "cloud and hosting"),
    *("فيسبوك", "أمازون السعودية", "الجزيره"),
)
PASTED = "aaaa bbbb cccc dddd eeee ffff gggg"


def catalogue_table() -> Table:
    """Measure and return what people wait for."""
    entries = open_catalogue(resource("catalogue.toml"), NO_OWN, CHECK_TYPES).entries
    search = Search(entries)
    strokes = [
        _ms(lambda word=word, end=end: search.search(word[:end], 20))
        for word in TYPED
        for end in range(1, len(word) + 1)
    ]
    table = Table("what", "measured", "goal", title=f"The catalogue of {len(entries)} services")
    table.add_row("open, and read the starter set", f"{_ms(_start):.1f} ms", "≤ 60 ms")
    table.add_row("read every entry", f"{_ms(_all):.0f} ms", "")
    table.add_row("make it ready to be searched", f"{_ms(lambda: Search(entries)):.1f} ms", "")
    table.add_row("one key stroke: median", f"{median(strokes):.1f} ms", "≤ 16 ms")
    table.add_row("… the slowest", f"{max(strokes):.1f} ms", "≤ 16 ms")
    table.add_row("… of seven words that are pasted", f"{_ms(lambda: search.search(PASTED, 20)):.1f} ms", "≤ 16 ms")
    return table


def _start() -> None:
    open_catalogue(resource("catalogue.toml"), NO_OWN, CHECK_TYPES).starter_services()


def _all() -> None:
    len(open_catalogue(resource("catalogue.toml"), NO_OWN, CHECK_TYPES).entries)


def _ms(run: Callable[[], object]) -> float:
    """Return the median of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        run()
        rounds.append((perf_counter() - begin) * 1_000)
    return median(rounds)
