"""How long it takes to bring thousands of services along, from the file to the settings that are proven and written."""

import json
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.table import Table

from manara.catalog import open_catalogue
from manara.catalog.imports import Into, read_import
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.settings import SettingsFile
from manara.wording import Translator

ROUNDS = 5
SERVICES = 5_000
LINES = 10_000


def imports_table() -> Table:
    """Measure a backup of Uptime Kuma and a file of Gatus into empty settings, the backup again, and a long paste."""
    backup, pasted = _backup(), "\n".join(f"host{number}.example" for number in range(LINES))
    rounds = [_round(backup, pasted) for _ in range(ROUNDS)]
    read, written, again, paste = (median(each) for each in zip(*rounds, strict=True))
    rounds = [_round(_gatus(), "") for _ in range(ROUNDS)]
    of_yaml, written_of_yaml, _, _ = (median(each) for each in zip(*rounds, strict=True))
    table = Table("what", "measured", "goal", title=f"Importing {SERVICES} services")
    table.add_row("read and show", f"{read:.2f} s", "")
    table.add_row("… and write, proof included", f"{read + written:.2f} s", "≤ 2 s")
    table.add_row("from YAML: read and show", f"{of_yaml:.2f} s", "")
    table.add_row("… and write, proof included", f"{of_yaml + written_of_yaml:.2f} s", "≤ 2 s")
    table.add_row("the backup again", f"{again:.2f} s", "")
    table.add_row(f"understand {LINES} pasted lines", f"{paste:.2f} s", "")
    return table


def _round(backup: str, pasted: str) -> tuple[float, float, float, float]:
    with TemporaryDirectory() as folder:
        catalogue = open_catalogue(resource("catalogue.toml"), Path(folder, "none"), CHECK_TYPES)
        file = SettingsFile(Path(folder, "settings.toml"), CHECK_TYPES, catalogue)
        into = Into(settings=file.load(), catalogue=catalogue, tr=Translator())
        begin = perf_counter()
        preview = read_import(backup, into)
        read = perf_counter()
        file.add_services(preview.tables)
        written = perf_counter()
        full = Into(settings=file.load(), catalogue=catalogue, tr=Translator())
        loaded = perf_counter()
        read_import(backup, full)
        again = perf_counter()
        read_import(pasted, into)
        return read - begin, written - read, again - loaded, perf_counter() - again


def _backup() -> str:
    monitors = [
        {
            "id": number,
            "name": f"Service {number}",
            "type": "keyword",
            "url": f"https://service-{number}.example/",
            "keyword": "Welcome",
            "interval": 60,
            "retryInterval": 60,
            "maxretries": 1,
            "timeout": 48,
            "accepted_statuscodes": ["200-299"],
            "headers": '{"Accept": "text/html"}',
            "tags": [{"name": "team", "value": "web"}],
        }
        for number in range(SERVICES)
    ]
    return json.dumps({"version": "1.23.17", "monitorList": monitors})


def _gatus() -> str:
    endpoints = (
        f"- name: Service {number}\n"
        "  group: web\n"
        f"  url: https://service-{number}.example/\n"
        "  interval: 60s\n"
        "  headers: {Accept: text/html}\n"
        '  conditions: ["[STATUS] == 200", "[RESPONSE_TIME] < 500", "[BODY] == pat(*Welcome*)"]\n'
        for number in range(SERVICES)
    )
    return "endpoints:\n" + "".join(endpoints)
