import stat

import pytest

from manara.files import make_private_folder, write_whole


def test_a_file_is_replaced_and_readable_for_its_owner_only(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o644)

    write_whole(path, b"new")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_when_a_file_cannot_be_written_nothing_is_left_behind(tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()

    with pytest.raises(OSError, match="directory"):
        write_whole(folder, b"new")

    assert list(tmp_path.iterdir()) == [folder]


def test_missing_folders_are_made_for_the_owner_only(tmp_path):
    folder = tmp_path / "b" / "c"

    make_private_folder(folder)
    make_private_folder(folder)

    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)] == [0o700, 0o700]
