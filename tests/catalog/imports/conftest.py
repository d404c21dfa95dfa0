from pathlib import Path

import pytest

from manara.catalog import read_catalogue
from manara.catalog.imports import Into, note_sentence, read_import
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.settings import Settings
from manara.wording import Translator

FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="session")
def files():
    """The folder of hand-made files of each format."""
    return FILES


@pytest.fixture(scope="session")
def catalogue():
    return read_catalogue(resource("catalogue.toml"), CHECK_TYPES)


@pytest.fixture(scope="session")
def into(catalogue):
    """Makes what an import goes into: settings without services, unless they are given."""
    return lambda settings=None: Into(settings=settings or Settings(), catalogue=catalogue, tr=Translator())


class Read:
    """What came of an import, by the names of the services."""

    def __init__(self, preview):
        self.preview = preview
        self.by_name = {candidate.service.name: candidate for candidate in preview.services}

    @property
    def names(self):
        return [candidate.service.name for candidate in self.preview.services]

    def table(self, name):
        return self.by_name[name].table

    def check(self, name):
        (check,) = self.table(name)["checks"]
        return check

    def notes(self, name):
        return [note_sentence(Translator(), note) for note in self.by_name[name].notes]

    @property
    def general(self):
        return [note_sentence(Translator(), note) for note in self.preview.notes]


@pytest.fixture
def read(into):
    """Reads a file or a text and returns what came of it."""
    return lambda source, settings=None, **options: Read(read_import(source, into(settings), **options))
