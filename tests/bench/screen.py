"""A screen of its own for what is measured: an X server with a window manager, and nothing else of a desktop."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.processes import Processes

SIZE = (1280, 800)


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Offer a screen until the end of the block; yield the surroundings of a program that is to be shown on it."""
    with TemporaryDirectory() as folder:
        home, runtime = Path(folder) / "home", Path(folder) / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        surroundings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
        }
        processes = Processes(Path(folder))
        read, write = os.pipe()
        try:
            size = "x".join(map(str, (*SIZE, 24)))
            server = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
            processes.start(server, surroundings, pass_fds=(write,))
            os.close(write)
            with os.fdopen(read) as number:
                surroundings["DISPLAY"] = f":{number.readline().strip()}"
            processes.start(["openbox"], surroundings)
            yield surroundings
        finally:
            processes.end()
