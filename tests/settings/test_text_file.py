import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manara.model import SettingsInvalid
from manara.settings import fingerprint_of, read_toml
from manara.settings.text_file import MAX_BYTES
from settings.lamps import problems


def test_a_missing_file_is_none(tmp_path):
    assert read_toml(tmp_path / "none.toml") is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a = ", "line 1: The file is not TOML: Invalid value."),
        (b"\n\na b = 1", "line 3, column 3: The file is not TOML: Expected '=' after a key in a key/value pair."),
        (b"\na = [1, 2\n", "line 3: The file is not TOML: Unclosed array."),
        (b"a = 1\na = 2", "line 2: The file is not TOML: Cannot overwrite a value."),
        (b"a = 1\n\xff\n", "line 2: The file is not text in UTF-8; save it in this encoding."),
        ("a = 1".encode("utf-16"), "line 1: The file is not text in UTF-8; save it in this encoding."),
        (b"a = " + b"[" * 5000, "The file is nested too deeply."),
        (b"a = " + b"9" * 5000, "The file has a number with too many digits."),
        (b"#" * (MAX_BYTES + 1), "The file is larger than 4 MiB, so it is not read."),
    ],
)
def test_a_file_that_cannot_be_used_is_explained_in_one_sentence(tmp_path, content, sentence):
    assert problems(tmp_path, content) == [sentence]


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "settings.toml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    with pytest.raises(SettingsInvalid, match="larger than 4 MiB"):
        read_toml(path)


def test_a_byte_order_mark_and_foreign_line_ends_are_read(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xef\xbb\xbf[network]\r\nca_file = 'x'\r\n")

    assert read_toml(path).table == {"network": {"ca_file": "x"}}


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(SettingsInvalid, match=r"This is a folder\."):
        read_toml(tmp_path)


def test_a_named_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(SettingsInvalid, match=r"This is not a file\."):
        read_toml(tmp_path / "pipe")


def test_a_file_behind_another_file_cannot_be_read(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsInvalid, match=r"cannot be read: Not a directory\."):
        read_toml(tmp_path / "file" / "settings.toml")


def test_links_in_a_circle_cannot_be_read(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "a")

    with pytest.raises(SettingsInvalid, match="cannot be read: Too many levels"):
        read_toml(tmp_path / "a")


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    with pytest.raises(SettingsInvalid, match=r"No file can have this name\."):
        read_toml(tmp_path / "a\0b")


def test_a_file_without_permission_cannot_be_read(tmp_path):
    # Root may read everything, but not what the kernel itself refuses: the own address space at an unmapped place.
    with pytest.raises(SettingsInvalid, match=r"cannot be read: Input/output error\."):
        read_toml(tmp_path.joinpath("/proc/self/mem"))


def test_a_fingerprint_changes_with_the_file(tmp_path):
    path = tmp_path / "a"
    missing = fingerprint_of(path)
    path.write_text("1")
    first = fingerprint_of(path)
    path.write_text("12")

    assert len({missing, first, fingerprint_of(path)}) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text().map(str.encode) | st.text("[]{}=\"'#.\n ab1,").map(str.encode))
def test_any_content_is_settings_or_problems(tmp_path, content):
    assert all(problem.endswith((".", "?")) for problem in problems(tmp_path, content))
