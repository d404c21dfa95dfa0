"""What every window of the editor needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from manara.ui.editor.commands import Commands, SecretStore
from manara.ui.editor.understanding import Understanding
from manara.wording import Translator


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Whom to ask, and what is known."""

    tr: Translator
    now: Callable[[], datetime]
    commands: Commands
    understanding: Understanding
    secrets: SecretStore | None = None
    """Where secrets can be put; without one, only references can be written."""
