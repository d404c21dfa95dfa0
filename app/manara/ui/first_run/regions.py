"""Which region of the catalogue a user is in, as far as the settings of the system tell. Pure but for Qt's names."""

from PySide6.QtCore import QLocale

from manara.model import Region

# Codes of ISO 3166; Arab countries are those of the Arab League.
_ARABIC = "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE"
_EUROPE = (
    "AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD "
    "ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK"
)
_AMERICAS = (
    "AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS MX "
    "NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI"
)
_ASIA = (
    "AF AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IL IN IR JP KG KH KI KP KR KZ LA LK MH MM MN MO MP MV MY NC NF NP NR "
    "NU NZ PF PG PH PK PN PW SB SG TH TJ TK TL TM TO TV TW UZ VN VU WF WS"
)
_BY_TERRITORY = {
    territory: region
    for region, territories in (
        (Region.ARABIC, _ARABIC),
        (Region.EUROPE, _EUROPE),
        (Region.AMERICAS, _AMERICAS),
        (Region.ASIA, _ASIA),
    )
    for territory in territories.split()
}


def region_of(locale: QLocale) -> Region:
    """Return the region of a locale's country; of Arabic without a known country, the Arab one; else the world."""
    region = _BY_TERRITORY.get(QLocale.territoryToCode(locale.territory()))
    return region or (Region.ARABIC if is_arabic(locale) else Region.WORLD)


def is_arabic(locale: QLocale) -> bool:
    """Return whether names are shown in Arabic."""
    return locale.language() is QLocale.Language.Arabic
