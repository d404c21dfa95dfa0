"""What a text is, told by what stands in it and never by what the file is called."""

import re
from collections.abc import Mapping
from typing import Any

from manara.catalog.imports.csv_table import separator_of
from manara.catalog.imports.preview import Kind

_MANARA = re.compile(r"^[ \t]*(\[\[services(\.checks)?\]\]|\[(network|checks|history)\]|services[ \t]*=)", re.MULTILINE)
_YAML = re.compile(
    r"^(endpoints|external-endpoints|suites|sites|modules|scrape_configs)[ \t]*:"
    r"|^-[ \t]+[\"']?(targets|labels)[\"']?[ \t]*:",
    re.MULTILINE,
)
_JSON = re.compile(r"\s*(\{|\[\s*(\{|\]))")


def is_json(text: str) -> bool:
    """Tell whether a text begins like a JSON object or a list of objects; `[::1]:80` does not."""
    return _JSON.match(text) is not None


def is_yaml(text: str) -> bool:
    """Tell whether a text has a part that one of the YAML files has."""
    return _YAML.search(text) is not None


def kind_of_text(text: str) -> Kind:
    """Return the kind of a text that is neither JSON nor YAML."""
    if _MANARA.search(text):
        return Kind.MANARA
    return Kind.CSV if separator_of(text) else Kind.LIST


def kind_of_document(document: object) -> Kind | None:
    """Return the kind of what a JSON or YAML text holds; None when it is none that is known."""
    if isinstance(document, list):
        return Kind.PROMETHEUS if document and all(map(_is_target_group, document)) else None
    if not isinstance(document, Mapping):
        return None
    return next((kind for key, kind in _KEYS.items() if key in document), None)


def _is_target_group(item: Any) -> bool:
    return isinstance(item, Mapping) and "targets" in item


_KEYS: Mapping[str, Kind] = {
    "monitorList": Kind.UPTIME_KUMA,
    "endpoints": Kind.GATUS,
    "external-endpoints": Kind.GATUS,
    "suites": Kind.GATUS,
    "sites": Kind.UPPTIME,
    "scrape_configs": Kind.PROMETHEUS,
    "modules": Kind.PROMETHEUS,
}
