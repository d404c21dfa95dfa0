"""The engine: runs checks when they are due, turns results into verdicts, and tells what changed."""

from manara.engine.engine import Engine, Look
from manara.engine.incidents import Incidents, incidents_now
from manara.engine.known_line import ProveLine
from manara.engine.limits import Limits
from manara.engine.once import look_once

__all__ = ["Engine", "Incidents", "Limits", "Look", "ProveLine", "incidents_now", "look_once"]
