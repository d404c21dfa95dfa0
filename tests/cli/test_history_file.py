import pytest

from fakes.past import Chronicle
from manara.cli.exits import Refused
from manara.cli.history_file import opened_history
from manara.history import NAME


def test_a_history_is_read(tmp_path):
    with Chronicle(tmp_path) as chronicle:
        chronicle.write()

    with opened_history(tmp_path) as reader:
        assert reader.services() == ()


def test_one_that_is_missing_is_an_answer(tmp_path):
    with opened_history(tmp_path / "nowhere") as reader:
        assert reader is None


def refused(folder):
    with pytest.raises(Refused) as refused, opened_history(folder) as reader:
        reader.services()
    assert refused.value.exit_code == 66
    (line,) = refused.value.lines
    return line


def test_one_that_is_no_history_is_refused_in_one_sentence(tmp_path):
    (tmp_path / NAME).write_bytes(b"not SQLite" * 1000)

    assert refused(tmp_path).startswith(f"manara: the history {tmp_path / NAME} cannot be read: ")


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    assert "cannot be read" in refused(tmp_path / "file")


def test_a_newer_history_is_refused(tmp_path):
    with Chronicle(tmp_path) as chronicle:
        chronicle._connection.execute("PRAGMA user_version = 999")

    assert "newer Manara" in refused(tmp_path)
