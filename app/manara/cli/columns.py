"""Rows of text in columns, as lists in the terminal have them."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console


def print_columns(rows: Sequence[Sequence[str]], out: Console) -> None:
    """Print rows of equal length, each column as wide as its widest text; nothing without rows."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        out.print("  ".join(cells).rstrip(), soft_wrap=True)
