import pytest

from manara import paths


@pytest.fixture
def home(monkeypatch, tmp_path):
    """A user whose system names every folder."""
    for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        monkeypatch.setenv(f"XDG_{name}", str(tmp_path / name))
    (tmp_path / "RUNTIME_DIR").mkdir(mode=0o700)
    return tmp_path


def test_everything_lies_in_the_users_own_folders(home):
    assert paths.settings_file() == home / "CONFIG_HOME" / "manara" / "settings.toml"
    assert paths.own_catalogue_file() == home / "CONFIG_HOME" / "manara" / "catalogue.toml"
    assert paths.data_folder() == home / "DATA_HOME" / "manara"
    assert paths.state_folder() == home / "STATE_HOME" / "manara"
    assert paths.runtime_folder() == home / "RUNTIME_DIR" / "manara"


@pytest.mark.parametrize("folder", ["", "/nowhere", "/dev/null"])
def test_without_a_folder_for_running_programs_they_meet_in_that_of_the_state(home, monkeypatch, folder):
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)

    assert paths.runtime_folder() == paths.state_folder()


def test_asking_for_a_folder_makes_none(home):
    paths.settings_file()
    paths.data_folder()
    paths.state_folder()
    paths.runtime_folder()

    assert list(home.rglob("*")) == [home / "RUNTIME_DIR"]


def test_resources_are_found_in_a_checkout():
    assert paths.resource("catalogue.toml").is_file()
    assert paths.resource("icons/manara.svg").is_file()
