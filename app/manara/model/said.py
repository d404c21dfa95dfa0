"""A sentence for people that can still be said in another language. The words themselves are in `wording`."""

from collections.abc import Mapping


class Said(str):
    """The English sentence, and what it was made from: a text, and the values that were put into it.

    A value that is `Said` itself is a part of the sentence and is translated as well; any other is put in as it is.
    """

    __slots__ = ("text", "values")

    text: str
    values: Mapping[str, object]

    def __new__(cls, text: str, **values: object) -> "Said":
        """Put the values into the text, as `str.format` does."""
        said = super().__new__(cls, text.format(**values) if values else text)
        said.text = text
        said.values = values
        return said
