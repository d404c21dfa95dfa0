"""One service of the catalogue: what its section may say, and what becomes of it."""

from dataclasses import dataclass, replace
from typing import Any

from manara.model import MAX_ID, Category, OfficialPage, PageKind, Region, Service, option
from manara.settings import MAX_NAME, accept_id, accept_label, accept_page, accept_parts

MAX_WORDS = 20


def accept_words(words: tuple[str, ...]) -> None:
    """Raise `ValueError` unless each text can be shown as one word or a few."""
    for word in words:
        accept_label(word)
        if not 1 <= len(word) <= MAX_NAME:
            raise ValueError(f"Each of these has from 1 to {MAX_NAME} characters.")


def accept_pages(urls: tuple[str, ...]) -> None:
    """Raise `ValueError` unless each text is the address of a page whose word can be trusted."""
    for url in urls:
        accept_page(url)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOptions:
    """What the catalogue says of a service, besides its checks."""

    id: str = option(help="The word for it in settings", minimum=1, maximum=MAX_ID, accepts=accept_id)
    name: str = option(help="What to call it", minimum=1, maximum=MAX_NAME, accepts=accept_label)
    name_ar: str = option("", help="The name in Arabic", maximum=MAX_NAME, accepts=accept_label)
    category: Category = option(help="What it is for")
    operator: str = option("", help="Who runs it", maximum=MAX_NAME, accepts=accept_label)
    aliases: tuple[str, ...] = option((), help="Other words for it", maximum=MAX_WORDS, accepts=accept_words)
    popular: tuple[Region, ...] = option((), help="Where in the world many people use it", maximum=len(Region))
    ticker: str = option("", help="The sign of its operator's shares", maximum=20, accepts=accept_label)
    news: tuple[str, ...] = option(
        (),
        help="What it is called in the news; empty means its name and its aliases",
        maximum=MAX_WORDS,
        accepts=accept_words,
    )
    official: PageKind | None = option(None, help="How its official status page speaks")
    official_url: str = option("", help="The official status page", maximum=2_000, accepts=accept_page)
    official_endpoints: tuple[str, ...] = option(
        (), help="Where a program can read that page, best first", maximum=10, accepts=accept_pages
    )
    official_components: tuple[str, ...] = option(
        (), help="The parts of that page that count, by name or id; empty means all", maximum=100, accepts=accept_parts
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of the catalogue, with what helps to find it and to understand its outages."""

    service: Service
    category: Category
    name_ar: str = ""
    aliases: tuple[str, ...] = ()
    popular: tuple[Region, ...] = ()
    ticker: str = ""
    """The sign of the operator's shares, from common knowledge; empty where there are none."""
    news: tuple[str, ...] = ()
    """What headlines call it."""

    @property
    def operator(self) -> str:
        """Who runs it."""
        return self.service.operator

    @property
    def official(self) -> OfficialPage | None:
        """Where that operator says how it is."""
        return self.service.official

    @property
    def names(self) -> tuple[str, ...]:
        """Every word that means this service alone, its id first."""
        names = (self.service.id, self.service.name, self.name_ar, *self.aliases)
        return tuple(name for name in names if name)

    def is_popular_in(self, region: Region) -> bool:
        """Tell whether many people in a region use it; what is popular everywhere is so in each."""
        return region in self.popular or Region.WORLD in self.popular


def entry_of(values: dict[str, Any], service: Service) -> Entry:
    """Return the entry that good values of `EntryOptions` say; raise `ValueError` where they do not fit together."""
    kind, url = values.get("official"), values.get("official_url")
    endpoints, parts = values.get("official_endpoints", ()), values.get("official_components", ())
    if (kind is None) != (url is None) or ((endpoints or parts) and kind is None):
        raise ValueError("An official page needs both official and official_url.")
    page = None if kind is None or url is None else OfficialPage(kind, url, endpoints, parts)
    return Entry(
        replace(service, official=page),
        category=values["category"],
        name_ar=values.get("name_ar", ""),
        aliases=values.get("aliases", ()),
        popular=values.get("popular", ()),
        ticker=values.get("ticker", ""),
        news=values.get("news") or (service.name, *values.get("aliases", ())),
    )
