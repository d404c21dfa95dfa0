"""Light or dark, as the user wants it, whatever the system has; and the locale for a language with its digits."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from manara.model import ColourScheme, Digits
from manara.ui.theme import is_dark

_QT = {
    ColourScheme.SYSTEM: Qt.ColorScheme.Unknown,
    ColourScheme.LIGHT: Qt.ColorScheme.Light,
    ColourScheme.DARK: Qt.ColorScheme.Dark,
}
_ROLE = QPalette.ColorRole
_LIGHT = {
    _ROLE.Window: "#efefef",
    _ROLE.WindowText: "#000000",
    _ROLE.Base: "#ffffff",
    _ROLE.AlternateBase: "#f7f7f7",
    _ROLE.Text: "#000000",
    _ROLE.Button: "#efefef",
    _ROLE.ButtonText: "#000000",
    _ROLE.ToolTipBase: "#ffffdc",
    _ROLE.ToolTipText: "#000000",
    _ROLE.Highlight: "#308cc6",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.Link: "#0057ae",
}
_DARK = {
    _ROLE.Window: "#1e1e1e",
    _ROLE.WindowText: "#eeeeee",
    _ROLE.Base: "#272727",
    _ROLE.AlternateBase: "#2d2d2d",
    _ROLE.Text: "#eeeeee",
    _ROLE.Button: "#333333",
    _ROLE.ButtonText: "#eeeeee",
    _ROLE.ToolTipBase: "#333333",
    _ROLE.ToolTipText: "#eeeeee",
    _ROLE.Highlight: "#3d8bfd",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.Link: "#58a6ff",
}
_SOFT = {False: "#8a8a8a", True: "#808080"}


def use_colours(scheme: ColourScheme) -> None:
    """Show everything in these colours from now on."""
    QApplication.styleHints().setColorScheme(_QT[scheme])
    # What was set here before goes first.
    QApplication.setPalette(QPalette())
    dark = scheme is ColourScheme.DARK
    # Where no desktop gives a theme to Qt, it does not follow its own hint (6.11, plain X11).
    if scheme is not ColourScheme.SYSTEM and is_dark(QApplication.palette()) is not dark:
        QApplication.setPalette(palette_of(dark=dark))


def palette_of(*, dark: bool) -> QPalette:
    """Return a whole palette, with what cannot be used in softer colours."""
    colours = _DARK if dark else _LIGHT
    palette = QPalette(QColor(colours[_ROLE.Button]), QColor(colours[_ROLE.Window]))
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_SOFT[dark]))
    palette.setColor(_ROLE.PlaceholderText, QColor(_SOFT[dark]))
    return palette


def writes_arabic_digits(language: str, digits: Digits) -> bool:
    """Return whether numbers are written with the digits ٠١٢٣٤٥٦٧٨٩: as the user wants, else as in that language."""
    if digits is Digits.SYSTEM:
        return QLocale(language).zeroDigit() == "\N{ARABIC-INDIC DIGIT ZERO}"
    return digits is Digits.ARABIC


def locale_of(language: str, digits: Digits, system: QLocale) -> QLocale:
    """Return the locale for a language (empty: the system's) with digits of a kind.

    A locale has the digits of its country; only Arabic is written with both, so others keep their own.
    """
    locale = QLocale(language) if language else system
    if locale.language() is QLocale.Language.Arabic and digits is not Digits.SYSTEM:
        country = QLocale.Country.Egypt if digits is Digits.ARABIC else QLocale.Country.Morocco
        return QLocale(QLocale.Language.Arabic, country)
    return locale
