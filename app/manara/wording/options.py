"""What each option and each of its words is called in a form. Explanations stand at the option itself."""

from collections.abc import Mapping
from enum import Enum

from manara.wording.translation import Translator, mark

LABELS: Mapping[str, str] = {
    "accept": mark("Accepted statuses"),
    "anchors": mark("Witness pages"),
    "bearer": mark("Token"),
    "body": mark("Body"),
    "ca_file": mark("Certificate authorities"),
    "catalogue": mark("Catalogue entry"),
    "client_certificate": mark("Client certificate"),
    "client_key": mark("Key of the client certificate"),
    "confirm": mark("Second looks before it is down"),
    "contains": mark("Must contain"),
    "count": mark("Echoes"),
    "days_left_warning": mark("Warn before the certificate ends"),
    "degraded": mark("Degraded time counts as"),
    "density": mark("Size of the services"),
    "digits": mark("Digits"),
    "expect": mark("Expected answer"),
    "expect_rcode": mark("Expected code"),
    "expect_regex": mark("Expected pattern"),
    "family": mark("Addresses"),
    "follow_redirects": mark("Follow redirects"),
    "group": mark("Group"),
    "headers": mark("Headers"),
    "host": mark("Host"),
    "id": mark("Id"),
    "interval": mark("Look every"),
    "json_operator": mark("Relation of the JSON value"),
    "json_path": mark("JSONPath"),
    "json_value": mark("JSON value"),
    "keep_looks": mark("Keep every look for"),
    "lacks": mark("Must not contain"),
    "lacks_match": mark("Must not match"),
    "language": mark("Language"),
    "maintenance": mark("Maintenance counts as"),
    "matches": mark("Must match"),
    "max_at_once": mark("Looks at the same time"),
    "max_per_host": mark("Looks at one host at the same time"),
    "max_redirects": mark("Most redirects"),
    "method": mark("Method"),
    "name": mark("Name"),
    "name_servers": mark("Ask the name servers of its zone"),
    "networks": mark("Ask which network an address belongs to"),
    "note": mark("Note"),
    "password": mark("Password"),
    "official": mark("Kind of its status page"),
    "official_components": mark("Parts of its status page that count"),
    "official_counts": mark("Believe official pages alone"),
    "official_pages": mark("Read official status pages"),
    "official_url": mark("Status page"),
    "operator": mark("Operator"),
    "paused": mark("Paused"),
    "port": mark("Port"),
    "proxy": mark("Proxy"),
    "read_limit": mark("Most to read"),
    "record_type": mark("Type of record"),
    "recover": mark("Good looks before it is up"),
    "required": mark("Decides whether the service is down"),
    "resolvers": mark("Name servers"),
    "send": mark("Send"),
    "server_name": mark("Name in the certificate"),
    "servers": mark("Name servers of this check"),
    "slow_after": mark("Slow after"),
    "tags": mark("Tags"),
    "theme": mark("Colours"),
    "timeout": mark("Longest look"),
    "url": mark("Address"),
    "usual_speed": mark("Compare with the usual speed"),
    "username": mark("User name"),
    "verify": mark("The certificate must be good"),
    "when_refused": mark("When the service turns the check away"),
    "witness_resolvers": mark("Witness name servers"),
}
"""By the name of the option in the settings file."""

VALUES: Mapping[str, str] = {
    "ColourScheme.system": mark("as the system"),
    "ColourScheme.light": mark("light"),
    "ColourScheme.dark": mark("dark"),
    "Counted.up": mark("up"),
    "Counted.down": mark("down"),
    "Counted.left-out": mark("neither, it is left out"),
    "Digits.system": mark("as the language"),
    "Digits.western": mark("0123456789"),
    "Digits.arabic": mark("٠١٢٣٤٥٦٧٨٩"),
    "Family.any": mark("any"),
    "Family.ipv4": mark("IPv4"),
    "Family.ipv6": mark("IPv6"),
    "JsonOperator.==": mark("is equal to"),
    "JsonOperator.!=": mark("is not equal to"),
    "JsonOperator.<": mark("is less than"),
    "JsonOperator.<=": mark("is at most"),
    "JsonOperator.>": mark("is more than"),
    "JsonOperator.>=": mark("is at least"),
    "JsonOperator.contains": mark("contains"),
    "JsonOperator.exists": mark("exists"),
    "TileSize.roomy": mark("roomy"),
    "TileSize.compact": mark("compact"),
    "TileSize.list": mark("a list"),
    "WhenRefused.degraded": mark("it is degraded"),
    "WhenRefused.up": mark("it is up"),
    "PageKind.auto": mark("Find out by reading it"),
    "PageKind.statuspage": mark("Atlassian Statuspage"),
    "PageKind.statuspage-status-only": mark("Statuspage, overall status only"),
    "PageKind.incidentio": mark("incident.io"),
    "PageKind.instatus": mark("Instatus"),
    "PageKind.cachet": mark("Cachet"),
    "PageKind.betterstack": mark("Better Stack"),
    "PageKind.statusio": mark("Status.io"),
    "PageKind.sorry": mark("Sorry"),
    "PageKind.freshstatus": mark("Freshstatus"),
    "PageKind.cstate": mark("cState"),
    "PageKind.rss": mark("RSS feed"),
    "PageKind.atom": mark("Atom feed"),
    "PageKind.adobe": mark("Adobe"),
    "PageKind.algolia": mark("Algolia"),
    "PageKind.apple": mark("Apple"),
    "PageKind.aws-currentevents": mark("AWS"),
    "PageKind.azure-rss": mark("Azure"),
    "PageKind.azure-devops": mark("Azure DevOps"),
    "PageKind.google-feed": mark("Google, as a feed"),
    "PageKind.google-incidents": mark("Google"),
    "PageKind.heroku": mark("Heroku"),
    "PageKind.metastatus": mark("Meta"),
    "PageKind.ms-cloud-status": mark("Microsoft 365"),
    "PageKind.nintendo": mark("Nintendo"),
    "PageKind.paypal": mark("PayPal"),
    "PageKind.psn": mark("PlayStation"),
    "PageKind.riot": mark("Riot Games"),
    "PageKind.salesforce-trust": mark("Salesforce"),
    "PageKind.slack": mark("Slack"),
    "PageKind.stripe": mark("Stripe"),
    "PageKind.xbox": mark("Xbox"),
    "PageKind.zendesk": mark("Zendesk"),
    "PageKind.html-text": mark("A page with one plain sentence"),
    "PageKind.html": mark("A page for people only"),
}
"""By the name of the enum and the word in the settings file."""


def option_label(tr: Translator, name: str) -> str:
    """Return what an option is called; one without a name of its own is called as it is written."""
    return tr(LABELS[name]) if name in LABELS else name.replace("_", " ").capitalize()


def value_word(tr: Translator, member: Enum) -> str:
    """Return what a word that an option can have is called; one without a name of its own is called as it is."""
    key = f"{type(member).__name__}.{member.value}"
    return tr(VALUES[key]) if key in VALUES else str(member.value)


def help_text(tr: Translator, text: str) -> str:
    """Return the explanation of an option for people who see no Markdown: what can be typed stands on its own."""
    # Isolates, so that an address keeps its direction within an Arabic sentence.
    parts = tr(text).split("`")
    return "".join(f"\u2068{part}\u2069" if place % 2 else part for place, part in enumerate(parts))
