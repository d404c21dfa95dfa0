"""From a file, a folder or a text to the preview of an import. Nothing is written here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manara.catalog.imports.beside import MOST_FILES, modules_beside, read_document, targets_beside
from manara.catalog.imports.csv_table import drafts_of_table
from manara.catalog.imports.detection import is_json, is_yaml, kind_of_document, kind_of_text
from manara.catalog.imports.draft import Draft
from manara.catalog.imports.finishing import Finisher
from manara.catalog.imports.gatus import drafts_of_gatus, merged
from manara.catalog.imports.json_text import read_json
from manara.catalog.imports.kuma_backup import drafts_of_backup
from manara.catalog.imports.kuma_database import drafts_of_database
from manara.catalog.imports.lines import drafts_of_lines
from manara.catalog.imports.own import drafts_of_settings, read_toml_text
from manara.catalog.imports.preview import ImportPreview, Kind, LeftOut, Note, Why
from manara.catalog.imports.prometheus import drafts_of_prometheus, drafts_of_targets
from manara.catalog.imports.refusal import ImportRefused
from manara.catalog.imports.source import MAX_BYTES, SQLITE, first_bytes, text_of, too_large
from manara.catalog.imports.steps import Steps
from manara.catalog.imports.upptime import drafts_of_upptime
from manara.catalog.imports.values import table_in, tables_in
from manara.catalog.imports.yaml_text import read_yaml
from manara.model import Service
from manara.settings import Settings
from manara.wording import Translator
from manara.wording.translation import mark

MOST_SERVICES = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """What an import goes into: the settings that there are, the catalogue, and the language of notes."""

    settings: Settings
    catalogue: Mapping[str, Service]
    tr: Translator


def read_import(
    source: Path | str,
    into: Into,
    *,
    kind: Kind | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPreview:
    """Read a file, a folder (of Gatus or Prometheus) or a text; raise `ImportRefused` or `ImportCancelled`.

    Without a kind, the content tells it. `on_progress` gets how many of how many are done, again and again from 0.
    """
    steps = Steps(on_progress, cancelled)
    steps.tell(0, 1)
    reader = _Reader(into, steps, kind)
    found = reader.of_text(source, "text") if isinstance(source, str) else reader.of_path(source)
    if len(found.drafts) > MOST_SERVICES:
        sentence = mark("There are more than {limit} services in it, so it is not imported.")
        raise ImportRefused(sentence, limit=MOST_SERVICES)
    finisher = Finisher(into.settings, into.catalogue, into.tr)
    return ImportPreview(
        found.kind, finisher.candidates(found.drafts, steps), tuple(found.left_out), tuple(found.notes)
    )


def read_pasted(text: str, into: Into, *, cancelled: Callable[[], bool] | None = None) -> ImportPreview:
    """Understand each line of a text that was pasted; a line that is no address is left out and says why.

    A text that is one of the known files is read as such. Raise `ImportRefused` for what is far too long.
    """
    return read_import(text, into, cancelled=cancelled)


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Kind
    drafts: list[Draft]
    notes: list[Note]
    left_out: list[LeftOut]


@dataclass(frozen=True, slots=True)
class _Reader:
    into: Into
    steps: Steps
    kind: Kind | None

    def of_path(self, path: Path) -> _Found:
        if path.is_dir():
            return _of_folder(path, self.kind)
        is_database = first_bytes(path) == SQLITE
        if is_database if self.kind is None else self.kind is Kind.UPTIME_KUMA_DATABASE:
            drafts, notes = drafts_of_database(path, self.steps)
            return _Found(Kind.UPTIME_KUMA_DATABASE, drafts, notes, [])
        return self.of_text(text_of(path), path.name, path)

    def of_text(self, text: str, name: str, path: Path | None = None) -> _Found:
        if len(text) > MAX_BYTES:
            raise too_large(name)
        kind = self.kind
        if kind is None and not is_json(text) and not is_yaml(text):
            kind = kind_of_text(text)
        match kind:
            case Kind.MANARA:
                drafts, notes = drafts_of_settings(read_toml_text(text, name), self.into.catalogue)
                return _Found(kind, drafts, notes, [])
            case Kind.CSV:
                drafts, left_out, notes = drafts_of_table(text)
                return _Found(kind, drafts, notes, left_out)
            case Kind.LIST:
                drafts, left_out = drafts_of_lines(text, self.steps)
                return _Found(kind, drafts, [], left_out)
            case Kind.UPTIME_KUMA_DATABASE:
                raise ImportRefused(mark("{file} is not a database."), file=name)
        document = read_json(text, name) if is_json(text) else read_yaml(text, name)
        return _of_document(document, name, kind, path)


def _of_document(document: Any, name: str, kind: Kind | None, path: Path | None) -> _Found:
    found = kind_of_document(document)
    if found is None or kind not in (None, found):
        raise ImportRefused(mark("{file} is none of the files that can be imported."), file=name)
    match found:
        case Kind.UPTIME_KUMA:
            drafts, notes = drafts_of_backup(document)
        case Kind.GATUS:
            drafts, notes = drafts_of_gatus(document)
        case Kind.UPPTIME:
            drafts, notes = drafts_of_upptime(document)
        case _:
            drafts, notes = _of_prometheus(document, name, path)
    return _Found(found, drafts, notes, [])


def _of_prometheus(document: Any, name: str, path: Path | None) -> tuple[list[Draft], list[Note]]:
    modules = table_in(document.get("modules")) if isinstance(document, dict) else {}
    if path is not None:
        modules = {**modules_beside(path), **modules}
    if isinstance(document, list):
        return drafts_of_targets(tables_in(document), modules)
    if "scrape_configs" not in document:
        sentence = mark("{file} says how to look, not at what; import prometheus.yml or the folder with both.")
        raise ImportRefused(sentence, file=name)

    def files(pattern: str) -> tuple[list[dict[str, Any]], list[Note]]:
        if path is None:
            return [], [Note(Why.NOT_READ, pattern, "a text has no folder")]
        groups, notes = targets_beside(path, pattern)
        return list(groups), list(notes)

    return drafts_of_prometheus(document, modules, files)


def _of_folder(folder: Path, kind: Kind | None) -> _Found:
    """Read a folder of Gatus files as one, or Prometheus's main file with those beside it."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".yml", ".yaml") and file.is_file())
    if len(files) > MOST_FILES:
        sentence = mark("{file} has more than {limit} YAML files, so it is not read.")
        raise ImportRefused(sentence, file=folder.name, limit=MOST_FILES)
    documents = [(file, read_document(file)) for file in files]
    for file, document in documents:
        if isinstance(document, dict) and "scrape_configs" in document and kind in (None, Kind.PROMETHEUS):
            return _of_document(document, file.name, kind, file)
    whole = merged([document for _, document in documents if isinstance(document, dict)])
    if kind_of_document(whole) is not Kind.GATUS or kind not in (None, Kind.GATUS):
        sentence = mark("{file} is a folder without the files of Gatus or Prometheus.")
        raise ImportRefused(sentence, file=folder.name)
    return _of_document(whole, folder.name, kind, None)
