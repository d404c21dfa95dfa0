"""Texts in the reader's language, from the compiled gettext catalogues of a folder; passed in, never global."""

from collections.abc import Sequence
from gettext import NullTranslations, translation
from pathlib import Path

DOMAIN = "manara"


class Translator:
    """Gives the reader's words for an English text; without a catalogue, the text itself."""

    def __init__(self, catalogue: NullTranslations | None = None) -> None:
        self._catalogue = catalogue or NullTranslations()

    def __call__(self, text: str) -> str:
        """Return the text in the reader's language."""
        # gettext answers the empty text with the header of the catalogue.
        return self._catalogue.gettext(text) if text else ""

    def plural(self, singular: str, plural: str, n: int) -> str:
        """Return the form for `n` things; languages have between one and six forms."""
        return self._catalogue.ngettext(singular, plural, n)


def translator(folder: Path, languages: Sequence[str] | None = None) -> Translator:
    """Return the translator for the first language that the folder has; none of them means English.

    Without `languages`, the environment says which (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`).
    """
    return Translator(translation(DOMAIN, folder, languages, fallback=True))


def mark(text: str) -> str:
    """Mark a text in a table for the people who translate; it is translated where it is shown."""
    return text
