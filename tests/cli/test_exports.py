import json
from pathlib import Path

import pytest

from fakes.terminal import pipe
from manara.cli.arguments import parse
from manara.cli.exits import Refused
from manara.cli.exports import run_export
from manara.cli.targets import Places
from manara.model import Service
from manara.probes.http import HttpCheck
from manara.settings import Settings
from manara.wording import Translator

SHOP = Service("shop", "Shop", (HttpCheck(url="https://shop.example/", bearer="env:SHOP"),))


@pytest.fixture
def exporting(catalogue):
    def run(*typed):
        out, err = pipe(), pipe()
        places = Places(Settings(services=(SHOP,)), catalogue)
        arguments = parse(["services", "export", *map(str, typed)])
        assert run_export(arguments, places, tr=Translator(), out=out, err=err) == 0
        return out.file.getvalue(), err.file.getvalue()

    return run


def test_settings_go_to_the_screen_and_warnings_to_the_other(exporting):
    out, err = exporting()

    assert out.startswith('[[services]]\nid = "shop"\n')
    assert err == "env:SHOP is named, its secret is not in the export: bring it along yourself.\n"


def test_a_file_is_written_once_and_never_over_another(exporting, tmp_path):
    target = tmp_path / "new" / "out.csv"

    out, _ = exporting("--format", "csv", target)

    assert out == f"Written: {target}\n"
    assert target.read_text().startswith("id,name,")
    with pytest.raises(Refused) as refused:
        exporting("--format", "csv", target)
    assert refused.value.exit_code == 73
    assert "is there already" in refused.value.lines[0]


def test_prometheus_needs_a_folder_for_its_files(exporting, tmp_path):
    with pytest.raises(Refused) as refused:
        exporting("--format", "prometheus")

    exporting("--format", "prometheus", tmp_path / "p")

    assert refused.value.exit_code == 64
    names = sorted(path.name for path in (tmp_path / "p").iterdir())
    assert names == ["blackbox.yml", "prometheus.yml", "targets.yml"]


def test_json_has_the_files_and_the_warnings(exporting, tmp_path):
    shown = json.loads(exporting("--format", "prometheus", "--json")[0])
    written = json.loads(exporting(tmp_path / "x.toml", "--json")[0])

    assert list(shown["files"]) == ["prometheus.yml", "targets.yml", "blackbox.yml"]
    assert len(shown["warnings"]) == 2
    assert (written["written"], written["files"]) == ([str(tmp_path / "x.toml")], {})


def test_where_nothing_can_be_written_the_reason_is_told(exporting):
    with pytest.raises(Refused) as refused:
        exporting(Path("/proc/nowhere/out.toml"))

    assert refused.value.exit_code == 73
    assert "cannot be written" in refused.value.lines[0]
