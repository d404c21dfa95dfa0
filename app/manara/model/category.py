"""What services are for, and where in the world they are popular: the two closed lists of the catalogue."""

from enum import StrEnum


class Category(StrEnum):
    """What a service is for, in the order in which categories are shown."""

    SOCIAL = "social"
    MESSAGING = "messaging"
    SEARCH = "search"
    KNOWLEDGE = "knowledge"
    STREAMING = "streaming"
    GAMING = "gaming"
    NEWS = "news"
    SHOPPING = "shopping"
    TRAVEL = "travel"
    PAYMENTS = "payments"
    CARRIER = "carrier"
    DEVICES = "devices"
    AI = "ai"
    PRODUCTIVITY = "productivity"
    BUSINESS = "business"
    DEVELOPER = "developer"
    CLOUD = "cloud"
    NETWORK = "network"
    SECURITY = "security"


class Region(StrEnum):
    """Where a service is popular."""

    WORLD = "world"
    """Everywhere; offered in each of the other regions as well."""
    ARABIC = "arabic"
    """Countries in which Arabic is spoken."""
    EUROPE = "europe"
    AMERICAS = "americas"
    ASIA = "asia"
    """Asia and the Pacific."""
