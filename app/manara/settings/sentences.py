"""Plain sentences for values that cannot be used, made from the types of pydantic's errors, never from their texts."""

from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from pydantic_core import ErrorDetails

from manara.model import Option, Place, Problem
from manara.settings.duration import duration_text, parse_duration
from manara.settings.nearest import did_you_mean


def problem_of(error: ErrorDetails, option: Option, kind: Any, place: Place) -> Problem:
    """Return the problem that pydantic found at one option."""
    value = error["input"]
    at = (*place, *(step for step in error["loc"]))
    match error["type"]:
        case "value_error":
            return Problem(at, _whole(str(error["ctx"]["error"])))
        case "enum":
            words = [str(member.value) for member in _members(kind)]
            hint = did_you_mean(value, words) if isinstance(value, str) else ""
            return Problem(at, f"This must be one of {_listed(words)}.", hint)
        case "greater_than_equal" | "less_than_equal" as bound:
            return Problem(at, _out_of_range(bound, value, option, kind))
        case "too_short" | "too_long" | "string_too_short" | "string_too_long" as bound:
            return Problem(at, _wrong_length(bound, value, option))
        case error_type:
            expected = _EXPECTED.get(error_type, "something else")
            return Problem(at, f"This must be {expected}, but it is {_kind_of(value)}.{_advice(error_type, value)}")


def limit_text(limit: float, option: Option, kind: Any) -> str:
    """Return a limit of a number or a duration with its unit."""
    if kind is timedelta:
        return duration_text(timedelta(seconds=limit))
    number = int(limit) if float(limit).is_integer() else limit
    return f"{number} {option.unit}".strip()


_EXPECTED = {
    "string_type": "a text in quotation marks",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a number with an end",
    "bool_type": "true or false",
    "list_type": "a list in square brackets",
    "dict_type": "a table of names and texts",
}


def _kind_of(value: object) -> str:
    kinds: dict[type, str] = {
        bool: "true or false",
        str: "a text",
        int: "a number",
        float: "a number with a decimal point",
        list: "a list",
        dict: "a table",
        datetime: "a date and time",
        date: "a date",
        time: "a time of day",
    }
    return kinds.get(type(value), "something else")


def _advice(error_type: str, value: object) -> str:
    match error_type, value:
        case (("int_type" | "float_type" | "bool_type"), str()):
            return " Write it without quotation marks."
        case "list_type", str():
            return " Put the text in square brackets, even if it is the only one."
        case "string_type", (bool() | int() | float()):
            return " Put it in quotation marks."
    return ""


def _out_of_range(bound: str, value: Any, option: Option, kind: Any) -> str:
    limit = option.minimum if bound == "greater_than_equal" else option.maximum
    words = "at least" if bound == "greater_than_equal" else "at most"
    # The error has the value as it was written; here it could be read, so it can be read again.
    found = duration_text(parse_duration(value)) if kind is timedelta else str(value)[:_LONGEST_SHOWN]
    return f"This must be {words} {limit_text(limit or 0, option, kind)}, but it is {found}."


def _wrong_length(bound: str, value: Any, option: Option) -> str:
    short = bound.endswith("short")
    words = f"at least {option.minimum:g}" if short else f"at most {option.maximum:g}"
    of_what = "character" if isinstance(value, str) else "item"
    plural = "" if (option.minimum if short else option.maximum) == 1 else "s"
    return f"This must have {words} {of_what}{plural}, but it has {len(value)}."


def _members(kind: Any) -> list[Enum]:
    """Return the words of an enum, or of the enum that a list is made of."""
    return list(getattr(kind, "__args__", (kind,))[0])


def _listed(words: list[str]) -> str:
    quoted = [f'"{word}"' for word in words]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else "".join(quoted)


_LONGEST_SHOWN = 40


def _whole(sentence: str) -> str:
    """Return a sentence on one line, with a capital letter and an end."""
    sentence = " ".join(sentence.split())
    return sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith((".", "!", "?")) else ".")
