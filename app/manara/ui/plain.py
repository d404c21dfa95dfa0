"""Text of any origin as Qt must be given it, so that it stays text and keeps its direction."""

import re

_IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"
_COLONED = re.compile(
    rf"(?<![\w:\[])(?P<bracket>\[)?(?:[0-9a-fA-F]{{0,4}}:){{2,7}}(?:{_IPV4}|[0-9a-fA-F]{{0,4}})"
    r"(?:%\w+)?(?(bracket)\](?::\d+)?)(?![\w:])"
)
"""Addresses of IPv6, also with a port, and times of day: in a text from right to left their parts change places."""
_LONG_WORD = re.compile(r"\S{25,}")
_JOINT = re.compile(r"(?<=[:/?&=,;._-])(?=\w)")
_RUN = re.compile(r"\w{24}(?=\w)")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""What `html.escape` does; its module brings a megabyte of names of characters along."""
_MARKS = str.maketrans(dict.fromkeys("\u2066\u2067\u2068\u2069\u200b"))


def tooltip(*lines: str) -> str:
    """Return text for a tooltip: Qt takes what looks like markup for markup, so markup that is text is made."""
    return "<p>" + "<br>".join(map(as_markup, filter(None, lines))) + "</p>" if any(lines) else ""


def as_markup(text: str) -> str:
    """Return markup that shows a text as it is."""
    return text.translate(_MARKUP)


def isolated(text: str) -> str:
    """Return text that reads in its own direction wherever it stands: `143 ms` stays that in an Arabic window."""
    return f"\u2068{text}\u2069" if text else ""


def addresses_isolated(text: str) -> str:
    """Return text in which addresses keep their order, whatever language is around them."""
    return _COLONED.sub(lambda found: isolated(found.group()), text)


def breakable(text: str) -> str:
    """Return text whose long words can go on in the next line, after a sign or else where they must."""
    return _LONG_WORD.sub(lambda found: _RUN.sub("\\g<0>\u200b", _JOINT.sub("\u200b", found.group())), text)


def bare(text: str) -> str:
    """Return text without the marks that are made here: for the clipboard and for screen readers."""
    return text.translate(_MARKS)
