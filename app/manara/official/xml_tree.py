"""XML from anybody: no document type, no entities of its own, no depth and no number of elements without end.

A document type is what bombs and references to other files are made with (Python's documentation, "XML security").
"""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from manara.official.told import NotItsFormat

DEEPEST = 50
MOST_ELEMENTS = 100_000


def xml_tree(content: bytes) -> Element:
    """Return the root; names without their namespace, but `other:` before those of extensions.

    Raise `NotItsFormat` where it is not well-formed or goes beyond the limits.
    """
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the library's way to say that this is all
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotItsFormat("It is not well-formed XML") from error


def texts(parent: Element, name: str) -> list[str]:
    """Return the texts of the children of that name."""
    return ["".join(child.itertext()) for child in parent if child.tag == name]


def text_of(parent: Element, *names: str) -> str:
    """Return the text of the first child that has one of the names and any text, the names best first."""
    return next((found for name in names for found in texts(parent, name) if found.strip()), "")


class _Builder:
    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._depth = 0
        self._elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST or self._elements > MOST_ELEMENTS:
            raise NotItsFormat("It is too deep or too long")
        self._tree.start(_plain(name), {_plain(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(_plain(name))

    def data(self, data: str) -> None:
        self._tree.data(data)

    def close(self) -> Element:
        return self._tree.close()


_OWN = frozenset({"", "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/", "http://backend.userland.com/rss2"})
_CONTENT = "http://purl.org/rss/1.0/modules/content/"


def _plain(name: str) -> str:
    space, _, local = name.rpartition("}")
    return local if space in _OWN or space == _CONTENT else f"other:{local}"


def _refuse(*_declared: object) -> None:
    raise NotItsFormat("It declares a document type")
