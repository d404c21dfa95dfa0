"""From an option to what a field says of it and to the editor that fits its type."""

import typing
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import Any, TypeAlias

from manara.model import Option
from manara.settings import duration_text
from manara.settings.form import is_table
from manara.settings.sentences import limit_text
from manara.settings.table import value_in_toml
from manara.ui.form.choice_editors import ChoiceEditor, SwitchEditor
from manara.ui.form.editor import Editor
from manara.ui.form.field import About
from manara.ui.form.text_editors import (
    DurationEditor,
    LinesEditor,
    ListEditor,
    NumberEditor,
    TableEditor,
    TextEditor,
)
from manara.wording import Translator
from manara.wording.options import help_text, option_label, value_word

MakeEditor: TypeAlias = Callable[[str, Option, Any], Editor | None]
"""Gives an editor for the option of a name and a type; None for the usual one."""

LONG_TEXT = 8_192
"""A text that may have so many characters gets more lines than one."""


def about_option(tr: Translator, name: str, option: Option, kind: Any, default: Any) -> About:
    """Return what a field says. `default` is the dataclass's value; None where there is none."""
    return About(
        name,
        option_label(tr, name),
        help_text(tr, option.help),
        limits_text(tr, option, kind),
        # A duration is typed with its unit.
        "" if kind is timedelta else tr(option.unit),
        default_text(tr, default, kind),
    )


def limits_text(tr: Translator, option: Option, kind: Any) -> str:
    """Return the limits of a number, a duration or a list; of a text only an error tells them."""
    low, high = option.minimum, option.maximum
    if kind in (int, float, timedelta):
        low_text, high_text = ("" if limit is None else limit_text(limit, option, kind) for limit in (low, high))
    elif typing.get_origin(kind) is tuple and high is not None:
        return tr.plural("at most {n} line", "at most {n} lines", int(high)).format(n=int(high))
    else:
        return ""
    if low_text and high_text:
        # The unit once is enough.
        low_text = low_text.removesuffix(f" {option.unit}") if option.unit else low_text
        return tr("from {low} to {high}").format(low=low_text, high=high_text)
    if low_text:
        return tr("at least {low}").format(low=low_text)
    return tr("at most {high}").format(high=high_text) if high_text else ""


def default_text(tr: Translator, default: Any, kind: Any) -> str:
    """Return a default as people read it; empty for one that is nothing."""
    match default:
        case bool():
            return tr("yes") if default else tr("no")
        case Enum():
            return value_word(tr, default)
        case timedelta():
            return duration_text(default)
        case None | "" | ():
            return ""
        case tuple() if not is_table(kind):
            return ", ".join(map(str, value_in_toml(default, kind)))
    return str(default)


def usual_editor(tr: Translator, option: Option, kind: Any) -> Editor:
    """Return the editor for an option of this type."""
    if typing.get_origin(kind) is tuple:
        return TableEditor(tr) if is_table(kind) else ListEditor(tr)
    if kind is str:
        return LinesEditor(tr) if (option.maximum or 0) >= LONG_TEXT else TextEditor(tr)
    if issubclass(kind, Enum):
        return ChoiceEditor.of(tr, kind)
    if kind is bool:
        return SwitchEditor()
    return DurationEditor(tr) if kind is timedelta else NumberEditor(tr, kind)
