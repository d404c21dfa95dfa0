import pytest

from manara.secrets.kept import FILE, Kept


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "manara" / "secrets"


def test_what_was_made_is_known_after_a_restart_until_it_is_gone(folder):
    Kept(folder, "a").add("keyring:shop")
    Kept(folder, "a").add("keyring:blog")

    assert Kept(folder, "a").references() == ("keyring:shop", "keyring:blog")
    Kept(folder, "a").discard("keyring:shop")
    Kept(folder, "a").discard("keyring:shop")
    assert Kept(folder, "a").references() == ("keyring:blog",)
    Kept(folder, "a").discard("keyring:blog")
    assert list(folder.iterdir()) == []


def test_what_was_made_for_other_settings_is_not_told(folder):
    Kept(folder, "a").add("keyring:shop")

    assert Kept(folder, "b").references() == ()
    Kept(folder, "b").add("keyring:blog")
    assert Kept(folder, "a").references() == ("keyring:shop",)


@pytest.mark.parametrize("content", ["", "{", "[1]", "[" * 100_000, "\xff"])
def test_a_list_that_cannot_be_read_is_empty_and_can_be_begun_anew(folder, content):
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(content.encode("latin-1"))

    assert Kept(folder, "a").references() == ()
    Kept(folder, "a").add("keyring:shop")
    assert Kept(folder, "a").references() == ("keyring:shop",)


def test_a_list_that_cannot_be_written_hinders_nobody(tmp_path):
    (tmp_path / "file").write_text("")
    kept = Kept(tmp_path / "file", "a")

    kept.add("keyring:shop")
    kept.discard("keyring:shop")

    assert kept.references() == ()
