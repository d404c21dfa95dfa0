"""Remote text made harmless: one line, bounded, nothing that steers a terminal or turns the reading direction."""

from unicodedata import category

LONGEST = 300
LONGEST_CELL = 8000
"""A cell of a spreadsheet ends soon behind this."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
WORD_JOINER = "\N{WORD JOINER}"
"""No line ends here; it is not seen."""

# Overrides and isolates let a text rearrange what stands around it; see Unicode TR 36 and CVE-2021-42574.
_DIRECTION = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def one_line(text: str, longest: int = LONGEST) -> str:
    """Return the text on one line of at most `longest` characters; control characters become visible."""
    if len(text) <= longest and text.isprintable():
        return " ".join(text.split())
    # White space may collapse, so a little more is read than will be shown; the rest is never looked at.
    head = text[: 4 * longest]
    line = " ".join("".join(map(_harmless, head)).split())
    if len(line) > longest or len(text) > len(head):
        return line[: longest - 1].rstrip() + "…"
    return line


def unjoined(text: str) -> str:
    """Return the text without what only keeps its lines from ending there: for programs, which compare and search."""
    return text.replace(WORD_JOINER, "")


def spreadsheet_cell(text: str) -> str:
    """Return the text on one line, as a cell that no program calculates with."""
    cell = one_line(text, LONGEST_CELL)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


# Full-width signs count as well; see CWE-1236.
_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def _harmless(character: str) -> str:
    if character.isprintable() or character.isspace():
        return character
    if character in _DIRECTION:
        return ""
    # Format characters join letters and emoji; everything else that cannot be printed might steer a terminal.
    return character if category(character) == "Cf" else REPLACEMENT
