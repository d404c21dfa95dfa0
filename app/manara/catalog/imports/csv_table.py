"""Tables of services (CSV) with a header: Manara's own, and those of people and other programs."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from manara.catalog.imports.draft import OF_OPERATOR, Draft, set_interval, set_own, set_timeout
from manara.catalog.imports.durations import seconds_of
from manara.catalog.imports.names import names_of_addresses
from manara.catalog.imports.preview import LeftOut, Note, Why
from manara.catalog.imports.refusal import ImportRefused
from manara.catalog.imports.values import number_in, place_in, table_in, whole_in
from manara.catalog.tag_text import tags_of_text
from manara.catalog.targets import AddressRefused, check_of_address
from manara.probes import CHECK_TYPES
from manara.settings import table_of_check
from manara.wording import one_line
from manara.wording.translation import mark

OPTIONS = "options"
"""The column of Manara's own tables with all that has no column: a check as JSON."""

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "name": ("name", "title", "label", "service"),
    "address": ("address", "url", "target", "link", "host", "hostname", "website", "uri"),
    "type": ("type", "kind", "check"),
    "port": ("port",),
    "group": ("group", "category", "folder"),
    "tags": ("tags", "tag", "labels"),
    "paused": ("paused", "disabled"),
    "note": ("note", "description", "comment"),
    "catalogue": ("catalogue",),
    "operator": ("operator",),
    "official_url": ("official_url", "status page", "status_page"),
    "official": ("official",),
    "official_components": ("official_components",),
    "interval": ("interval", "every"),
    "timeout": ("timeout",),
    "keyword": ("keyword", "contains"),
    "method": ("method",),
    OPTIONS: (OPTIONS,),
}
_TYPES = {"https": "http", "keyword": "http", "website": "http", "port": "tcp", "icmp": "ping", "ssl": "tls"}
_SEPARATORS = ",;\t"
_YES = frozenset({"1", "true", "yes", "x", "on"})
_FORMULA = tuple("=+-@'")
_LONGEST_SHOWN = 80


def separator_of(text: str) -> str:
    """Return what separates the columns of a table; nothing when the first line is no header of one."""
    first = text.lstrip().partition("\n")[0]
    for separator in _SEPARATORS:
        words = [word.strip().strip('"').lower() for word in first.split(separator)]
        if len(words) > 1 and set(words) & {*_COLUMNS["address"], OPTIONS}:
            return separator
    return ""


def drafts_of_table(text: str) -> tuple[list[Draft], list[LeftOut], list[Note]]:
    """Return a draft for each service of a table: rows with one id are checks of one service."""
    separator = separator_of(text)
    if not separator:
        raise ImportRefused(mark("The table has no header with a column called “url” or “address”."))
    rows = csv.reader(io.StringIO(text.lstrip()), delimiter=separator, strict=True)
    try:
        header = [word.strip().lower() for word in next(rows)]
        listed = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        sentence = mark("The table cannot be read: {reason}, in line {line}.")
        raise ImportRefused(sentence, reason=error, line=rows.line_num) from error
    places = {column: _place_of(header, words) for column, words in _COLUMNS.items()}
    unknown = [word for position, word in enumerate(header) if word and position not in places.values()]
    drafts, left_out = _Table(places).read(listed)
    return drafts, left_out, [Note(Why.NO_EQUIVALENT, word) for word in unknown]


def cell(text: str) -> str:
    """Return a text as a cell that no program calculates with (CWE-1236); `plain` takes it back."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain(text: str) -> str:
    """Return the text of a cell."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _place_of(header: list[str], words: tuple[str, ...]) -> int:
    return next((header.index(word) for word in words if word in header), -1)


class _Table:
    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self._by_id: dict[str, Draft] = {}
        self._unnamed: list[tuple[Draft, str]] = []

    def read(self, rows: list[tuple[int, list[str]]]) -> tuple[list[Draft], list[LeftOut]]:
        drafts: list[Draft] = []
        left_out: list[LeftOut] = []
        for line, row in rows:
            values = {name: self._cell(row, place) for name, place in self._places.items()}
            source = f"line {line}"
            if not values["address"] and not values[OPTIONS] and not values["catalogue"]:
                shown = one_line(", ".join(row)[:1000], _LONGEST_SHOWN)
                left_out.append(LeftOut(source, shown, "There is no address."))
                continue
            drafts += self._drafts_of_row(values, source)
        names = names_of_addresses([address for _, address in self._unnamed])
        for (draft, _), name in zip(self._unnamed, names, strict=True):
            draft.name = name
        return drafts, left_out

    def _cell(self, row: list[str], place: int) -> str:
        return plain(row[place].strip()) if 0 <= place < len(row) else ""

    def _drafts_of_row(self, values: Mapping[str, str], source: str) -> Iterator[Draft]:
        known = self._by_id.get(values["id"]) if values["id"] else None
        if known is not None and known.name == values["name"]:
            # Manara's own tables have a row for each check.
            known.checks.append(_check_of(known, values))
            return
        draft = Draft(values["name"], source, values["id"], values["group"])
        if known is not None:
            draft.lost(Why.SAME_ID, detail=values["id"])
        draft.tags = tags_of_text(values["tags"])
        draft.paused = values["paused"].lower() in _YES
        draft.about = values["note"]
        draft.catalogue = values["catalogue"]
        draft.of_operator = {name: values[name] for name in OF_OPERATOR if values[name]}
        if values["official_components"]:
            draft.of_operator["official_components"] = tags_of_text(values["official_components"])
        if values["address"] or values[OPTIONS]:
            draft.checks.append(_check_of(draft, values))
        if not values["name"] and values["address"]:
            self._unnamed.append((draft, values["address"]))
        if values["id"]:
            self._by_id.setdefault(values["id"], draft)
        draft.came(*(name for name, value in values.items() if value))
        yield draft


def _check_of(draft: Draft, values: Mapping[str, str]) -> dict[str, Any]:
    word = values["type"].lower()
    word = _TYPES.get(word, word)
    if word and word not in CHECK_TYPES:
        draft.lost(Why.UNKNOWN_TYPE, detail=values["type"])
        return draft.nowhere()
    check: dict[str, Any] = {}
    try:
        set_own(draft, check, _own_options(draft, values[OPTIONS]) | _addressed(word, values))
    except AddressRefused as refused:
        draft.lost(Why.UNUSABLE_ADDRESS, detail=refused)
        return draft.nowhere()
    set_interval(draft, check, _seconds(values["interval"]))
    set_timeout(draft, check, _seconds(values["timeout"]))
    if check["type"] == "http":
        check |= {"contains": values["keyword"]} if values["keyword"] else {}
        check |= {"method": values["method"].upper()} if values["method"] else {}
    return check


def _own_options(draft: Draft, text: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        options = json.loads(text)
    except (ValueError, RecursionError):
        options = None
    if not isinstance(options, dict):
        draft.lost(Why.BAD_VALUE, OPTIONS, "it is no table as JSON")
    return table_in(options)


def _addressed(word: str, values: Mapping[str, str]) -> dict[str, Any]:
    """Return type and place of a check."""
    address, port = values["address"], whole_in(values["port"])
    if not word and address.lower().startswith(("http://", "https://")):
        word = "http"
    match word:
        case "http":
            return {"type": word, "url": address if "://" in address else f"https://{address}"}
        case "dns" if "://" not in address:
            name, _, record_type = address.partition(" ")
            return {"type": word, "name": name, "record_type": record_type.strip() or "A"}
        case "ping" if "://" not in address:
            return {"type": word, "host": address.strip("[]")}
        case "tcp" | "tls" if "://" not in address:
            host, own_port = (address, None) if _is_bare_ipv6(address) else place_in(address)
            return {"type": word, "host": host, "port": own_port or port or (443 if word == "tls" else None)}
    if port and "://" not in address:
        address = f"[{address}]:{port}" if _is_bare_ipv6(address) else f"{address}:{port}"
    return table_of_check(check_of_address(address))


def _is_bare_ipv6(address: str) -> bool:
    return address.count(":") > 1 and not address.startswith("[")


def _seconds(text: str) -> float | None:
    number = number_in(text)
    return seconds_of(text) if number is None else number
