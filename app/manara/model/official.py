"""The official word: where a service's own status page is, and how it speaks."""

from dataclasses import dataclass
from enum import StrEnum


class PageKind(StrEnum):
    """How an official status page speaks: the makers of such pages, and services with a way of their own."""

    AUTO = "auto"
    """Not known yet: it is found out by reading the page."""

    STATUSPAGE = "statuspage"
    """Atlassian Statuspage."""
    STATUSPAGE_STATUS_ONLY = "statuspage-status-only"
    """Looks like Statuspage, with the overall status alone."""
    INCIDENT_IO = "incidentio"
    INSTATUS = "instatus"
    CACHET = "cachet"
    BETTER_STACK = "betterstack"
    STATUS_IO = "statusio"
    SORRY = "sorry"
    FRESHSTATUS = "freshstatus"
    CSTATE = "cstate"
    RSS = "rss"
    ATOM = "atom"

    ADOBE = "adobe"
    ALGOLIA = "algolia"
    APPLE = "apple"
    AWS = "aws-currentevents"
    AZURE = "azure-rss"
    AZURE_DEVOPS = "azure-devops"
    GOOGLE_FEED = "google-feed"
    GOOGLE_INCIDENTS = "google-incidents"
    HEROKU = "heroku"
    META = "metastatus"
    """Tells of products for businesses alone: green there says nothing of the apps."""
    MICROSOFT_365 = "ms-cloud-status"
    NINTENDO = "nintendo"
    PAYPAL = "paypal"
    PLAYSTATION = "psn"
    RIOT = "riot"
    SALESFORCE = "salesforce-trust"
    SLACK = "slack"
    STRIPE = "stripe"
    XBOX = "xbox"
    ZENDESK = "zendesk"

    HTML_TEXT = "html-text"
    """A page for people that says how it is in one plain sentence."""
    HTML = "html"
    """A page for people; programs cannot read it."""


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """Where the operator of a service says how it is."""

    kind: PageKind
    url: str
    """The page for people."""
    endpoints: tuple[str, ...] = ()
    """Where a program can read it, best first; empty where they follow from `url` and `kind`, or only people can."""
    components: tuple[str, ...] = ()
    """The names or ids of the parts that count; empty means all."""
