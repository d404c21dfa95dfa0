"""A report on paper: a title, questions with answers, and tables. It knows nothing of what it is about.

Every text comes out on one line. What it says stays what it says: nothing in it can become markup.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from manara.wording import one_line

LONGEST = 4_000
"""The longest text of a cell."""
WIDEST = 80
"""A column of plain text is no wider; a longer cell pushes its own line alone."""
SHORT = 25
"""What is no longer, such as a moment with its zone, stays on one line of a page."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; each as long as the columns."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be read."""

    title: str
    answers: tuple[tuple[str, str], ...] = ()
    """Questions, each with its answer."""
    tables: tuple[Table, ...] = ()
    foot: str = ""
    language: str = "en"


def text(paper: Paper) -> str:
    """Return the paper as plain text."""
    blocks = [
        [one_line(paper.title, LONGEST)],
        [f"{_asked(one_line(each))} {one_line(answer, LONGEST)}" for each, answer in paper.answers],
    ]
    tables = ([one_line(table.heading), *_in_columns([table.columns, *table.rows])] for table in paper.tables)
    blocks += tables
    blocks.append([one_line(paper.foot, LONGEST)])
    return "\n\n".join("\n".join(block) for block in blocks if any(block)) + "\n"


def markdown(paper: Paper) -> str:
    """Return the paper as Markdown, with tables as GitHub has them."""
    blocks = [f"# {_marked(paper.title)}"]
    if paper.answers:
        blocks.append("\n".join(f"- **{_marked(_asked(each))}** {_marked(answer)}" for each, answer in paper.answers))
    for table in paper.tables:
        rule = ["---"] * len(table.columns)
        cells = [list(map(_marked, table.columns)), rule, *(list(map(_marked, row)) for row in table.rows)]
        blocks += [f"## {_marked(table.heading)}", "\n".join(f"| {' | '.join(row)} |" for row in cells)]
    if foot := _marked(paper.foot):
        blocks.append(f"*{foot}*")
    return "\n\n".join(blocks) + "\n"


def html(paper: Paper) -> str:
    """Return the paper as one page that needs nothing else: no scripts, nothing from elsewhere. It is pure ASCII."""
    direction = "rtl" if paper.language.partition("_")[0] in RIGHT_TO_LEFT else "ltr"
    page = _PAGE.format(
        language=_escaped(paper.language.replace("_", "-")),
        direction=direction,
        style=_STYLE,
        title=_escaped(paper.title),
        body="\n".join(_body(paper)),
    )
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    lines = [[one_line(cell, LONGEST) for cell in row] for row in rows]
    widths = [min(WIDEST, max(map(len, column))) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield f"  {'  '.join(cells).rstrip()}"


def _body(paper: Paper) -> Iterator[str]:
    if paper.answers:
        rows = (f"<dt>{_escaped(each)}</dt><dd>{_escaped(answer)}</dd>" for each, answer in paper.answers)
        yield f"<dl>{''.join(rows)}</dl>"
    for table in paper.tables:
        yield f"<h2>{_escaped(table.heading)}</h2>"
        head = _row("th", table.columns)
        yield f"<table><thead>{head}</thead><tbody>"
        yield from (_row("td", row) for row in table.rows)
        yield "</tbody></table>"
    if paper.foot:
        yield f"<footer>{_escaped(paper.foot)}</footer>"


def _row(tag: str, cells: Sequence[str]) -> str:
    # Each text has its own direction, so that a name in another script turns nothing around it.
    kinds = ("class=short " if len(cell) <= SHORT else "" for cell in cells)
    row = (f"<{tag} {kind}dir=auto>{_escaped(cell)}</{tag}>" for kind, cell in zip(kinds, cells, strict=True))
    return f"<tr>{''.join(row)}</tr>"


def _asked(question: str) -> str:
    """Return a question as its answer follows it on the line."""
    return question if question.endswith(("?", "\N{ARABIC QUESTION MARK}")) else f"{question}:"


def _escaped(cell: str) -> str:
    return escape(one_line(cell, LONGEST))


def _marked(cell: str) -> str:
    line = _MARKUP.sub(r"\\\g<0>", one_line(cell, LONGEST))
    # Some readers of Markdown make a link of what only looks like an address.
    return _BARE_WWW.sub(r"\1\\.", line.replace("://", "\\://"))


_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&$@]")
_BARE_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --paper: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --paper: #0d1117; }
}
@media print {
  :root { --ink: #000000; --soft: #444444; --line: #bbbbbb; --paper: #ffffff; }
  tr { break-inside: avoid; } h2 { break-after: avoid; } thead { display: table-header-group; }
}
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1.2rem; }
dt { color: var(--soft); } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: start; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
.short { white-space: nowrap; }
footer { margin-top: 2rem; color: var(--soft); font-size: .9rem; }
"""
_PAGE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""
