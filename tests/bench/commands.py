"""The installed command as people start it: how long until it answers, how much memory it holds."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.memory import rss_mb
from bench.server import Served

ROUNDS = 5
SERVICES = 100
_COMMAND = [sys.executable, "-m", "manara"]


def version_ms() -> float:
    """Return the median time of `manara --version` from start to end."""
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run([*_COMMAND, "--version"], check=True, stdout=subprocess.DEVNULL)
        spent.append((time.perf_counter() - began) * 1000)
    return median(spent)


def watch_rss_mb(served: Served) -> float:
    """Return the memory of `manara watch` once each of a hundred services has been looked at."""
    with TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.toml"
        entries = [
            f'[[services]]\nid = "s{number}"\nname = "Service {number}"\n'
            f'[[services.checks]]\ntype = "http"\nurl = "http://127.0.0.1:{served.http_port}/"\ninterval = "5s"\n'
            for number in range(SERVICES)
        ]
        settings.write_text("\n".join(entries))
        command = [*_COMMAND, "watch", "--json", "--config", str(settings), "--data", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as watch:
            seen: set[str] = set()
            while len(seen) < SERVICES and watch.stdout is not None:
                event = json.loads(watch.stdout.readline())
                if event["event"] == "result":
                    seen.add(event["service"])
            used = rss_mb(str(watch.pid))
            watch.terminate()
        return used
