"""A settings file that is not there yet, and the catalogue that is shipped."""

import pytest

from manara.catalog import read_catalogue
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.settings import SettingsFile


@pytest.fixture(scope="session")
def catalogue():
    return read_catalogue(resource("catalogue.toml"), CHECK_TYPES)


@pytest.fixture
def file(tmp_path, catalogue):
    return SettingsFile(tmp_path / "settings.toml", CHECK_TYPES, catalogue)
