"""Conditions of Gatus, `<value> <op> <value>`: those that Manara can judge as well become options of the check."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from manara.catalog.imports.draft import Draft
from manara.catalog.imports.durations import seconds_of
from manara.catalog.imports.preview import Why
from manara.catalog.imports.status_sets import EVERY, ranges_of, statuses_that
from manara.catalog.imports.values import whole_in

_CONDITION = re.compile(r"\s*(\S.*?)\s+(==|!=|<=|>=|<|>)\s+(.*?)\s*", re.DOTALL)
_FUNCTION = re.compile(r"(pat|any|has|len)\((.*)\)", re.DOTALL)
_JSON = re.compile(r"\[BODY\]((?:\.[A-Za-z_][\w-]*|\[\d+\])+)")
_MOST_DAYS = 3_650
_LONGEST_S = 300
_MOST_STATUSES = 50


def set_conditions(draft: Draft, check: dict[str, Any], conditions: list[str]) -> None:
    """Write what the conditions want; those that cannot be judged are noted as they stand."""
    statuses = EVERY
    for condition in conditions:
        match = _CONDITION.fullmatch(condition)
        left, sign, right = match.groups() if match else ("", "", "")
        wanted = _statuses(sign, right) if left == "[STATUS]" else None
        if wanted is not None and statuses & wanted and check["type"] == "http":
            statuses &= wanted
            draft.came("conditions")
        elif match and _set_other(check, left, sign, right):
            draft.came("conditions")
        else:
            draft.lost(Why.NOT_TRANSLATED, "condition", condition)
    if check["type"] == "http":
        # Without a condition on it, Gatus takes every status.
        check["accept"] = ranges_of(statuses)
        if len(check["accept"]) > _MOST_STATUSES:
            draft.lost(Why.NOT_TRANSLATED, "condition", "[STATUS]")
            del check["accept"]


def _statuses(sign: str, right: str) -> frozenset[int] | None:
    function = _FUNCTION.fullmatch(right)
    if function and function[1] == "any" and sign in ("==", "!="):
        numbers = [whole_in(part.strip()) for part in function[2].split(",")]
        if any(number is None for number in numbers):
            return None
        listed = frozenset(number for number in numbers if number is not None) & EVERY
        return listed if sign == "==" else EVERY - listed
    bound = whole_in(right)
    return None if bound is None else statuses_that(sign, bound)


def _set_other(check: dict[str, Any], left: str, sign: str, right: str) -> bool:
    """Write one condition and tell whether that was possible."""
    if (left, sign, right) == ("[CONNECTED]", "==", "true"):
        # That is what every check wants.
        return True
    name = left if left in _SETTERS else ""
    if name:
        return _SETTERS[name](check, sign, right)
    function = _FUNCTION.fullmatch(left)
    if function and function[1] == "has" and (sign, right) in (("==", "true"), ("!=", "false")):
        return _set_json(check, function[2], "exists", "")
    return _set_json(check, left, sign, right)


def _response_time(check: dict[str, Any], sign: str, right: str) -> bool:
    milliseconds = whole_in(right)
    if sign not in ("<", "<=") or milliseconds is None or not 1 <= milliseconds <= _LONGEST_S * 1000:
        return False
    check["slow_after"] = min(milliseconds / 1000, check.get("slow_after", _LONGEST_S))
    return True


def _certificate(check: dict[str, Any], sign: str, right: str) -> bool:
    seconds = seconds_of(right)
    if sign not in (">", ">=") or seconds is None or check["type"] not in ("http", "tls"):
        return False
    days = math.ceil(seconds / 86_400)
    if days > _MOST_DAYS:
        return False
    check["days_left_warning"] = max(days, check.get("days_left_warning", 0))
    return True


def _rcode(check: dict[str, Any], sign: str, right: str) -> bool:
    if sign != "==" or check["type"] != "dns":
        return False
    check["expect_rcode"] = right.upper()
    return True


def _body(check: dict[str, Any], sign: str, right: str) -> bool:
    function = _FUNCTION.fullmatch(right)
    if sign not in ("==", "!=") or (function and function[1] != "pat"):
        return False
    match check["type"]:
        case "http":
            return _set_text(check, sign, function[2] if function else None, right)
        case "dns" if sign == "==" and not function:
            check["expect"] = [*check.get("expect", []), right]
            return True
        case "tcp" if sign == "==" and function and _inner(function[2]):
            check["expect"] = _inner(function[2])
            return True
    return False


def _set_text(check: dict[str, Any], sign: str, pattern: str | None, text: str) -> bool:
    inner = None if pattern is None else _inner(pattern)
    if inner:
        option, value = ("contains" if sign == "==" else "lacks"), inner
    else:
        whole = re.escape(text) if pattern is None else _as_expression(pattern)
        option, value = ("matches" if sign == "==" else "lacks_match"), rf"(?s)\A{whole}\Z"
    if option in check:
        return False
    check[option] = value
    return True


def _inner(pattern: str) -> str:
    """Return the text within `*text*`; nothing where the pattern is any other."""
    inner = pattern[1:-1]
    return inner if pattern.startswith("*") and pattern.endswith("*") and not set(inner) & set("*?[\\") else ""


def _as_expression(pattern: str) -> str:
    return "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)


def _set_json(check: dict[str, Any], left: str, sign: str, right: str) -> bool:
    path = _JSON.fullmatch(left)
    function = _FUNCTION.fullmatch(right)
    if path is None or "json_path" in check or check["type"] != "http":
        return False
    if function is not None:
        inner = _inner(function[2]) if function[1] == "pat" and sign == "==" else ""
        if not inner:
            return False
        sign, right = "contains", inner
    steps = re.sub(r"\.([\w-]*-[\w-]*)", r"['\1']", path[1])
    check |= {"json_path": f"${steps}", "json_operator": sign, "json_value": right}
    return True


_SETTERS: Mapping[str, Callable[[dict[str, Any], str, str], bool]] = {
    "[RESPONSE_TIME]": _response_time,
    "[CERTIFICATE_EXPIRATION]": _certificate,
    "[DNS_RCODE]": _rcode,
    "[BODY]": _body,
}
