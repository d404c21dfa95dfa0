"""`manara services catalogue`: what there is to choose from, in words or as JSON."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

from rich.console import Console

from manara.catalog import Catalogue, Entry
from manara.catalog.search import Search
from manara.cli.columns import print_columns
from manara.monitor.report import SCHEMA
from manara.wording import Translator, category_word, one_line


def print_catalogue(catalogue: Catalogue, words: Sequence[str], tr: Translator, out: Console, *, as_json: bool) -> None:
    """Print the services that the words mean, best first; without words all, the popular ones first."""
    entries = Search(catalogue.entries, partial(category_word, tr)).search(" ".join(words), len(catalogue))
    if as_json:
        out.file.write(json.dumps({"schema": SCHEMA, "catalogue": [*map(_document, entries)]}, indent=2) + "\n")
        return
    if not entries:
        out.print(tr("The catalogue has nothing like it; an address can be watched as well"), soft_wrap=True)
    print_columns([_row(entry, tr) for entry in entries], out)


def _row(entry: Entry, tr: Translator) -> tuple[str, ...]:
    texts = (entry.service.name, category_word(tr, entry.category), entry.operator, entry.name_ar)
    return (entry.service.id, *map(one_line, texts))


def _document(entry: Entry) -> dict[str, Any]:
    official = entry.official
    return {
        "id": entry.service.id,
        "name": entry.service.name,
        "name_ar": entry.name_ar,
        "category": entry.category,
        "operator": entry.operator,
        "aliases": list(entry.aliases),
        "popular": list(entry.popular),
        "ticker": entry.ticker,
        "official": None if official is None else {"kind": official.kind, "url": official.url},
        "checks": [{"type": check.type, "target": check.target} for check in entry.service.checks],
    }
