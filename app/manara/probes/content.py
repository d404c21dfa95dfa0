"""What the text of an answer says of a service: wanted and unwanted text, patterns, a value inside JSON.

The text is hostile: patterns run under a time limit, JSON paths are kept to those that take time in proportion to the
text, and neither runs on the loop.
"""

import asyncio
import json
import operator
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard, assert_never

from manara.loading import load
from manara.model import Failure, Reason

PATTERN_LIMIT_S = 0.5


class JsonOperator(StrEnum):
    """How a value found in JSON must relate to the wanted one."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    CONTAINS = "contains"
    EXISTS = "exists"


@dataclass(frozen=True, slots=True)
class ContentRules:
    """What is wanted of a text; an empty rule wants nothing."""

    contains: str = ""
    lacks: str = ""
    matches: str = ""
    lacks_match: str = ""
    json_path: str = ""
    json_operator: JsonOperator = JsonOperator.EXISTS
    json_value: str = ""

    def __bool__(self) -> bool:
        return bool(self.contains or self.lacks or self.matches or self.lacks_match or self.json_path)


def usable_pattern(pattern: str) -> None:
    """Accept a regular expression, or nothing."""
    if pattern:
        load("manara.probes.patterns:check_pattern")(pattern)


async def is_found(pattern: str, text: str) -> bool:
    """Tell whether a pattern matches somewhere; raise `TimeoutError` for one that a hostile text can keep busy."""
    return bool(await asyncio.to_thread(load("manara.probes.patterns:is_found"), pattern, text, PATTERN_LIMIT_S))


def usable_json_path(path: str) -> None:
    """Accept a JSONPath (RFC 9535) that can be followed in bounded time, or nothing."""
    if path:
        load("manara.probes.json_paths:check_path")(path)


async def judge_content(rules: ContentRules, text: str) -> Failure | None:
    """Return the first rule that the text breaks."""
    failure = _judge_texts(rules, text)
    if failure is None and rules.matches:
        failure = await _judge_pattern(rules.matches, text, wanted=True)
    if failure is None and rules.lacks_match:
        failure = await _judge_pattern(rules.lacks_match, text, wanted=False)
    if failure is None and rules.json_path:
        failure = await asyncio.to_thread(_judge_json, rules, text)
    return failure


_ORDERS: dict[JsonOperator, Callable[[float, float], bool]] = {
    JsonOperator.LESS: operator.lt,
    JsonOperator.AT_MOST: operator.le,
    JsonOperator.MORE: operator.gt,
    JsonOperator.AT_LEAST: operator.ge,
}


def _judge_texts(rules: ContentRules, text: str) -> Failure | None:
    if rules.contains and rules.contains not in text:
        return Failure(Reason.TEXT_MISSING, f"“{_short(rules.contains)}” is not in the answer")
    if rules.lacks and rules.lacks in text:
        return Failure(Reason.TEXT_PRESENT, f"“{_short(rules.lacks)}” is in the answer")
    return None


async def _judge_pattern(pattern: str, text: str, *, wanted: bool) -> Failure | None:
    try:
        found = await is_found(pattern, text)
    except TimeoutError:
        return Failure(Reason.RULE_TOO_SLOW, f"The pattern “{_short(pattern)}” took longer than {PATTERN_LIMIT_S:g} s")
    if found == wanted:
        return None
    if wanted:
        return Failure(Reason.TEXT_MISSING, f"Nothing in the answer matches “{_short(pattern)}”")
    return Failure(Reason.TEXT_PRESENT, f"Something in the answer matches “{_short(pattern)}”")


def _judge_json(rules: ContentRules, text: str) -> Failure | None:
    try:
        return _judge_values(rules, load("manara.probes.json_paths:values_at")(rules.json_path, text))
    except json.JSONDecodeError as error:
        return Failure(Reason.NOT_JSON, f"The answer is not JSON: {error.msg} in line {error.lineno}")
    except RecursionError:
        return Failure(Reason.NOT_JSON, "The answer is nested too deep")
    except ValueError:
        return Failure(Reason.NOT_JSON, "The answer holds a number that is too long")


def _judge_values(rules: ContentRules, found: list[object]) -> Failure | None:
    path = _short(rules.json_path)
    if not found:
        return Failure(Reason.JSON_MISMATCH, f"The answer has nothing at {path}")
    for value in found:
        if not _holds(value, rules.json_operator, rules.json_value):
            wanted = f"{rules.json_operator} {_short(rules.json_value)}"
            return Failure(Reason.JSON_MISMATCH, f"{path} is {_short(_written(value))}, not {wanted}")
    return None


def _holds(value: object, relation: JsonOperator, wanted: str) -> bool:
    match relation:
        case JsonOperator.EXISTS:
            return True
        case JsonOperator.EQUAL:
            return _equals(value, wanted)
        case JsonOperator.UNEQUAL:
            return not _equals(value, wanted)
        case JsonOperator.CONTAINS:
            return _contains(value, wanted)
        case JsonOperator.LESS | JsonOperator.AT_MOST | JsonOperator.MORE | JsonOperator.AT_LEAST:
            found, bound = _number(value), _number(wanted)
            return found is not None and bound is not None and _ORDERS[relation](found, bound)
        case _:
            assert_never(relation)


def _equals(value: object, wanted: str) -> bool:
    if isinstance(value, str):
        return value == wanted
    try:
        parsed = json.loads(wanted)
    except ValueError:
        return False
    if _is_number(value) and _is_number(parsed):
        return bool(value == parsed)
    # As text, since Python holds 1 and true for equal.
    return _written(value) == _written(parsed)


def _contains(value: object, wanted: str) -> bool:
    if isinstance(value, str):
        return wanted in value
    if isinstance(value, dict):
        return wanted in value
    return isinstance(value, list) and any(_equals(item, wanted) for item in value)


def _number(value: object) -> float | None:
    # Numbers inside strings count: many programs write them so.
    if not _is_number(value) and not isinstance(value, str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
