"""The base of every way to look at a service."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from manara.model.options import option


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often and how patiently to look: a section of the settings gives the defaults, each check may differ."""

    interval: timedelta = option(
        timedelta(seconds=60), help="Time from one look to the next", unit="s", minimum=1, maximum=86_400
    )
    timeout: timedelta = option(
        timedelta(seconds=10), help="Longest time that one look may take", unit="s", minimum=0.1, maximum=300
    )
    confirm: int = option(
        2, help="Quick second looks that must fail too before it counts as down", minimum=0, maximum=20
    )
    recover: int = option(3, help="Good looks in a row before it counts as up again", minimum=1, maximum=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Pace, ABC):
    """One way of looking at a service: what to look at, how often and how long to wait."""

    type: ClassVar[str]
    """The word that names this type in the settings file."""

    required: bool = option(
        True, help="Whether the service counts as down when this check and all other required ones fail"
    )
    slow_after: timedelta | None = option(
        None, help="A look that takes longer counts as slow", unit="s", minimum=0.001, maximum=300
    )

    @property
    @abstractmethod
    def target(self) -> str:
        """What is looked at, in the short form that people read: an address, a name, a URL."""

    @property
    @abstractmethod
    def host(self) -> str:
        """The host that bears the load of the look; looks at one host are limited together."""
