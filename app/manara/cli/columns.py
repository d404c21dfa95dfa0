"""Rows of text in columns, as lists in the terminal have them."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console


def print_columns(rows: Sequence[Sequence[str]], out: Console) -> None:
    """Print rows of equal length, each column as wide as its widest text; nothing without rows."""
    for line in padded(rows):
        out.print(line, soft_wrap=True)


def padded(rows: Sequence[Sequence[str]], widest: int | None = None) -> Iterator[str]:
    """Return each row as a line of columns; a text that is wider than `widest` pushes its own line alone."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    limits = [width if widest is None else min(width, widest) for width in widths]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, limits, strict=True))
        yield "  ".join(cells).rstrip()
