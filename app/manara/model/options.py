"""Options: what a person may set, declared once on a dataclass field.

The settings file, the preferences form and the printed reference all derive from these declarations.
"""

import dataclasses
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """How one field is explained and what it accepts."""

    help: str
    """One sentence in plain words, ending without a full stop."""
    unit: str = ""
    minimum: float | None = None
    """Smallest accepted value; seconds for a `timedelta`, length for a text or a list."""
    maximum: float | None = None
    """Largest accepted value, in the unit of `minimum`."""
    accepts: Callable[[Any], object] | None = None
    """Raises `ValueError` with a sentence when a value of the right type cannot be used."""
    secret: bool = False
    """The value is a reference to a secret (`env:NAME`, `file:/path`), never the secret itself."""
    advanced: bool = False


def option(
    default: Any = dataclasses.MISSING,
    *,
    help: str,  # noqa: A002 - the word that argparse and every form uses for it
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    accepts: Callable[[Any], object] | None = None,
    secret: bool = False,
    advanced: bool = False,
) -> Any:
    """Declare a dataclass field that a person may set; without `default` it must be set."""
    declared = Option(help, unit, minimum, maximum, accepts, secret, advanced)
    return dataclasses.field(default=default, metadata={"option": declared})


@functools.cache
def options_of(cls: type) -> Mapping[str, Option]:
    """Return the options of a dataclass by field name, in the order of declaration."""
    return {field.name: field.metadata["option"] for field in dataclasses.fields(cls) if "option" in field.metadata}
