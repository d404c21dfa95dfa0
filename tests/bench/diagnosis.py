"""What it costs to find out why: in a disaster, and on a healthy day."""

from collections.abc import Iterator

from rich.table import Table

from bench.flood import flood_table
from bench.healthy_day import healthy_day_table


def diagnosis_tables() -> Iterator[Table]:
    """Measure, and return each table as soon as it is ready."""
    yield flood_table()
    yield healthy_day_table()
