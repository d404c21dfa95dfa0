"""What an official status page says, and how old that is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from manara.model.official import OfficialPage


class OfficialState(StrEnum):
    """How a page says that something is, the mildest first; a word that is not known is `unknown`, never good."""

    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial-outage"
    MAJOR_OUTAGE = "major-outage"
    UNKNOWN = "unknown"


class Unreadable(StrEnum):
    """Why a page could not be read."""

    NOT_FOR_PROGRAMS = "not-for-programs"
    """It publishes nothing that a program can read."""
    NO_ANSWER = "no-answer"
    TURNED_AWAY = "turned-away"
    """401, 403, 429 and the like."""
    ERROR = "error"
    """Another status than success."""
    TOO_LARGE = "too-large"
    NOT_ITS_FORMAT = "not-its-format"
    """It answers, but not in the shape it should have: HTML in the place of JSON, for one."""


@dataclass(frozen=True, slots=True)
class Post:
    """One statement on an official page. Everything is remote: plain text, cleaned and cut."""

    at: datetime
    """When it was published, aware UTC; never later than when it was read."""
    text: str
    state: str = ""
    """The page's own word for the state of the incident: `investigating`."""


@dataclass(frozen=True, slots=True)
class OfficialIncident:
    """An incident or a maintenance that an official page tells of. Remote text."""

    id: str
    title: str
    state: OfficialState
    began: datetime | None
    ended: datetime | None = None
    posts: tuple[Post, ...] = ()
    """Newest first."""
    components: tuple[str, ...] = ()
    """The names of what is affected, if it says so."""
    url: str = ""

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.ended is None


@dataclass(frozen=True, slots=True)
class OfficialComponent:
    """A part of a service with a state of its own. Remote text."""

    id: str
    name: str
    state: OfficialState
    group: str = ""


@dataclass(frozen=True, slots=True)
class OfficialWord:
    """What a page says. When it cannot be read, the last that was read stays, with its age."""

    page: OfficialPage
    state: OfficialState = OfficialState.UNKNOWN
    """Of the components that the user chose, else of all."""
    title: str = ""
    """The page's own sentence. Remote text."""
    incidents: tuple[OfficialIncident, ...] = ()
    """The open ones, and those that ended lately."""
    components: tuple[OfficialComponent, ...] = ()
    read_at: datetime | None = None
    """When it was last read well, aware UTC; None if it never was."""
    tried_at: datetime | None = None
    unreadable: Unreadable | None = None
    """Why the last try failed; None where it did not."""
    missing: tuple[str, ...] = ()
    """Those of the chosen components that the page does not have: of them, nothing can be told."""

    @property
    def admits_trouble(self) -> bool:
        """Whether it says that something is wrong, other than planned work."""
        return self.state in _TROUBLE


_TROUBLE = frozenset({OfficialState.DEGRADED, OfficialState.PARTIAL_OUTAGE, OfficialState.MAJOR_OUTAGE})
