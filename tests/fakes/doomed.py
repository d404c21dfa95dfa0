"""Programs that write a history until they are killed: started as a script, it forks one for each order.

It has no threads of its own, so that a fork is safe, and all modules are loaded already, so that a fork is quick. An
order is a line with a folder and the minute to begin with. The answer is the number of the new process; that process
says which minutes are on the disk as soon as `flush` has said so.
"""

import os
import sys
from pathlib import Path

from fakes.clock import FakeClock
from fakes.keeping import SHOP, Told, at, looked, watched
from manara.history import History
from manara.model import Reason

BURST = 5
"""Minutes between two flushes."""


def write_until_killed(folder: Path, minute: int) -> None:
    """Write a look a minute of a clock that runs fast, so that there is always something to sum up and to drop."""
    clock = FakeClock(at(minute * 60))
    history = History(folder, clock, Told().append)
    history.keep_looks(1)
    history.start()
    history.record([watched(SHOP, at_s=minute * 60)])
    while True:
        for _ in range(BURST):
            history.record([looked(minute * 60, Reason.NXDOMAIN if minute % 7 == 0 else None)])
            clock.pass_by(60)
            history.hear(clock.now())
            minute += 1
        say(f"told {minute}")
        history.flush().result()
        say(f"kept {minute}")


def say(line: str) -> None:
    """Write a line at once; a short one is never cut by the end of the process."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """Fork a writer for each order, and tell when it has ended."""
    for order in sys.stdin:
        minute, folder = order.rstrip("\n").split(" ", 1)
        child = os.fork()
        if child == 0:
            os.close(0)
            write_until_killed(Path(folder), int(minute))
        say(f"started {child}")
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
