"""Settings of Manara, as its export writes them or as they stand on another computer."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from manara.catalog.imports.draft import OF_OPERATOR, Draft, set_own
from manara.catalog.imports.preview import Note, Why
from manara.catalog.imports.refusal import ImportRefused
from manara.catalog.imports.values import table_in, tables_in, text_in, texts_in
from manara.model import Check, CheckDefaults, Service, options_of
from manara.probes import CHECK_TYPES
from manara.wording.translation import mark

_OPTIONS = frozenset({"id", "name", "catalogue", "group", "tags", "paused", "note", "checks", *OF_OPERATOR})
_PACE = frozenset(field.name for field in fields(CheckDefaults)) & frozenset(options_of(Check))


def read_toml_text(text: str, name: str) -> dict[str, Any]:
    """Return the tables of a TOML text; raise `ImportRefused` with one sentence when it is broken."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
        raise ImportRefused(mark("{file} is not TOML: {reason}."), file=name, reason=reason) from error
    except RecursionError as error:
        raise ImportRefused(mark("{file} is nested too deeply, so it is not read."), file=name) from error
    except ValueError as error:
        raise ImportRefused(mark("{file} has a number with too many digits."), file=name) from error


def drafts_of_settings(document: Mapping[str, Any], catalogue: Mapping[str, Service]) -> tuple[list[Draft], list[Note]]:
    """Return a draft for each service, and a note for each other section: an import brings services only."""
    tables = tables_in(document.get("services"))
    pace = {name: value for name, value in table_in(document.get("checks")).items() if name in _PACE}
    drafts = [_draft_of(table, number, catalogue, pace) for number, table in enumerate(tables, 1)]
    seen: set[str] = set()
    for draft in drafts:
        if draft.id and draft.id in seen:
            draft.lost(Why.SAME_ID, detail=draft.id)
        seen.add(draft.id)
    return drafts, [Note(Why.NOT_A_CHECK, f"[{section}]") for section in document if section != "services"]


def _draft_of(
    table: Mapping[str, Any], number: int, catalogue: Mapping[str, Service], pace: Mapping[str, Any]
) -> Draft:
    word = text_in(table.get("catalogue"))
    entry = catalogue.get(word)
    draft = Draft(text_in(table.get("name")), f"services[{number - 1}]", text_in(table.get("id")))
    draft.group = text_in(table.get("group")) if "group" in table or entry is None else entry.group
    draft.tags = texts_in(table.get("tags"))
    draft.paused = table.get("paused") is True
    draft.about = text_in(table.get("note"))
    draft.of_operator = {name: table[name] for name in OF_OPERATOR if name in table}
    draft.checks = [_check_of(draft, _paced(check, pace)) for check in tables_in(table.get("checks"))]
    if entry is not None:
        draft.catalogue = word
    elif word:
        draft.lost(Why.UNKNOWN_TYPE, detail=f"catalogue = {word}")
    if not draft.checks and entry is None:
        if not word:
            draft.lost(Why.UNUSABLE_ADDRESS, detail="it has no checks")
        draft.checks.append(draft.nowhere())
    for name in table:
        if name in _OPTIONS:
            draft.came(name)
        else:
            draft.lost(Why.NO_EQUIVALENT, name)
    return draft


def _paced(check: dict[str, Any], pace: Mapping[str, Any]) -> dict[str, Any]:
    """Return a check with what it inherits from the `[checks]` of its own file."""
    inherited = dict(pace)
    if "interval" in check:
        # A timeout that was meant for longer intervals would not fit.
        inherited.pop("timeout", None)
    return {**inherited, **check}


def _check_of(draft: Draft, table: dict[str, Any]) -> dict[str, Any]:
    if table.get("type") in CHECK_TYPES:
        check: dict[str, Any] = {}
        set_own(draft, check, table)
        return check
    draft.lost(Why.UNKNOWN_TYPE, detail=text_in(table.get("type")) or "?")
    return draft.nowhere()
