"""Loading by name: the one way to import something only when it is needed, because it is slow and often not needed."""

from importlib import import_module
from typing import Any


def load(name: str) -> Any:
    """Import and return what `package.module:attribute` names; raise `ImportError` where it cannot be loaded."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
