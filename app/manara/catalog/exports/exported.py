"""What an export is: texts to write, and what the reader of them must know."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from manara.wording import Translator, one_line
from manara.wording.translation import mark


class Remark(StrEnum):
    """One thing to know about an export."""

    REFERENCE = auto()
    """`detail` names a secret that stays where it is."""
    HIDDEN = auto()
    """`detail` of `service` might be a secret and was taken out."""
    LEFT_OUT = auto()
    """The format has no word for the option `detail` of `service`."""
    NO_TARGET = auto()
    """The format has no word for a check of `service`; `detail` is its target."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A remark and what it is about."""

    remark: Remark
    detail: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of an export by name, and what to know about them."""

    files: Mapping[str, str]
    warnings: tuple[Warned, ...] = ()


_SENTENCES: Mapping[Remark, str] = {
    Remark.REFERENCE: mark("{detail} is named, its secret is not in the export: bring it along yourself."),
    Remark.HIDDEN: mark("{service}: {detail} may hold a secret and was taken out."),
    Remark.LEFT_OUT: mark("{service}: {detail} cannot be said in this format and was left out."),
    Remark.NO_TARGET: mark("{service}: the check of {detail} cannot be said in this format and was left out."),
}


def warning_sentence(tr: Translator, warned: Warned) -> str:
    """Return a warning in words."""
    return tr(_SENTENCES[warned.remark]).format(service=one_line(warned.service), detail=one_line(warned.detail))
