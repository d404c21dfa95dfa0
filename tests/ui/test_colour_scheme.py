import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from manara.model import ColourScheme, Digits
from manara.ui.colour_scheme import locale_of, palette_of, use_colours, writes_arabic_digits
from manara.ui.theme import READABLE, contrast, is_dark


@pytest.fixture(autouse=True)
def afterwards(qapp):
    yield
    use_colours(ColourScheme.SYSTEM)


@pytest.mark.parametrize(("scheme", "dark"), [(ColourScheme.DARK, True), (ColourScheme.LIGHT, False)])
def test_the_colours_are_as_wished_whatever_the_system_has(scheme, dark):
    use_colours(scheme)

    assert is_dark(QApplication.palette()) is dark


def test_the_colours_of_the_system_come_back():
    use_colours(ColourScheme.SYSTEM)
    before = QApplication.palette().color(QPalette.ColorRole.Window)
    use_colours(ColourScheme.DARK)

    use_colours(ColourScheme.SYSTEM)

    assert QApplication.palette().color(QPalette.ColorRole.Window) == before


@pytest.mark.parametrize("dark", [True, False])
def test_text_can_be_read_in_every_place(dark):
    palette, role = palette_of(dark=dark), QPalette.ColorRole

    for ink, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
    ):
        assert contrast(palette.color(ink), palette.color(ground)) >= READABLE


def test_arabic_has_the_digits_that_are_wished():
    system = QLocale("en_GB")

    assert locale_of("ar", Digits.ARABIC, system).toString(12) == "١٢"
    assert locale_of("ar", Digits.WESTERN, system).toString(12) == "12"
    assert locale_of("", Digits.ARABIC, QLocale("ar_MA")).toString(12) == "١٢"


def test_other_languages_keep_their_digits():
    assert locale_of("de", Digits.ARABIC, QLocale("ar_EG")).toString(12) == "12"
    assert locale_of("", Digits.SYSTEM, QLocale("ar_EG")) == QLocale("ar_EG")


@pytest.mark.parametrize(
    ("language", "digits", "arabic"),
    [
        ("en", Digits.SYSTEM, False),
        ("ar", Digits.SYSTEM, True),
        ("ar_MA", Digits.SYSTEM, False),
        ("en", Digits.ARABIC, True),
        ("ar", Digits.WESTERN, False),
        ("nonsense", Digits.SYSTEM, False),
    ],
)
def test_numbers_have_the_digits_that_are_wished_in_every_language(language, digits, arabic):
    assert writes_arabic_digits(language, digits) is arabic
