"""Words for the preferences: what was changed, and how the checks of Manara itself turned out."""

from typing import Any

from manara.wording.plain import one_line
from manara.wording.translation import Translator

LONGEST_VALUE = 60


def changed_sentence(tr: Translator, label: str, value: Any) -> str:
    """Return what was changed: `Longest look: 20s.`; a value of None is the default."""
    if value is None:
        return tr("{option} is as by default again.").format(option=label)
    return tr("{option} was changed: {value}").format(option=label, value=value_text(tr, value))


def conflict_sentence(tr: Translator, label: str, value: Any) -> str:
    """Return what an option is in the file now; a value of None is the default."""
    if value is None:
        return tr("“{option}” is as by default now.").format(option=label)
    return tr("“{option}” is now: {value}.").format(option=label, value=value_text(tr, value))


def value_text(tr: Translator, value: Any) -> str:
    """Return a value of the settings file on one line."""
    match value:
        case bool():
            return tr("yes") if value else tr("no")
        case list():
            return one_line(", ".join(map(str, value)), LONGEST_VALUE)
    return one_line(str(value), LONGEST_VALUE)
