"""The dialects: for each kind of page, how it is read. A new one costs a file in `dialects/` and a line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from manara.model import PageKind
from manara.official.answer import Answer
from manara.official.dialects.adobe import read_adobe
from manara.official.dialects.algolia import read_algolia
from manara.official.dialects.apple import read_apple
from manara.official.dialects.aws import read_aws
from manara.official.dialects.azure import read_azure
from manara.official.dialects.azure_devops import read_azure_devops
from manara.official.dialects.better_stack import read_better_stack
from manara.official.dialects.cachet import read_cachet
from manara.official.dialects.cstate import read_cstate
from manara.official.dialects.feed import read_feed
from manara.official.dialects.freshstatus import read_freshstatus
from manara.official.dialects.google import read_google
from manara.official.dialects.heroku import read_heroku
from manara.official.dialects.incident_io import read_incident_io
from manara.official.dialects.instatus import read_instatus
from manara.official.dialects.meta import read_meta
from manara.official.dialects.microsoft_365 import read_microsoft_365
from manara.official.dialects.nintendo import read_nintendo
from manara.official.dialects.paypal import read_paypal
from manara.official.dialects.playstation import read_playstation
from manara.official.dialects.riot import read_riot
from manara.official.dialects.salesforce import read_salesforce
from manara.official.dialects.slack import read_slack
from manara.official.dialects.sorry import read_sorry
from manara.official.dialects.status_io import read_status_io
from manara.official.dialects.statuspage import read_statuspage, read_statuspage_components
from manara.official.dialects.stripe import read_stripe
from manara.official.dialects.xbox import read_xbox
from manara.official.dialects.zendesk import read_zendesk
from manara.official.told import Told

_MEBIBYTE = 1_048_576


class Endpoints(Enum):
    """What the endpoints of a page are to each other."""

    ALTERNATIVES = auto()
    """Each says the same; the first that can be read is enough."""
    PARTS = auto()
    """Each says something of its own: a region, a game. All are needed."""
    ADDITIONS = auto()
    """The first says how things are; the others add to it, where they can be read."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How pages of a kind are read."""

    read: Callable[[Answer], Told]
    """Raises `NotItsFormat`, and nothing else."""
    paths: tuple[str, ...] = ()
    """Where pages of this kind can be read, from the root of their host, best first; none: at their own address."""
    endpoints: Endpoints = Endpoints.ALTERNATIVES
    limit: int = 4 * _MEBIBYTE
    """Most bytes of one answer."""
    parts: Callable[[Answer], Told] | None = None
    """How the list of all components is read, which stands beside the summary; None where the summary has them all."""


DIALECTS: Mapping[PageKind, Dialect] = {
    PageKind.STATUSPAGE: Dialect(read_statuspage, ("/api/v2/summary.json",), parts=read_statuspage_components),
    PageKind.STATUSPAGE_STATUS_ONLY: Dialect(read_statuspage, ("/api/v2/status.json",)),
    PageKind.INCIDENT_IO: Dialect(
        read_incident_io, ("/api/v2/summary.json", "/api/v1/summary"), parts=read_statuspage_components
    ),
    PageKind.INSTATUS: Dialect(read_instatus, ("/summary.json", "/v2/components.json"), Endpoints.ADDITIONS),
    PageKind.BETTER_STACK: Dialect(read_better_stack, ("/index.json",)),
    PageKind.STATUS_IO: Dialect(read_status_io),
    PageKind.CACHET: Dialect(
        read_cachet,
        ("/api/v1/components?per_page=1000", "/api/v1/incidents?sort=id&order=desc&per_page=10"),
        Endpoints.ADDITIONS,
    ),
    PageKind.CSTATE: Dialect(read_cstate, ("/index.json",)),
    PageKind.SORRY: Dialect(read_sorry, ("/api/v1/status",)),
    PageKind.FRESHSTATUS: Dialect(read_freshstatus),
    PageKind.RSS: Dialect(read_feed),
    PageKind.ATOM: Dialect(read_feed),
    PageKind.GOOGLE_FEED: Dialect(read_feed),
    PageKind.GOOGLE_INCIDENTS: Dialect(read_google, limit=16 * _MEBIBYTE),
    PageKind.AWS: Dialect(read_aws),
    PageKind.AZURE: Dialect(read_azure),
    PageKind.AZURE_DEVOPS: Dialect(read_azure_devops),
    PageKind.MICROSOFT_365: Dialect(read_microsoft_365),
    PageKind.SLACK: Dialect(read_slack),
    PageKind.APPLE: Dialect(read_apple),
    PageKind.META: Dialect(read_meta),
    PageKind.PLAYSTATION: Dialect(read_playstation, endpoints=Endpoints.PARTS),
    PageKind.XBOX: Dialect(read_xbox),
    PageKind.NINTENDO: Dialect(read_nintendo),
    PageKind.RIOT: Dialect(read_riot, endpoints=Endpoints.PARTS),
    PageKind.STRIPE: Dialect(read_stripe),
    PageKind.PAYPAL: Dialect(read_paypal),
    PageKind.SALESFORCE: Dialect(read_salesforce),
    PageKind.HEROKU: Dialect(read_heroku),
    PageKind.ADOBE: Dialect(read_adobe),
    PageKind.ZENDESK: Dialect(read_zendesk),
    PageKind.ALGOLIA: Dialect(read_algolia),
}
"""Every kind but those that only people can read, and the one that is not known yet."""


def endpoints_of(url: str, dialect: Dialect) -> tuple[str, ...]:
    """Return where a page can be read by what is usual for its kind."""
    scheme, _, rest = url.partition("://")
    return tuple(f"{scheme}://{rest.partition('/')[0]}{path}" for path in dialect.paths) or (url,)


def parts_beside(url: str) -> str:
    """Return where the list of all components stands beside a summary; empty where there is no such place."""
    head, slash, last = url.rpartition("/")
    return f"{head}{slash}components.json" if last == "summary.json" else ""
