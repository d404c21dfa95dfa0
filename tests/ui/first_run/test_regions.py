import pytest
from PySide6.QtCore import QLocale

from manara.model import Region
from manara.ui.first_run.regions import is_arabic, region_of


@pytest.mark.parametrize(
    ("locale", "region"),
    [
        ("de_DE", Region.EUROPE),
        ("en_GB", Region.EUROPE),
        ("pt_BR", Region.AMERICAS),
        ("en_US", Region.AMERICAS),
        ("ja_JP", Region.ASIA),
        ("en_AU", Region.ASIA),
        ("ar_EG", Region.ARABIC),
        ("fr_MA", Region.ARABIC),
        ("sw_KE", Region.WORLD),
    ],
)
def test_the_country_of_a_locale_tells_the_region(locale, region):
    assert region_of(QLocale(locale)) is region


def test_without_a_country_the_language_tells_it_or_nothing_does():
    assert region_of(QLocale(QLocale.Language.Arabic, QLocale.Country.World)) is Region.ARABIC
    assert region_of(QLocale.c()) is not Region.ARABIC


def test_names_are_arabic_where_the_language_is():
    assert is_arabic(QLocale("ar_SA"))
    assert not is_arabic(QLocale("en_SA"))
