"""How much memory a process holds."""

import resource
from pathlib import Path


def rss_mb(pid: str) -> float:
    """Return the resident memory of a process of Linux, in MB of 2**20 bytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
