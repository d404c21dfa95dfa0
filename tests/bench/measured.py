"""A process that is measured: `python -m bench.measured WAY BEGAN …`.

BEGAN is the reading of the monotonic clock just before the process was started.
"""

import sys

from manara.loading import load
from manara.ui.desktop import load_qt

# It comes with tools of development only, and makes httpx load a command line of its own.
sys.modules["click"] = None  # type: ignore[assignment]
load_qt()
load("bench.ways:WAYS")[sys.argv[1]](float(sys.argv[2]), *sys.argv[3:])
