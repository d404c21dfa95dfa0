"""The files that lie beside an imported one and belong to it: modules of the exporter, lists of targets."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from manara.catalog.imports.detection import is_json
from manara.catalog.imports.json_text import read_json
from manara.catalog.imports.preview import Note, Why
from manara.catalog.imports.refusal import ImportRefused
from manara.catalog.imports.source import text_of
from manara.catalog.imports.values import table_in, tables_in
from manara.catalog.imports.yaml_text import read_yaml

_MODULES = ("blackbox.yml", "blackbox.yaml", "blackbox_exporter.yml")
MOST_FILES = 500


def read_document(path: Path) -> Any:
    """Return what a JSON or YAML file holds; raise `ImportRefused`."""
    text = text_of(path)
    return read_json(text, path.name) if is_json(text) and path.suffix == ".json" else read_yaml(text, path.name)


def modules_beside(path: Path) -> dict[str, Any]:
    """Return the modules of the exporter's file that lies in the same folder; none without one."""
    for name in _MODULES:
        file = path.with_name(name)
        if file.is_file():
            return table_in(table_in(read_document(file)).get("modules"))
    return {}


def targets_beside(path: Path, pattern: str) -> tuple[Sequence[dict[str, Any]], Sequence[Note]]:
    """Return the groups of targets in the files that a pattern names, and a note for what was not read.

    Only files in the folder of the configuration are read, or below it: a whole path is that of another computer, so
    that the part of it that there is here counts.
    """
    folder = path.parent.resolve()
    parts = Path(pattern).parts
    is_whole = Path(pattern).is_absolute()
    tails = [Path(*parts[begin:]) for begin in range(1, len(parts))] if is_whole else [Path(*parts)]
    if ".." in parts or not tails:
        return [], [Note(Why.NOT_READ, pattern, "it is not in the folder of the file")]
    files: list[Path] = next((found for tail in tails if (found := _matching(folder, tail))), [])
    if not files:
        return [], [Note(Why.NOT_READ, pattern, "there is no such file in the folder")]
    groups: list[dict[str, Any]] = []
    notes = []
    for file in files:
        try:
            groups += tables_in(read_document(file))
        except ImportRefused as refused:
            notes.append(Note(Why.NOT_READ, file.name, str(refused)))
    return groups, notes


def _matching(folder: Path, pattern: Path) -> list[Path]:
    try:
        found = sorted(folder.glob(str(pattern)))[:MOST_FILES]
    except (ValueError, NotImplementedError, OSError):
        return []
    # A link may lead out of the folder.
    return [file for file in found if file.is_file() and file.resolve().is_relative_to(folder)]
