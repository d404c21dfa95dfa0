"""Conditions of Gatus, `<value> <op> <value>`: those that Manara can judge as well become options of the check.

What they mean is told by `config/endpoint/condition.go` of Gatus; each that is not translated is noted with the reason.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from manara.catalog.imports.draft import Draft, variables_in, without_escapes
from manara.catalog.imports.durations import seconds_of
from manara.catalog.imports.preview import Why
from manara.catalog.imports.status_sets import EVERY, ranges_of, statuses_that
from manara.catalog.imports.values import number_in, whole_in
from manara.settings import duration_text
from manara.wording.translation import mark

_SIGNS = ("==", "!=", "<=", ">=", ">", "<")
"""In the order in which Gatus looks for them."""
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_PLACEHOLDER = re.compile(r"\[[A-Za-z_]+\]")
_FUNCTION = re.compile(r"(pat|any|has|len)\((.*)\)", re.DOTALL)
_JSON = re.compile(r"\[BODY\]((?:\.[A-Za-z_][\w-]*|\[\d+\])+)")
_MOST_DAYS = 3_650
_LONGEST_S = 300
_MOST_STATUSES = 50

_Options = dict[str, Any]


class _Untranslatable(Exception):  # noqa: N818 - it names what was found
    """A condition has no equivalent; its text is the reason."""


def set_conditions(draft: Draft, check: _Options, conditions: list[str]) -> None:
    """Write what the conditions want; those that cannot be judged are noted as they stand, with the reason."""
    statuses, of_status = EVERY, []
    # Of a port that is only knocked at, no answer is judged.
    is_known = not any(note.why is Why.UNKNOWN_TYPE for note in draft.notes)
    for condition in conditions:
        try:
            left, sign, right = _parts(condition)
            if left == "[STATUS]":
                statuses = _fewer(check, statuses, _statuses(sign, right))
                of_status.append(condition)
                continue
            options = _options(check if is_known else {"type": ""}, left, sign, right)
        except _Untranslatable as reason:
            draft.lost(Why.CONDITION, condition, reason)
            continue
        check |= options
        draft.came("conditions")
        draft.rewrote(condition, _shown(options), milder=left in _MILDER)
    if check["type"] == "http":
        # Without a condition on it, Gatus takes every status.
        _set_statuses(draft, check, ranges_of(statuses), of_status)


def _set_statuses(draft: Draft, check: _Options, ranges: list[str], conditions: list[str]) -> None:
    """Write what all conditions on the status leave together."""
    if len(ranges) > _MOST_STATUSES:
        draft.lost(Why.CONDITION, "[STATUS]", mark("together they leave too many ranges"))
        return
    check["accept"] = ranges
    for condition in conditions:
        draft.came("conditions")
        draft.rewrote(condition, _shown({"accept": ranges}), milder=False)


_MILDER = frozenset({"[RESPONSE_TIME]", "[CERTIFICATE_EXPIRATION]"})
"""What is slow or ends soon is down for Gatus, and degraded here."""


def _parts(condition: str) -> tuple[str, str, str]:
    """Return placeholder, operator and value, in this order, whichever stands first."""
    if variables_in(condition):
        raise _Untranslatable(mark("the value of an environment variable is not in the file"))
    condition = without_escapes(condition)
    sign = next((each for each in _SIGNS if f" {each} " in condition), None)
    if sign is None:
        raise _Untranslatable(mark("it compares nothing"))
    left, _, right = (part.strip() for part in condition.partition(f" {sign} "))
    if _PLACEHOLDER.search(right) and not _PLACEHOLDER.search(left):
        left, sign, right = right, _TURNED.get(sign, sign), left
    if _PLACEHOLDER.search(right):
        raise _Untranslatable(mark("it compares two things that are measured"))
    return _PLACEHOLDER.sub(lambda match: match[0].upper(), left, count=1), sign, right


def _shown(options: _Options) -> str:
    texts = {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in options.items()}
    if "slow_after" in options:
        texts["slow_after"] = duration_text(timedelta(seconds=options["slow_after"]))
    return ", ".join(f"{name} {text}" for name, text in texts.items())


def _fewer(check: _Options, statuses: frozenset[int], wanted: frozenset[int]) -> frozenset[int]:
    if check["type"] != "http":
        raise _Untranslatable(_OTHER_TYPE)
    if not statuses & wanted:
        raise _Untranslatable(mark("no status would be left"))
    return statuses & wanted


def _statuses(sign: str, right: str) -> frozenset[int]:
    function = _FUNCTION.fullmatch(right)
    if function and function[1] == "any" and sign in ("==", "!="):
        numbers = [whole_in(part.strip()) for part in function[2].split(",")]
        listed = frozenset(number for number in numbers if number is not None) & EVERY
        if None not in numbers:
            return listed if sign == "==" else EVERY - listed
    bound = whole_in(right)
    if bound is None:
        raise _Untranslatable(mark("it compares the status with what is none"))
    return statuses_that(sign, bound)


def _options(check: _Options, left: str, sign: str, right: str) -> _Options:
    """Return the options that want the same as a condition."""
    if left == "[CONNECTED]" and (sign, right) in _TRUE:
        # That is what every check wants.
        return {}
    if left in _NEVER:
        raise _Untranslatable(_NEVER[left])
    if left in _TRANSLATIONS:
        return _TRANSLATIONS[left](check, sign, right)
    function = _FUNCTION.fullmatch(left)
    if function and function[1] == "len":
        raise _Untranslatable(mark("lengths cannot be compared"))
    if function and function[1] == "has":
        if (sign, right) not in _TRUE:
            raise _Untranslatable(mark("that something is missing cannot be judged"))
        return _json(check, function[2], "exists", "")
    return _json(check, left, sign, right)


def _milliseconds(text: str) -> float | None:
    """Return a duration of Go, or a number, which Gatus takes for milliseconds."""
    number = number_in(text)
    seconds = seconds_of(text) if number is None else number / 1000
    return None if seconds is None else seconds * 1000


def _response_time(check: _Options, sign: str, right: str) -> _Options:
    milliseconds = _milliseconds(right)
    if sign not in ("<", "<="):
        raise _Untranslatable(mark("only the longest time that an answer may take can be set"))
    if milliseconds is None or not 1 <= milliseconds <= _LONGEST_S * 1000:
        raise _Untranslatable(mark("the time is beyond the limits"))
    return {"slow_after": min(int(milliseconds) / 1000, check.get("slow_after", _LONGEST_S))}


def _certificate(check: _Options, sign: str, right: str) -> _Options:
    milliseconds = _milliseconds(right)
    if check["type"] not in ("http", "tls"):
        raise _Untranslatable(_OTHER_TYPE)
    if sign not in (">", ">="):
        raise _Untranslatable(mark("only how long a certificate must still be good can be set"))
    days = _MOST_DAYS + 1 if milliseconds is None else math.ceil(milliseconds / 86_400_000)
    if not 0 <= days <= _MOST_DAYS:
        raise _Untranslatable(mark("the time is beyond the limits"))
    return {"days_left_warning": max(days, check.get("days_left_warning", 0))}


def _rcode(check: _Options, sign: str, right: str) -> _Options:
    if check["type"] != "dns":
        raise _Untranslatable(_OTHER_TYPE)
    if sign != "==":
        raise _Untranslatable(_OTHER_COMPARISON)
    return {"expect_rcode": right.upper()}


def _body(check: _Options, sign: str, right: str) -> _Options:
    function = _FUNCTION.fullmatch(right)
    if sign not in ("==", "!=") or (function and function[1] != "pat"):
        raise _Untranslatable(_OTHER_COMPARISON)
    match check["type"]:
        case "http":
            return _text(check, sign, function[2] if function else None, right)
        case "dns" if sign == "==" and not function:
            return {"expect": [*check.get("expect", []), right]}
        case "tcp" if sign == "==" and function and _inner(function[2]):
            return {"expect": _inner(function[2])}
        case "dns" | "tcp":
            raise _Untranslatable(_OTHER_COMPARISON)
    raise _Untranslatable(_OTHER_TYPE)


def _text(check: _Options, sign: str, pattern: str | None, text: str) -> _Options:
    inner = None if pattern is None else _inner(pattern)
    if inner:
        option, value = ("contains" if sign == "==" else "lacks"), inner
    else:
        whole = re.escape(text) if pattern is None else _as_expression(pattern)
        option, value = ("matches" if sign == "==" else "lacks_match"), rf"(?s)\A{whole}\Z"
    if option in check:
        raise _Untranslatable(mark("a check looks for one such text"))
    return {option: value}


def _inner(pattern: str) -> str:
    """Return the text within `*text*`; nothing where the pattern is any other."""
    inner = pattern[1:-1]
    return inner if pattern.startswith("*") and pattern.endswith("*") and not set(inner) & set("*?[\\") else ""


def _as_expression(pattern: str) -> str:
    return "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)


def _json(check: _Options, left: str, sign: str, right: str) -> _Options:
    path = _JSON.fullmatch(left)
    if path is None:
        raise _Untranslatable(_OTHER_COMPARISON)
    if check["type"] != "http":
        raise _Untranslatable(_OTHER_TYPE)
    if "json_path" in check:
        raise _Untranslatable(mark("a check judges one place of a document"))
    function = _FUNCTION.fullmatch(right)
    if function is not None:
        inner = _inner(function[2]) if function[1] == "pat" and sign == "==" else ""
        if not inner:
            raise _Untranslatable(_OTHER_COMPARISON)
        sign, right = "contains", inner
    elif sign in _TURNED and number_in(right) is None:
        raise _Untranslatable(mark("it compares a number with what is none"))
    steps = re.sub(r"\.([\w-]*-[\w-]*)", r"['\1']", path[1])
    return {"json_path": f"${steps}", "json_operator": sign, "json_value": right}


_TRUE = (("==", "true"), ("!=", "false"))
_OTHER_TYPE = mark("this type of check cannot judge it")
_OTHER_COMPARISON = mark("there is no such comparison")
_NEVER = {
    "[CONNECTED]": mark("it counts as up when it fails"),
    "[DOMAIN_EXPIRATION]": mark("when a domain ends is not looked up"),
    "[IP]": mark("the address is shown, but not judged"),
}
_TRANSLATIONS: Mapping[str, Callable[[_Options, str, str], _Options]] = {
    "[RESPONSE_TIME]": _response_time,
    "[CERTIFICATE_EXPIRATION]": _certificate,
    "[DNS_RCODE]": _rcode,
    "[BODY]": _body,
}
