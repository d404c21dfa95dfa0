from manara import paths


def test_settings_and_data_lie_in_the_users_own_folders(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    assert paths.settings_file() == tmp_path / "config" / "manara" / "settings.toml"
    assert paths.data_folder() == tmp_path / "data" / "manara"


def test_resources_are_found_in_a_checkout():
    assert paths.resource("catalogue.toml").is_file()
