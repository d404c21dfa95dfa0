import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.model import Failure, Reason
from manara.probes.content import ContentRules, JsonOperator, judge_content, usable_json_path, usable_pattern

SHOP = json.dumps({
    "status": "ok",
    "queue": 12,
    "load": "0.5",
    "id": 9007199254740993,
    "ready": True,
    "error": None,
    "parts": [{"name": "db", "state": "up"}, {"name": "mail", "state": "down"}],
    "tags": ["eu", 7],
})  # fmt: skip


async def judged(text: str, **rules: str) -> Reason | None:
    failure = await judge_content(ContentRules(**rules), text)
    return failure.reason if failure else None


async def json_judged(path: str, relation: str = "exists", value: str = "", text: str = SHOP) -> Reason | None:
    rules = ContentRules(json_path=path, json_operator=JsonOperator(relation), json_value=value)
    failure = await judge_content(rules, text)
    return failure.reason if failure else None


def test_no_rule_wants_nothing() -> None:
    assert not ContentRules()
    assert all(ContentRules(**{rule: "x"}) for rule in ("contains", "lacks", "matches", "lacks_match", "json_path"))


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"contains": "Cart"}, None),
        ({"contains": "cart"}, Reason.TEXT_MISSING),
        ({"lacks": "Error"}, None),
        ({"lacks": "Cart"}, Reason.TEXT_PRESENT),
        ({"matches": r"Cart \(\d+\)"}, None),
        ({"matches": r"^Cart$"}, Reason.TEXT_MISSING),
        ({"lacks_match": r"(?i)exception"}, None),
        ({"lacks_match": r"(?i)your cart"}, Reason.TEXT_PRESENT),
        ({"contains": "Your", "matches": "Cart", "lacks": "Error", "lacks_match": "Fail"}, None),
        ({"contains": "Your", "matches": "Cart", "lacks": "(3)"}, Reason.TEXT_PRESENT),
    ],
)
async def test_text_rules(rules: dict[str, str], reason: Reason | None) -> None:
    assert await judged("Your Cart (3)", **rules) is reason


async def test_the_missing_text_is_named_in_short() -> None:
    failure = await judge_content(ContentRules(contains="x" * 200), "")

    assert failure == Failure(Reason.TEXT_MISSING, f"“{'x' * 79}…” is not in the answer")


async def test_a_pattern_without_end_is_stopped_and_the_loop_runs_on_meanwhile() -> None:
    ticks = tries = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    # A machine that stands still while the pattern is tried leaves the loop no time, but not again and again.
    while ticks <= 5 and tries < 10:
        ticks, tries = 0, tries + 1
        ticking = asyncio.create_task(tick())
        reason = await judged("x" * 5000, matches="(x+x+)+y")
        ticking.cancel()
        assert reason is Reason.RULE_TOO_SLOW

    assert ticks > 5


@pytest.mark.parametrize(
    ("path", "relation", "value", "good"),
    [
        ("$.status", "exists", "", True),
        ("$.error", "exists", "", True),
        ("$.none", "exists", "", False),
        ("$.status", "==", "ok", True),
        ("$.status", "==", "down", False),
        ("$.status", "!=", "down", True),
        ("$.status", "!=", "ok", False),
        ("$.none", "!=", "ok", False),
        ("$.status", "contains", "o", True),
        ("$.status", "contains", "x", False),
        ("$.status", "<", "5", False),
        ("$.queue", "==", "12", True),
        ("$.queue", "==", "12.0", True),
        ("$.queue", "==", "twelve", False),
        ("$.queue", "<", "13", True),
        ("$.queue", "<", "12", False),
        ("$.queue", "<=", "12", True),
        ("$.queue", ">", "12", False),
        ("$.queue", ">", "11.5", True),
        ("$.queue", ">=", "12", True),
        ("$.queue", ">=", "many", False),
        ("$.queue", "contains", "1", False),
        ("$.load", "<", "1", True),
        ("$.id", "==", "9007199254740993", True),
        ("$.id", "==", "9007199254740992", False),
        ("$.ready", "==", "true", True),
        ("$.ready", "==", "1", False),
        ("$.ready", ">", "0", False),
        ("$.error", "==", "null", True),
        ("$.error", "!=", "null", False),
        ("$.parts[0]", "==", '{"state": "up", "name": "db"}', True),
        ("$.parts[0]", "contains", "name", True),
        ("$.parts[*].name", "contains", "m", False),
        ("$.parts[*].state", "==", "up", False),
        ("$.parts[?@.name == 'db'].state", "==", "up", True),
        ("$..state", "!=", "unknown", True),
        ("$.tags", "contains", "eu", True),
        ("$.tags", "contains", "7", True),
        ("$.tags", "contains", "us", False),
        ("$.ready", "contains", "true", False),
    ],
)
async def test_every_value_that_a_path_finds_must_hold(path: str, relation: str, value: str, good: bool) -> None:
    assert await json_judged(path, relation, value) is (None if good else Reason.JSON_MISMATCH)


async def test_a_mismatch_shows_path_value_and_what_was_wanted() -> None:
    failure = await judge_content(ContentRules(json_path="$.status", json_operator="==", json_value="up"), SHOP)

    assert failure == Failure(Reason.JSON_MISMATCH, '$.status is "ok", not == up')


@pytest.mark.parametrize(
    "text",
    ["", "<html>", "{", '{"a": 1} x', "plain", "[" * 100_000, '{"a":' * 5000 + "1" + "}" * 5000, "1" * 5000],
    ids=["empty", "html", "open", "rest", "plain", "deep-list", "deep-object", "long-number"],
)
async def test_what_is_not_usable_json_is_named_so(text: str) -> None:
    assert await json_judged("$..a", text=text) is Reason.NOT_JSON


async def test_depth_that_the_decoder_takes_but_a_path_does_not_is_no_json_either() -> None:
    text = "[" * 150 + "1" + "]" * 150

    assert await json_judged("$..a", text=text) is Reason.NOT_JSON


async def test_a_number_beyond_all_bounds_is_no_number() -> None:
    assert await json_judged("$", "<", "1", text="1" * 4000) is Reason.JSON_MISMATCH


async def test_a_text_alone_is_json_too() -> None:
    assert await json_judged("$", "==", "[pass]", text='"[pass]"') is None


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists), st.sampled_from(JsonOperator))
async def test_any_json_is_judged_without_an_exception(value: object, relation: JsonOperator) -> None:
    failure = await judge_content(ContentRules("", "", "", "", "$", relation, "1"), json.dumps(value))

    assert failure is None or failure.reason is Reason.JSON_MISMATCH


@pytest.mark.parametrize("pattern", ["", "a|b", r"(?i)\d{3}", r"\p{Arabic}"])
def test_patterns_are_accepted(pattern: str) -> None:
    usable_pattern(pattern)


@pytest.mark.parametrize("pattern", ["(", "*", "[a", r"(?P<x>a)(?P<"])
def test_what_is_no_pattern_is_refused_with_a_sentence(pattern: str) -> None:
    with pytest.raises(ValueError, match="is not a regular expression"):
        usable_pattern(pattern)


@pytest.mark.parametrize("path", ["", "$", "$.a", "$..a[?@.b == 1 && count(@.*) > 2]", "$['$schema']"])
def test_json_paths_are_accepted(path: str) -> None:
    usable_json_path(path)


@pytest.mark.parametrize("path", ["a", "$.", "$[?", "$[?match(@.a, 'b')]", "$[?search(@.a, 'b')]", "$.a ", "(" * 400])
def test_what_is_no_json_path_is_refused_with_a_sentence(path: str) -> None:
    with pytest.raises(ValueError, match="is not a JSONPath"):
        usable_json_path(path)


@pytest.mark.parametrize("path", ["$..a..b", "$[?$.a == 1]", "$[?@[?@[?@.a]]]"])
def test_paths_whose_cost_explodes_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="too costly"):
        usable_json_path(path)
