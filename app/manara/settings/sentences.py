"""Plain sentences for values that cannot be used, made from the types of the errors, never from their texts."""

from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from pydantic_core import ErrorDetails

from manara.model import Option, Place, Problem, Said
from manara.settings.duration import duration_text
from manara.settings.nearest import did_you_mean


def problem_of(error: ErrorDetails, option: Option, kind: Any, place: Place) -> Problem:
    """Return the problem that pydantic-core found at one option."""
    value = error["input"]
    at = (*place, *(step for step in error["loc"]))
    match error["type"]:
        case "value_error":
            return Problem(at, _whole(error["ctx"]["error"]))
        case "enum":
            words = [str(member.value) for member in _members(kind)]
            hint = did_you_mean(value, words) if isinstance(value, str) else ""
            return Problem(at, Said("This must be one of {words}.", words=_listed(words)), hint)
        case "greater_than_equal" | "less_than_equal" as bound:
            return Problem(at, _out_of_range(bound, value, option, kind))
        case "too_short" | "too_long" | "string_too_short" | "string_too_long" as bound:
            return Problem(at, _wrong_length(bound, value, option))
        case error_type:
            expected = _EXPECTED.get(error_type, Said("something else"))
            sentence = Said("This must be {expected}, but it is {found}.", expected=expected, found=_kind_of(value))
            advice = _advice(error_type, value)
            return Problem(at, Said("{sentence} {hint}", sentence=sentence, hint=advice) if advice else sentence)


def limit_text(limit: float, option: Option, kind: Any) -> str:
    """Return a limit of a number or a duration with its unit."""
    if kind is timedelta:
        return duration_text(timedelta(seconds=limit))
    number = int(limit) if float(limit).is_integer() else limit
    return f"{number} {option.unit}".strip()


_EXPECTED = {
    "string_type": Said("a text in quotation marks"),
    "int_type": Said("a whole number"),
    "float_type": Said("a number"),
    "finite_number": Said("a number with an end"),
    "bool_type": Said("true or false"),
    "list_type": Said("a list in square brackets"),
    "dict_type": Said("a table of names and texts"),
}


def _kind_of(value: object) -> Said:
    kinds: dict[type, Said] = {
        bool: Said("true or false"),
        str: Said("a text"),
        int: Said("a number"),
        float: Said("a number with a decimal point"),
        list: Said("a list"),
        dict: Said("a table"),
        datetime: Said("a date and time"),
        date: Said("a date"),
        time: Said("a time of day"),
    }
    return kinds.get(type(value), Said("something else"))


def _advice(error_type: str, value: object) -> str:
    match error_type, value:
        case (("int_type" | "float_type" | "bool_type"), str()):
            return Said("Write it without quotation marks.")
        case "list_type", str():
            return Said("Put the text in square brackets, even if it is the only one.")
        case "string_type", (bool() | int() | float()):
            return Said("Put it in quotation marks.")
    return ""


def _out_of_range(bound: str, value: Any, option: Option, kind: Any) -> Said:
    is_low = bound == "greater_than_equal"
    text = "This must be at least {limit}, but it is {found}." if is_low else _AT_MOST
    limit = (option.minimum if is_low else option.maximum) or 0
    found = duration_text(value) if kind is timedelta else str(value)[:_LONGEST_SHOWN]
    return Said(text, limit=limit_text(limit, option, kind), found=found)


_AT_MOST = "This must be at most {limit}, but it is {found}."
_LENGTHS = {
    # Whether it is too short, a text, and one: a language may have another word for each.
    (True, True, True): "This must have at least {limit} character, but it has {found}.",
    (True, True, False): "This must have at least {limit} characters, but it has {found}.",
    (True, False, True): "This must have at least {limit} item, but it has {found}.",
    (True, False, False): "This must have at least {limit} items, but it has {found}.",
    (False, True, True): "This must have at most {limit} character, but it has {found}.",
    (False, True, False): "This must have at most {limit} characters, but it has {found}.",
    (False, False, True): "This must have at most {limit} item, but it has {found}.",
    (False, False, False): "This must have at most {limit} items, but it has {found}.",
}


def _wrong_length(bound: str, value: Any, option: Option) -> Said:
    is_short = bound.endswith("short")
    limit = (option.minimum if is_short else option.maximum) or 0
    text = _LENGTHS[is_short, isinstance(value, str), limit == 1]
    return Said(text, limit=f"{limit:g}", found=len(value))


def _members(kind: Any) -> list[Enum]:
    """Return the words of an enum, or of the enum that a list is made of."""
    return list(getattr(kind, "__args__", (kind,))[0])


def _listed(words: list[str]) -> str:
    quoted = [f'"{word}"' for word in words]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else "".join(quoted)


_LONGEST_SHOWN = 40


def _whole(error: Exception) -> str:
    """Return what an error says as a sentence on one line, with a capital letter and an end."""
    if error.args and isinstance(error.args[0], Said):
        return error.args[0]
    sentence = " ".join(str(error).split())
    return sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith((".", "!", "?")) else ".")
