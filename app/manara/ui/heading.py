"""The line above the services of one group."""

from dataclasses import dataclass, field

from manara.ui.tile import Tile
from manara.wording import Translator, counted, one_line

_LONGEST_NAME = 300


@dataclass(slots=True)
class Heading:
    """A group with those of its services that are shown; what is told of them is told as it is when asked."""

    group: str
    """As in the settings; empty for the services without one."""
    tiles: list[Tile] = field(default_factory=list)

    def name(self, tr: Translator) -> str:
        """Return the name on one line."""
        return one_line(self.group, _LONGEST_NAME) or tr("Without a group")

    def counts(self, tr: Translator) -> str:
        """Return how many of its services have which verdict: `1 down, 3 up`."""
        return counted(tr, [tile.state.verdict for tile in self.tiles])


def with_headings(tiles: list[Tile], known: dict[str, Heading]) -> list[Tile | Heading]:
    """Put a heading before each stretch of tiles of one group; those of `known` are used again and kept up to date."""
    rows: list[Tile | Heading] = []
    stretches: dict[str, list[Tile]] = {}
    for tile in tiles:
        group = tile.service.group
        if group not in stretches:
            rows.append(known.setdefault(group, Heading(group)))
            stretches[group] = []
        stretches[group].append(tile)
        rows.append(tile)
    for group in list(known):
        if group in stretches:
            known[group].tiles = stretches[group]
        else:
            del known[group]
    return rows
