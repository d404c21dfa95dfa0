"""The reference of every setting, in Markdown, from the same declarations that the file is checked by."""

import typing
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import timedelta
from enum import Enum
from typing import Any

import tomlkit

from manara.model import (
    AppearanceOptions,
    Check,
    CheckDefaults,
    DiagnosisOptions,
    HistoryOptions,
    NetworkOptions,
    Option,
    options_of,
)
from manara.settings.form import is_table, kinds_of, required_options
from manara.settings.sentences import limit_text
from manara.settings.service_options import ServiceOptions
from manara.settings.table import value_in_toml


def reference_markdown(check_types: Mapping[str, type[Check]]) -> str:
    """Return the reference of all sections and of all check types."""
    shared = tuple(options_of(Check))
    parts = [
        _section("`[network]`", "How the network is reached.", NetworkOptions),
        _section("`[checks]`", "What holds for every check that does not say otherwise.", CheckDefaults),
        _section("`[diagnosis]`", "What is done to find out why something is down.", DiagnosisOptions),
        _section("`[history]`", "What is kept of the measurements, and how the uptime is counted.", HistoryOptions),
        _section("`[appearance]`", "How the window looks.", AppearanceOptions),
        _section("`[[services]]`", "What to watch, one section each.", ServiceOptions),
        _section(
            "`[[services.checks]]`",
            "How to look at the service above, one section each. `type` says which kind of look; these are for all:",
            Check,
        ),
    ]
    for word, cls in check_types.items():
        about = (cls.__doc__ or "").strip().split("\n")[0]
        own = [name for name in options_of(cls) if name not in shared]
        parts.append(_section(f'`type = "{word}"`', about, cls, own, level="####"))
    return "\n".join(parts)


def _section(title: str, about: str, cls: type, names: Iterable[str] | None = None, *, level: str = "###") -> str:
    options, kinds, required = options_of(cls), kinds_of(cls), required_options(cls)
    defaults = {field.name: field.default for field in fields(cls)}
    rows = ["| setting | value | default | limits | meaning |", "|---|---|---|---|---|"]
    for name in options if names is None else names:
        default = "must be set" if name in required else _default(defaults[name], kinds[name])
        cells = (f"`{name}`", _kind(kinds[name]), default, _limits(options[name], kinds[name]), options[name].help)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([f"{level} {title}", "", about, "", *rows, ""])


def _kind(kind: Any) -> str:
    if is_table(kind):
        return "table of texts"
    if typing.get_origin(kind) is tuple:
        return f"list: {_kind(typing.get_args(kind)[0])}"
    if issubclass(kind, Enum):
        return ", ".join(f'`"{member.value}"`' for member in kind)
    return _KINDS[kind]


_KINDS = {str: "text", int: "whole number", float: "number", bool: "`true`, `false`", timedelta: "duration"}


def _default(value: Any, kind: Any) -> str:
    if value in (None, "", ()):
        return "-"
    return f"`{tomlkit.item(value_in_toml(value, kind)).as_string()}`"


def _limits(option: Option, kind: Any) -> str:
    low, high = option.minimum, option.maximum
    if kind in (int, float, timedelta):
        low_text, high_text = ("" if limit is None else limit_text(limit, option, kind) for limit in (low, high))
        of_what = ""
    else:
        low_text, high_text = ("" if limit is None else f"{limit:g}" for limit in (low, high))
        of_what = " characters" if kind is str else " items"
    if low_text and high_text:
        return f"{low_text} to {high_text}{of_what}"
    if low_text or high_text:
        return f"at least {low_text}{of_what}" if low_text else f"at most {high_text}{of_what}"
    return "-"
