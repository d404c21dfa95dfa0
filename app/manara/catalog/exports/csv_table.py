"""Services as a table (CSV): a row for each check, with columns for people and one column for all the rest."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from manara.catalog.exports.exported import Exported
from manara.catalog.exports.secrets import without_secrets
from manara.catalog.imports.csv_table import OPTIONS, cell
from manara.catalog.imports.draft import OF_OPERATOR
from manara.catalog.tag_text import text_of_tags
from manara.model import Check, CheckDefaults, Service
from manara.settings import Settings, duration_text, table_of, table_of_check

_PLACES = frozenset({"type", "url", "host", "port", "name", "record_type", "interval", "timeout"})
"""What stands in columns of its own."""
COLUMNS = (
    *("id", "name", "catalogue", "group", "tags", "paused", "note", *OF_OPERATOR),
    *("type", "address", "interval", "timeout", OPTIONS),
)


def export_csv(settings: Settings, catalogue: Mapping[str, Service]) -> Exported:
    """Return the services as a table that Manara imports and a spreadsheet shows."""
    services, warnings = without_secrets(settings.services)
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    for service in services:
        for row in _rows(service, settings.checks, catalogue):
            rows.writerow({name: cell(value) for name, value in row.items()})
    return Exported({"services.csv": text.getvalue()}, warnings)


def _rows(service: Service, defaults: CheckDefaults, catalogue: Mapping[str, Service]) -> Iterator[dict[str, str]]:
    table = table_of(service, defaults, catalogue)
    about = {
        "id": service.id,
        "name": service.name,
        "catalogue": service.catalogue,
        "group": service.group,
        "tags": text_of_tags(service.tags),
        "paused": "true" if service.paused else "",
        "note": service.note,
        **{name: _cell(table[name]) for name in OF_OPERATOR if name in table},
    }
    if "checks" not in table:
        # The catalogue says how to look.
        yield about
        return
    for check in service.checks:
        yield about | _columns(check, defaults)


def _cell(value: str | list[str]) -> str:
    # Of an empty cell, an import takes what the catalogue says; an empty list says that all parts count.
    return value if isinstance(value, str) else text_of_tags(value) or "[]"


def _columns(check: Check, defaults: CheckDefaults) -> dict[str, str]:
    options: dict[str, Any] = {name: value for name, value in table_of_check(check).items() if name not in _PLACES}
    if defaults != CheckDefaults():
        # Other settings may have other defaults.
        options |= {"confirm": check.confirm, "recover": check.recover}
    return {
        "type": check.type,
        "address": check.target,
        "interval": duration_text(check.interval),
        "timeout": duration_text(check.timeout),
        OPTIONS: json.dumps(options, ensure_ascii=False) if options else "",
    }
