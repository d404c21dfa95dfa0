"""What a service has that others may have too: the facts by which common causes are found. Pure functions.

They are taken from what was seen on good days, so that they are known when nothing can be seen any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from ipaddress import ip_address, ip_network

from manara.diagnosis.delivery import delivery_of
from manara.model import Facts, Service, Trait, TraitKind, Zone

_PREFIX_OF_IPV4 = 24
_PREFIX_OF_IPV6 = 48


def traits_of(
    service: Service,
    facts: Iterable[Facts],
    zones: Iterable[Zone] = (),
    networks: Mapping[str, str] | None = None,
) -> frozenset[Trait]:
    """Return what a service has that others may share.

    `facts` are those of the last good looks at its checks, `zones` those that answer for its names; `networks` has the
    autonomous systems of prefixes, as far as they are known.
    """
    found: set[Trait] = set()
    for each in facts:
        found |= _of_addresses(each.addresses, networks or {})
        found |= _of_aliases(each.cname_chain, [check.host for check in service.checks])
        if each.certificate is not None and each.certificate.issuer:
            found.add(Trait(TraitKind.ISSUER, each.certificate.issuer))
        if (delivery := delivery_of(each)) is not None:
            found.add(Trait(TraitKind.DELIVERY, delivery.network))
    for zone in zones:
        found |= _of_zone(zone)
    if service.operator:
        found.add(Trait(TraitKind.OPERATOR, service.operator))
    return frozenset(found)


def registered_domain(name: str) -> str:
    """Return the part of a name that somebody has registered: `fastly.net`, `example.co.uk`; else the name itself.

    By a rule, not by the list of public suffixes: below a country, a second level such as `co` or `com` belongs to
    the registry. Where the rule takes too little, `name` is still the same for all who share it.
    """
    labels = name.lower().rstrip(".").split(".")
    below_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3:] if below_country else labels[-2:])


def prefix_of(address: str) -> str:
    """Return the network of an address: `129.134.30.0/24`, `2a03:2880:f0fc::/48`; nothing where it is none."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    length = _PREFIX_OF_IPV4 if parsed.version == 4 else _PREFIX_OF_IPV6
    return str(ip_network((parsed, length), strict=False))


# The registries' own second levels below countries (co.uk, com.au, ne.jp, or.kr, gob.mx, …).
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "go", "gob", "gov", "id", "mil", "ne", "net", "or", "org", "sch"})


def _of_addresses(addresses: Sequence[str], networks: Mapping[str, str]) -> set[Trait]:
    prefixes = {Trait(TraitKind.PREFIX, prefix) for prefix in map(prefix_of, addresses) if prefix}
    known = (networks[prefix.value] for prefix in prefixes if prefix.value in networks)
    return prefixes | {Trait(TraitKind.NETWORK, network) for network in known}


def _of_aliases(chain: Sequence[str], hosts: Sequence[str]) -> set[Trait]:
    own = {registered_domain(host) for host in hosts}
    return {Trait(TraitKind.ALIAS_DOMAIN, domain) for domain in map(registered_domain, chain) if domain not in own}


def _of_zone(zone: Zone) -> set[Trait]:
    names = sorted(server.name for server in zone.servers)
    if not names:
        return set()
    domains = {_family(registered_domain(name)) for name in names}
    return {
        Trait(TraitKind.NAME_SERVERS, ", ".join(names)),
        *(Trait(TraitKind.NAME_SERVER_DOMAIN, domain) for domain in domains),
    }


def _family(domain: str) -> str:
    """Return a domain without the number that tells it from its sisters: Route 53 has `awsdns-00.com` to 63, …"""
    label, _, rest = domain.partition(".")
    stem, dash, number = label.rpartition("-")
    return f"{stem}-*.{rest}" if dash and number.isdecimal() else domain
