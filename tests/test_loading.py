import pytest

from manara.loading import load


def test_what_a_name_stands_for_is_loaded():
    assert load("json:dumps")([1]) == "[1]"


@pytest.mark.parametrize("name", ["no_such_module:thing", "json.none:thing"])
def test_what_cannot_be_loaded_is_told_as_such(name):
    with pytest.raises(ImportError):
        load(name)
