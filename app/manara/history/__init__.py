"""History: what was measured, in one SQLite file. Knows the model; no Qt, no sockets, no engine."""

from manara.history.batch import CheckKey, check_keys
from manara.history.file import NAME, DamagedHistory, NewerHistory
from manara.history.history import History, HistoryUnreadable, read_history
from manara.history.latest import LastKnown, latest
from manara.history.reader import Known, Reader, UnknownToHistory
from manara.history.series import Measured, latency, looks, series
from manara.history.writer import HistoryNotKept

__all__ = [
    "NAME",
    "CheckKey",
    "DamagedHistory",
    "History",
    "HistoryNotKept",
    "HistoryUnreadable",
    "Known",
    "LastKnown",
    "Measured",
    "NewerHistory",
    "Reader",
    "UnknownToHistory",
    "check_keys",
    "latency",
    "latest",
    "looks",
    "read_history",
    "series",
]
