from pathlib import Path

import pytest

from manara.catalog import open_catalogue, read_catalogue
from manara.model import AppearanceOptions, ColourScheme, TileSize
from manara.monitor.outline import LARGEST, LARGEST_OWN, read_appearance, read_outline
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.settings import SettingsFile

CATALOGUE = resource("catalogue.toml")


def outline(tmp_path, text):
    settings = tmp_path / "settings.toml"
    settings.write_text(text)
    return read_outline(settings, CATALOGUE)


def named(services):
    return [(service.id, service.name) for service in services]


@pytest.mark.parametrize(
    "text",
    [
        '[[services]]\nname = "Größe 2"\ngroup = "Work"\nchecks = [{ type = "tcp", host = "a", port = 1 }]\n',
        '[[services]]\nname = "Shop"\nid = "s"\nchecks = [{ type = "tcp", host = "a", port = 1 }]\n',
        '[[services]]\ncatalogue = "facebook"\n[[services]]\ncatalogue = "github"\nid = "hub"\nname = "Hub"\n',
        '[[services]]\ncatalogue = "wikipedia"\n[[services]]\ncatalogue = "telegram"\n',
    ],
)
def test_it_names_what_the_settings_name(tmp_path, text):
    seen = outline(tmp_path, text)

    file = SettingsFile(tmp_path / "settings.toml", CHECK_TYPES, read_catalogue(CATALOGUE, CHECK_TYPES))
    services = file.load().services
    assert [(each.id, each.name, each.group) for each in seen] == [
        (each.id, each.name, each.group) for each in services
    ]


@pytest.mark.parametrize("text", [None, "", "[checks]\ninterval = 60\n"])
def test_without_services_it_names_the_starter_set(tmp_path, text):
    seen = read_outline(tmp_path / "none.toml", CATALOGUE) if text is None else outline(tmp_path, text)

    starter = read_catalogue(CATALOGUE, CHECK_TYPES).starter_services()
    assert named(seen) == named(starter)


def test_where_none_is_to_be_watched_it_names_none(tmp_path):
    assert outline(tmp_path, "services = []\n") == ()


@pytest.mark.parametrize(
    "text",
    [
        "services = 1",
        "services = [1]",
        "[[services]]\nid = 3\n",
        '[[services]]\ncatalogue = ["a"]\n',
        "= broken",
        f"# {'x' * LARGEST}",
    ],
    ids=lambda text: text[:20],
)
def test_of_what_cannot_be_used_it_names_nothing(tmp_path, text):
    assert outline(tmp_path, text) == ()


def test_of_a_catalogue_of_another_form_it_names_nothing(tmp_path):
    (tmp_path / "catalogue.toml").write_text('starter = ["a"]\n[[services]]\nname = "A"\nid = "a"\n')

    assert read_outline(tmp_path / "none.toml", tmp_path / "catalogue.toml") == ()


def test_what_is_no_file_is_not_opened(tmp_path):
    assert read_outline(tmp_path, CATALOGUE) == ()
    assert read_outline(Path("a\0b"), CATALOGUE) == ()


def test_of_two_services_of_one_id_there_is_one(tmp_path):
    seen = outline(tmp_path, '[[services]]\nname = "A"\n[[services]]\nname = "a"\n')

    assert [service.id for service in seen] == ["a"]


OWN = """
starter = ["mine", "github", "gone"]
[[services]]
name = "Mine"
id = "mine"
category = "developer"
checks = [{ type = "tcp", host = "a", port = 1 }]
[[services]]
id = "github"
name = "Our GitHub"
operator = "Us"
category = "developer"
checks = [{ type = "tcp", host = "a", port = 1 }]
"""
CHOSEN = '[[services]]\ncatalogue = "mine"\n[[services]]\ncatalogue = "github"\n[[services]]\ncatalogue = "reddit"\n'


@pytest.fixture
def own(tmp_path):
    """Writes the user's own catalogue."""
    path = tmp_path / "catalogue.toml"
    path.write_text(OWN)
    return path


@pytest.mark.parametrize("text", [CHOSEN, ""])
def test_it_names_what_the_users_own_catalogue_names(tmp_path, own, text):
    settings = tmp_path / "settings.toml"
    settings.write_text(text)

    seen = read_outline(settings, CATALOGUE, own)

    catalogue = open_catalogue(CATALOGUE, own, CHECK_TYPES)
    meant = SettingsFile(settings, CHECK_TYPES, catalogue).load().services or catalogue.starter_services()
    assert [(each.id, each.name, each.group) for each in seen] == [(each.id, each.name, each.group) for each in meant]
    assert ("mine", "Mine") in named(seen)


@pytest.mark.parametrize(
    "text",
    [
        "= broken",
        "services = 1",
        '[[services]]\nid = "mine"\n',
        '[[services]]\nid = "mine"\nname = "Mine"\ncategory = "nonsense"\n',
        OWN + f"# {'x' * LARGEST_OWN}",
    ],
    ids=lambda text: text[:40],
)
def test_where_the_users_own_catalogue_is_unclear_its_services_go_by_their_ids(tmp_path, own, text):
    settings = tmp_path / "settings.toml"
    settings.write_text(CHOSEN)
    own.write_text(text)

    seen = read_outline(settings, CATALOGUE, own)

    assert named(seen) == [("mine", "mine"), ("github", "GitHub"), ("reddit", "Reddit")]


def test_it_tells_how_the_window_is_to_look(tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text('[appearance]\ntheme = "dark"\ndensity = "list"\n')

    assert read_appearance(settings) == AppearanceOptions(theme=ColourScheme.DARK, density=TileSize.LIST)


@pytest.mark.parametrize("text", ["appearance = 1", "= broken", "", '[appearance]\ntheme = ["dark"]\n'])
def test_the_window_looks_as_usual_where_it_is_unclear_how(tmp_path, text):
    settings = tmp_path / "settings.toml"
    settings.write_text(text)

    assert read_appearance(settings) == AppearanceOptions()
