import pytest

from manara.monitor.opening import open_settings, watched_services
from manara.settings import Settings


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_without_a_name_the_users_own_settings_are_opened(home):
    _, file = open_settings(None)

    assert file.path == home / "config" / "manara" / "settings.toml"


def test_a_named_settings_file_is_opened_instead(home):
    _, file = open_settings(home / "other.toml")

    assert file.path == home / "other.toml"


def test_the_users_own_catalogue_is_opened_with_the_settings(home):
    own = home / "config" / "manara" / "catalogue.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        '[[services]]\nid = "intranet"\nname = "Intranet"\ncategory = "business"\n'
        'checks = [{ type = "tcp", host = "a", port = 1 }]\nsigned = true\n'
        '[[services]]\nid = "wiki"\nname = "Our wiki"\ncategory = "knowledge"\n'
        'checks = [{ type = "tcp", host = "b", port = 1 }]\n'
    )

    catalogue, _ = open_settings(None)

    assert catalogue["wiki"].name == "Our wiki"
    assert "intranet" not in catalogue
    assert catalogue.refused.file == own


def test_where_the_settings_name_no_service_the_starter_set_is_watched():
    catalogue, _ = open_settings(None)

    services = watched_services(Settings(), catalogue)

    assert [service.id for service in services] == [service.id for service in catalogue.starter_services()]


def test_the_services_of_the_settings_are_watched_alone(home):
    (home / "settings.toml").write_text(
        '[[services]]\nname = "Shop"\nchecks = [{ type = "tcp", host = "a", port = 1 }]'
    )
    catalogue, file = open_settings(home / "settings.toml")

    services = watched_services(file.load(), catalogue)

    assert [service.id for service in services] == ["shop"]


def test_where_the_user_wants_none_the_starter_set_is_not_watched(home):
    catalogue, _ = open_settings(None)

    assert watched_services(Settings(none=True), catalogue) == ()
    assert len(watched_services(Settings(), catalogue)) == len(catalogue.starter)
