"""What comes of reading an official page once, and what is remembered of it for the next time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from manara.model import OfficialPage, Unreadable
from manara.official.told import Told


@dataclass(frozen=True, slots=True)
class Validator:
    """What an endpoint said, and how to ask whether it would still say the same (RFC 9110, 13.1)."""

    told: Told
    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The conditions of the next request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Validators:
    """What is remembered of a page from one reading to the next."""

    by_url: Mapping[str, Validator] = field(default_factory=dict)
    found: OfficialPage | None = None
    """What a page of an unknown kind turned out to be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One try to read a page."""

    at: datetime
    told: Told | None = None
    unreadable: Unreadable | None = None
    """Why not; None where it could be read."""
    retry_after_s: float = 0.0
    """How long the page wants to be left alone."""
    validators: Validators = field(default_factory=Validators)
