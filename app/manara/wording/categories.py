"""The words for what services are for, and for the regions of the world."""

from manara.model import Category, Region
from manara.wording.translation import Translator, mark

CATEGORIES = {
    Category.SOCIAL: mark("Social networks"),
    Category.MESSAGING: mark("Messages and calls"),
    Category.SEARCH: mark("Search"),
    Category.KNOWLEDGE: mark("Knowledge and learning"),
    Category.STREAMING: mark("Films and music"),
    Category.GAMING: mark("Games"),
    Category.NEWS: mark("News"),
    Category.SHOPPING: mark("Shopping"),
    Category.TRAVEL: mark("Travel and delivery"),
    Category.PAYMENTS: mark("Banks and payments"),
    Category.CARRIER: mark("Phone and Internet providers"),
    Category.DEVICES: mark("Devices and app stores"),
    Category.AI: mark("Artificial intelligence"),
    Category.PRODUCTIVITY: mark("Office and teamwork"),
    Category.BUSINESS: mark("Business"),
    Category.DEVELOPER: mark("Software development"),
    Category.CLOUD: mark("Cloud and hosting"),
    Category.NETWORK: mark("Content delivery and DNS"),
    Category.SECURITY: mark("Security and signing in"),
}

REGIONS = {
    Region.WORLD: mark("The whole world"),
    Region.ARABIC: mark("Arab countries"),
    Region.EUROPE: mark("Europe"),
    Region.AMERICAS: mark("The Americas"),
    Region.ASIA: mark("Asia and the Pacific"),
}


def category_word(tr: Translator, category: Category) -> str:
    """Return the words for what a service is for."""
    return tr(CATEGORIES[category])


def region_word(tr: Translator, region: Region) -> str:
    """Return the words for a region."""
    return tr(REGIONS[region])
