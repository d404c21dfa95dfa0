"""The engine: runs checks when they are due, turns results into verdicts, and tells what changed."""

from manara.engine.engine import Engine, Look
from manara.engine.known_line import ProveLine
from manara.engine.limits import Limits
from manara.engine.once import look_once

__all__ = ["Engine", "Limits", "Look", "ProveLine", "look_once"]
