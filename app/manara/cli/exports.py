"""`manara services export`: all settings or services, to a new file or to the screen, without secrets."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from manara.catalog.exports import Exported, export_csv, export_prometheus, export_toml, warning_sentence
from manara.cli.arguments import ExportArguments
from manara.cli.exits import CANNOT_CREATE, WRONG_USAGE, Refused
from manara.cli.targets import Places
from manara.files import make_private_folder, write_whole
from manara.monitor.report import SCHEMA
from manara.wording import Translator, one_line

_FORMATS: Mapping[str, Callable[[Places], Exported]] = {
    "toml": lambda places: export_toml(places.settings, places.catalogue),
    "csv": lambda places: export_csv(places.settings, places.catalogue),
    "prometheus": lambda places: export_prometheus(places.settings),
}


def run_export(arguments: ExportArguments, places: Places, *, tr: Translator, out: Console, err: Console) -> int:
    """Write the export and tell on the other screen what is not in it; refuse to write over a file."""
    exported = _FORMATS[arguments.form](places)
    several = len(exported.files) > 1
    if arguments.target is None and several and not arguments.json:
        sentence = tr("This format has several files: name a folder for them.")
        raise Refused(WRONG_USAGE, f"manara: {sentence}")
    written = _write(arguments.target, exported, tr, several=several) if arguments.target else ()
    sentences = [warning_sentence(tr, warned) for warned in exported.warnings]
    if arguments.json:
        files = {} if arguments.target else dict(exported.files)
        document = {"schema": SCHEMA, "written": [*map(str, written)], "files": files, "warnings": sentences}
        out.file.write(json.dumps(document, indent=2) + "\n")
        return 0
    if not arguments.target:
        out.file.write("".join(exported.files.values()))
    for path in written:
        out.print(tr("Written: {file}").format(file=one_line(str(path))), soft_wrap=True)
    for sentence in sentences:
        err.print(sentence, soft_wrap=True)
    return 0


def _write(target: Path, exported: Exported, tr: Translator, *, several: bool) -> Sequence[Path]:
    texts = list(exported.files.items())
    paths = [target / name for name, _ in texts] if several else [target]
    try:
        for path in paths:
            if path.exists():
                sentence = tr("{file} is there already, and nothing is written over.").format(file=one_line(str(path)))
                raise Refused(CANNOT_CREATE, f"manara: {sentence}")
        for path, (_, text) in zip(paths, texts, strict=True):
            make_private_folder(path.parent)
            write_whole(path, text.encode())
    except OSError as error:
        sentence = tr("{file} cannot be written: {reason}.").format(file=one_line(str(target)), reason=error.strerror)
        raise Refused(CANNOT_CREATE, f"manara: {sentence}") from error
    return paths
