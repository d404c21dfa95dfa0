"""Texts in the reader's language, from the compiled gettext catalogues of a folder; passed in, never global.

Numbers are written here as well: with the reader's digits, wherever they are put into a text of the catalogue. What
machines read or people type (addresses, ports, versions, files) is never one of them: it is put in as a text.
"""

import re
from collections.abc import Sequence
from gettext import NullTranslations, translation
from pathlib import Path

DOMAIN = "manara"


class Translator:
    """Gives the reader's words for an English text; without a catalogue, the text itself."""

    def __init__(self, catalogue: NullTranslations | None = None, *, arabic_digits: bool = False) -> None:
        self._catalogue = catalogue or NullTranslations()
        self._text: type[str] = _ArabicText if arabic_digits else str
        self.arabic_digits = arabic_digits
        """Whether numbers are written with the digits ٠١٢٣٤٥٦٧٨٩."""

    @property
    def language(self) -> str:
        """The code of the language of the words, by the header of the catalogue."""
        return self._catalogue.info().get("language", "en")

    def with_arabic_digits(self) -> "Translator":
        """Return one that has the same words, and writes numbers with the digits ٠١٢٣٤٥٦٧٨٩."""
        return Translator(self._catalogue, arabic_digits=True)

    def __call__(self, text: str) -> str:
        """Return the text in the reader's language; numbers that `format` puts into it have the reader's digits."""
        # gettext answers the empty text with the header of the catalogue.
        return self._text(self._catalogue.gettext(text) if text else "")

    def plural(self, singular: str, plural: str, n: int) -> str:
        """Return the form for `n` things; languages have between one and six forms."""
        return self._text(self._catalogue.ngettext(singular, plural, n))

    def number(self, text: str) -> str:
        """Return a number, a date or a time of day, written like `1.25` or `2021-10-04`, in the reader's digits."""
        return _with_arabic_digits(text) if self.arabic_digits else text


def translator(folder: Path, languages: Sequence[str] | None = None) -> Translator:
    """Return the translator for the first language that the folder has; none of them means English.

    Without `languages`, the environment says which (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`).
    """
    return Translator(translation(DOMAIN, folder, languages, fallback=True))


def mark(text: str) -> str:
    """Mark a text in a table for the people who translate; it is translated where it is shown."""
    return text


_NUMBER = re.compile("[0-9][0-9.:]*")
_ARABIC = {**{ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}, ord("."): "\N{ARABIC DECIMAL SEPARATOR}"}


def _with_arabic_digits(text: str) -> str:
    # The mark keeps what follows in the order of the text around it: Arabic numbers would turn it, even `90 % 12 ms`.
    return _NUMBER.sub(lambda found: found[0].translate(_ARABIC) + "\N{LEFT-TO-RIGHT MARK}", text)


class _ArabicText(str):
    """A text that writes numbers with Arabic digits; texts that are put into it stay as they are."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        """Put values in."""
        return super().format(*map(_written, values), **{name: _written(value) for name, value in named.items()})


def _written(value: object) -> object:
    return _with_arabic_digits(str(value)) if isinstance(value, int | float) else value
