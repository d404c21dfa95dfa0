"""Where a problem is shown: beside the field, at the check, or above everything. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from manara.model import Problem


@dataclass(frozen=True, slots=True)
class Placed:
    """Problems by where they belong; their places begin with the name of the field there."""

    service: list[Problem] = field(default_factory=list)
    checks: dict[int, list[Problem]] = field(default_factory=dict)
    """By the position of the check; a place may be empty, where it is about the check as a whole."""
    rest: list[Problem] = field(default_factory=list)
    """What no field of the editor can show: of this service without a place, of other parts of the file with theirs."""

    def __bool__(self) -> bool:
        return bool(self.service or self.checks or self.rest)


def placed(problems: Iterable[Problem], position: int, fields: Collection[str]) -> Placed:
    """Sort problems of the service at that position of the file. `fields` are those of the service that are shown."""
    found = Placed()
    for problem in problems:
        match problem.place:
            case ("services", number, "checks", int(check), *steps) if number == position:
                found.checks.setdefault(check, []).append(_at(problem, *steps))
            case ("services", number, str(name), *steps) if number == position and name in fields:
                found.service.append(_at(problem, name, *steps))
            case ("services", number, *_) if number == position:
                found.rest.append(_at(problem))
            case _:
                found.rest.append(problem)
    return found


def _at(problem: Problem, *steps: str | int) -> Problem:
    # Lines and columns would be those of a file that the user does not look at.
    return replace(problem, place=steps, line=None, column=None)
