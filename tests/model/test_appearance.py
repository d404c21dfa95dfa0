import pytest

from manara.model import AppearanceOptions, ColourScheme, Digits, TileSize, appearance_of
from manara.model.appearance import usable_language


def test_a_section_is_read_as_it_is_meant():
    table = {"theme": "dark", "density": "list", "language": "pt_BR", "digits": "arabic"}

    assert appearance_of(table) == AppearanceOptions(
        theme=ColourScheme.DARK, density=TileSize.LIST, language="pt_BR", digits=Digits.ARABIC
    )


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"theme": "pink", "density": 3, "digits": ["arabic"]},
        {"language": "../../etc"},
        {"language": 7},
        {"language": "ar" + "-abc" * 10},
    ],
)
def test_what_cannot_be_used_is_as_by_default(table):
    assert appearance_of(table) == AppearanceOptions()


@pytest.mark.parametrize("code", ["", "ar", "pt_BR", "zh-Hant-TW"])
def test_the_code_of_a_language_can_be_used(code):
    usable_language(code)


@pytest.mark.parametrize("code", ["a", "english!", "..", "ar_", "ar/x"])
def test_what_is_no_code_of_a_language_cannot(code):
    with pytest.raises(ValueError, match="language"):
        usable_language(code)
