"""`manara services import` and `export` as the program runs them, put together.

`main` loads this module only for them: YAML and databases are nobody else's business.
"""

import sys
from pathlib import Path

from manara.catalog.imports import ImportPreview, Into, Kind, read_import
from manara.catalog.imports.source import MAX_BYTES, decoded, too_large
from manara.cli.arguments import ExportArguments, ImportArguments
from manara.cli.commands import own_translator, refuse_missing, settings_explained
from manara.cli.exports import run_export
from manara.cli.imports import run_import
from manara.cli.targets import Places
from manara.cli.terminal import Terminal
from manara.monitor.opening import open_settings

STANDARD_INPUT = "-"


def import_services(arguments: ImportArguments) -> int:
    """Run `manara services import`."""
    tr = own_translator()
    with settings_explained():
        catalogue, file = open_settings(arguments.config)
        into = Into(settings=file.load(), catalogue=catalogue, tr=tr)

        def read() -> ImportPreview:
            kind = None if arguments.kind is None else Kind(arguments.kind)
            source = _typed() if arguments.source == STANDARD_INPUT else Path(arguments.source)
            return read_import(source, into, kind=kind)

        return run_import(arguments, read, file, tr=tr, out=Terminal())


def export_services(arguments: ExportArguments) -> int:
    """Run `manara services export`."""
    with settings_explained():
        refuse_missing(arguments.config)
        catalogue, file = open_settings(arguments.config)
        places = Places(file.load(), catalogue)
    return run_export(arguments, places, tr=own_translator(), out=Terminal(), err=Terminal(stderr=True))


def _typed() -> str:
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_large(STANDARD_INPUT)
    return decoded(content, STANDARD_INPUT)
