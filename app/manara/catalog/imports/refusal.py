"""How an import ends without a preview."""

from manara.wording import Translator, one_line


class ImportRefused(Exception):  # noqa: N818 - it names what happened
    """A file cannot be imported. Its text is a sentence; nothing was changed."""

    def __init__(self, text: str, **values: object) -> None:
        self._text = text
        self._values = {name: one_line(str(value)) for name, value in values.items()}
        super().__init__(text.format(**self._values))

    def sentence(self, tr: Translator) -> str:
        """Return the sentence in the reader's language."""
        return tr(self._text).format(**self._values)


class ImportCancelled(Exception):  # noqa: N818 - it names what happened
    """Somebody wanted the import to end. Nothing was changed."""
