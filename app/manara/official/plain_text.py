"""From the markup that posts are written in to plain text: nothing of it survives that a window could obey."""

import re
from html import unescape

from manara.wording import one_line

LONGEST_TEXT = 1_000
"""Characters of a post that are kept."""
LONGEST_LINE = 300
"""Characters of a paragraph, or of a title, that are kept."""

_READ = 12 * LONGEST_TEXT
"""Characters of markup that are looked at: most of it is tags."""


def plain_text(markup: str, longest: int = LONGEST_TEXT) -> str:
    """Return the text of markup, one line for each paragraph; scripts and styles are left out."""
    head = markup[:_READ]
    if "<" in head:
        head = _TAG.sub(_in_place_of, _HIDDEN.sub(" ", head))
    lines = (one_line(line, LONGEST_LINE) for line in unescape(head).splitlines())
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def plain_line(markup: str, longest: int = LONGEST_LINE) -> str:
    """Return the text of markup on one line."""
    return one_line(plain_text(markup, 2 * longest), longest)


def _in_place_of(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in _BREAKS else ""


# What is not closed goes on to the end, so that nothing is looked at twice: the parser of the standard library takes
# seconds for a page of unfinished tags.
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>"
    r"|<(script|style|template|noscript|iframe|object|svg)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)[^<>]*(?:>|\Z)", re.IGNORECASE)
_BREAKS = frozenset(
    {"p", "br", "div", "li", "ul", "ol", "tr", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
)
