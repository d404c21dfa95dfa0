"""Makes an export and writes its files. It waits for the disk: for a thread of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from manara.catalog.exports import Exported, Warned, export_csv, export_prometheus, export_toml
from manara.files import make_private_folder, write_whole
from manara.model import Service
from manara.settings import Stored
from manara.ui.imports.reading import chosen_settings


class Form(StrEnum):
    """What settings can be taken elsewhere as. The values are the words of `--format`."""

    TOML = "toml"
    CSV = "csv"
    PROMETHEUS = "prometheus"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of an export, and what their reader must know."""

    paths: tuple[Path, ...]
    warnings: tuple[Warned, ...]


def write_export(form: Form, target: Path, stored: Stored, catalogue: Mapping[str, Service]) -> Written:
    """Write what is watched as one file, or as the files of a folder for Prometheus.

    A file is written over, since the user was asked; in a folder, nothing is. Raise `OSError` or `SettingsInvalid`.
    """
    exported = _exported(form, stored, catalogue)
    texts = list(exported.files.items())
    paths = tuple(target / name for name, _ in texts) if form is Form.PROMETHEUS else (target,)
    for path in paths:
        if form is Form.PROMETHEUS and path.exists():
            raise FileExistsError(17, "it is there already, and nothing is written over", path.name)
    for path, (_, text) in zip(paths, texts, strict=True):
        make_private_folder(path.parent)
        write_whole(path, text.encode())
    return Written(paths, exported.warnings)


def _exported(form: Form, stored: Stored, catalogue: Mapping[str, Service]) -> Exported:
    # What is watched is exported, be it the starter set.
    settings = chosen_settings(replace(stored, chosen=True), catalogue)
    match form:
        case Form.TOML:
            return export_toml(settings, catalogue)
        case Form.CSV:
            return export_csv(settings, catalogue)
        case Form.PROMETHEUS:
            return export_prometheus(settings)
        case never:
            assert_never(never)
