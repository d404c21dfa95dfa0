import io
import sys
from types import SimpleNamespace

import pytest

from manara.catalog.imports import ImportRefused
from manara.catalog.imports.source import MAX_BYTES
from manara.cli.arguments import parse
from manara.cli.exits import Refused
from manara.cli.moving import export_services, import_services


def test_a_list_is_piped_in_and_comes_out_as_a_table(tmp_path, monkeypatch, capsys):
    settings = tmp_path / "settings.toml"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"https://a.example/\n")))

    assert import_services(parse(["services", "import", "-", "--config", str(settings)])) == 0
    assert export_services(parse(["services", "export", "--format", "csv", "--config", str(settings)])) == 0

    assert "a.example,a.example,,,,,,,,,,http,https://a.example/" in capsys.readouterr().out


def test_a_file_is_read_as_the_kind_that_was_said(tmp_path):
    source = tmp_path / "list"
    source.write_text("endpoints: []\n")
    typed = ["services", "import", str(source), "--kind", "list", "--config", str(tmp_path / "s.toml")]

    with pytest.raises(Refused) as refused:
        import_services(parse(typed))

    assert refused.value.lines == ("manara: There is no service in it.",)


def test_what_is_piped_in_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"#" * (MAX_BYTES + 1))))

    with pytest.raises(Refused) as refused:
        import_services(parse(["services", "import", "-", "--config", str(tmp_path / "s.toml")]))

    assert refused.value.exit_code == 65
    assert isinstance(refused.value.__cause__, ImportRefused)


def test_an_export_of_settings_that_are_not_there_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        export_services(parse(["services", "export", "--config", str(tmp_path / "missing.toml")]))

    assert refused.value.exit_code == 78
