"""Text of any origin as Qt must be given it, so that it stays text and keeps its direction."""

from html import escape


def tooltip(*lines: str) -> str:
    """Return text for a tooltip: Qt takes what looks like markup for markup, so markup that is text is made."""
    return "<p>" + "<br>".join(escape(line) for line in lines if line) + "</p>" if any(lines) else ""


def isolated(text: str) -> str:
    """Return text that reads in its own direction wherever it stands: `143 ms` stays that in an Arabic window."""
    return f"\u2068{text}\u2069" if text else ""


def bare(text: str) -> str:
    """Return text without the marks of `isolated`: for the clipboard and for screen readers."""
    return text.replace("\u2068", "").replace("\u2069", "")
