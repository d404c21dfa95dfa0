"""Check types with every kind of option, so that these tests need no probes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from manara.model import Check, Service, SettingsInvalid, option
from manara.settings import Settings, SettingsFile


class Colour(StrEnum):
    WHITE = "white"
    RED = "red"


def usable_oil(oil: str) -> None:
    if oil == "water":
        raise ValueError("water does not burn")


@dataclass(frozen=True, slots=True, kw_only=True)
class LampCheck(Check):
    """Looks whether a lamp shines."""

    type: ClassVar[str] = "lamp"

    place: str = option(help="Where it stands", minimum=1, maximum=20)
    port: int = option(80, help="Port number", minimum=1, maximum=65_535)
    height: float = option(1.5, help="How high it stands", unit="m", minimum=0, maximum=200)
    colour: Colour = option(Colour.WHITE, help="The colour of its light")
    colours: tuple[Colour, ...] = option((), help="More colours")
    oil: str = option("", help="What burns", accepts=usable_oil)
    keepers: tuple[str, ...] = option((), help="Who looks after it", maximum=2)
    marks: tuple[tuple[str, str], ...] = option((), help="Marks | on the map")
    key: str = option("", help="Where the key is", secret=True)
    turn: timedelta | None = option(None, help="How long one turn takes", minimum=0.5)
    burning: bool = option(True, help="Whether it should burn")
    limit: int | None = option(None, help="Most visitors", unit="people", minimum=1)

    @property
    def target(self) -> str:
        return self.place

    @property
    def host(self) -> str:
        return self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class BuoyCheck(Check):
    """Looks whether a buoy floats."""

    type: ClassVar[str] = "buoy"

    interval: timedelta = option(timedelta(minutes=5), help="Time from one look to the next", minimum=1)
    first: int = option(1, help="First number")
    last: int = option(2, help="Last number")

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last number is smaller than the first.")

    @property
    def target(self) -> str:
        return "buoy"

    @property
    def host(self) -> str:
        return "buoy"


CHECK_TYPES: Mapping[str, type[Check]] = {"lamp": LampCheck, "buoy": BuoyCheck}

PHAROS = Service("pharos", "Pharos", (LampCheck(place="island"),), group="Alexandria", catalogue="pharos")
CATALOGUE = {"pharos": PHAROS}


def settings_file(folder: Path, text: str | bytes | None = None) -> SettingsFile:
    path = folder / "settings.toml"
    if text is not None:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return SettingsFile(path, CHECK_TYPES, CATALOGUE)


def loaded(folder: Path, text: str) -> Settings:
    return settings_file(folder, text).load()


def problems(folder: Path, text: str | bytes) -> list[str]:
    try:
        settings_file(folder, text).load()
    except SettingsInvalid as invalid:
        return [str(problem) for problem in invalid.problems]
    return []


def lamp_problems(folder: Path, line: str) -> list[str]:
    """Return what is wrong with one option of a lamp, which stands on line 5."""
    text = f'[[services]]\nname = "A"\n[[services.checks]]\ntype = "lamp"\n{line}\n'
    return problems(folder, text if line.startswith("place") else text + 'place = "x"\n')
