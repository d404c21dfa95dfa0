"""Words for changing services: what kinds of looks there are, what was changed, why it could not be."""

from collections.abc import Mapping, Sequence
from enum import Enum

from manara.wording.options import option_label
from manara.wording.plain import one_line
from manara.wording.preferences import value_text
from manara.wording.problems import why
from manara.wording.translation import Translator, mark

LONGEST_NAME = 60
_LONGEST_SUBJECT = 60

CHECK_TYPES = {
    "http": mark("Web page (HTTP)"),
    "tcp": mark("Port (TCP)"),
    "tls": mark("Certificate (TLS)"),
    "dns": mark("Name (DNS)"),
    "ping": mark("Sign of life (ping)"),
}
"""What each type of check is called where people choose one."""


class Deed(Enum):
    """What can be done with services."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    PAUSED = "paused"
    RESUMED = "resumed"


_ONE = {
    Deed.ADDED: mark("{name} was added."),
    Deed.CHANGED: mark("{name} was changed."),
    Deed.REMOVED: mark("{name} was removed."),
    Deed.PAUSED: mark("{name} was paused."),
    Deed.RESUMED: mark("{name} is watched again."),
}
# The forms of one are never shown in English; catalogues need them.
_MANY = {
    Deed.ADDED: (mark("{n} service was added."), mark("{n} services were added.")),
    Deed.CHANGED: (mark("{n} service was changed."), mark("{n} services were changed.")),
    Deed.REMOVED: (mark("{n} service was removed."), mark("{n} services were removed.")),
    Deed.PAUSED: (mark("{n} service was paused."), mark("{n} services were paused.")),
    Deed.RESUMED: (mark("{n} service is watched again."), mark("{n} services are watched again.")),
}


def check_type_word(tr: Translator, check_type: str) -> str:
    """Return what a type of check is called; one without a word of its own is called as in the settings file."""
    return tr(CHECK_TYPES[check_type]) if check_type in CHECK_TYPES else one_line(check_type)


def deed_sentence(tr: Translator, deed: Deed, names: Sequence[str]) -> str:
    """Return what was done with the services of these names: `Shop was removed.`, `3 services were paused.`"""
    if len(names) == 1:
        return tr(_ONE[deed]).format(name=one_line(names[0], LONGEST_NAME))
    return tr.plural(*_MANY[deed], len(names)).format(n=len(names))


def not_done(tr: Translator, error: BaseException) -> str:
    """Return why something could not be changed, on one line; it stays as it was."""
    return tr("Nothing was changed: {why}").format(why=one_line(why(tr, error)))


def changed_by_both(tr: Translator, option: str, theirs: object, *, check: str = "", secret: bool = False) -> str:
    """Return that an option was changed here and in the file, and what the file says: `theirs`, None where it is gone.

    `check` is the type of the check whose option it is. A secret is never told, and a table may hold some.
    """
    name = option_label(tr, option)
    if check:
        name = tr("{option} of {check}").format(option=name, check=check_type_word(tr, check))
    if secret or isinstance(theirs, Mapping):
        return tr("Both sides changed: {option}.").format(option=name)
    if theirs is None:
        return tr("Both sides changed: {option}; the file does not set it any more.").format(option=name)
    return tr("Both sides changed: {option}; the file says “{value}”.").format(
        option=name, value=value_text(tr, theirs)
    )


def check_brought_back(tr: Translator, check: str, subject: str) -> str:
    """Return that a check of a type, which looks at `subject`, is written again although the file has it no more."""
    text = tr("{check} ({subject}) was removed from the file; you have changed it, so it comes back.")
    return text.format(check=check_type_word(tr, check), subject=one_line(subject, _LONGEST_SUBJECT))


def check_kept(tr: Translator, check: str, subject: str) -> str:
    """Return that a check which the user has removed stays, since the file has changed it."""
    text = tr("{check} ({subject}) was changed in the file; it stays although you have removed it.")
    return text.format(check=check_type_word(tr, check), subject=one_line(subject, _LONGEST_SUBJECT))
