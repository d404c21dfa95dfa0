"""Why several services fail together, in plain words: clauses that begin in lower case, to fit a sentence.

Everything named is remote or from DNS; it comes out on one line.
"""

from collections.abc import Sequence

from manara.model import CommonCause, Conclusion, Confidence, Diagnosis, Layer, Member, Trait, TraitKind
from manara.wording.diagnosis import CLAUSES, folded, hedged_clause
from manara.wording.particulars import names
from manara.wording.plain import one_line
from manara.wording.translation import Translator, mark

# What is said of one service fits several where it does not speak of it.
SEVERAL = {
    Conclusion.OWN_RESOLVER: mark("your own name servers do not find them, while others do"),
    Conclusion.FILTERED: mark("your own name servers hide them or lead elsewhere, while others do not"),
    Conclusion.NAME_SERVERS_SILENT: mark("their name servers do not answer"),
    Conclusion.NAME_SERVERS_PARTLY: mark("some of their name servers fail, others do not"),
    Conclusion.NAME_SERVERS_FAIL: mark("their name servers answer with errors"),
    Conclusion.NAME_SERVERS_DISAGREE: mark("their name servers contradict each other"),
    Conclusion.DNSSEC_BROKEN: mark("the signatures of their names are wrong, so careful name servers refuse them"),
    Conclusion.NAME_GONE: mark("their names do not exist"),
    Conclusion.ADDRESS_MISSING: mark("their names exist, but no usable addresses are given for them"),
    Conclusion.ADDRESSES_SILENT: mark("their addresses do not answer"),
    Conclusion.ADDRESSES_PARTLY: mark("some of their addresses do not answer, others do"),
    Conclusion.FAMILY_SILENT: mark("they do not answer by IPv6 or by IPv4, while the other one works"),
    Conclusion.PORT_CLOSED: mark("their computers are there, but the services on them are off"),
    Conclusion.CERTIFICATE_EXPIRED: mark("their security certificates have expired"),
    Conclusion.CERTIFICATE_WRONG: mark("their security certificates are not acceptable"),
    Conclusion.ENCRYPTION_FAILS: mark("they take the connection, but no encryption comes about"),
    Conclusion.DELIVERY_FAILS: mark("their delivery network answers with errors"),
    Conclusion.ORIGIN_FAILS: mark("their delivery network gets no good answer from the servers behind it"),
    Conclusion.SERVER_ERRORS: mark("they are reachable, but their servers answer with errors"),
    Conclusion.NO_RESPONSE: mark("they take the connection, but give no proper answer"),
    Conclusion.MAINTENANCE_TOLD: mark("they say that they are being worked on, and when to come back"),
    Conclusion.TOO_MANY_CHECKS: mark("they are there, and ask to be checked less often"),
    Conclusion.TURNS_US_AWAY: mark("they are there, but turn automatic checks away"),
    Conclusion.PAGE_GONE: mark("they are there, but the pages that are checked are gone"),
    Conclusion.WRONG_CONTENT: mark("what they send is not what it should be"),
    Conclusion.SLOW: mark("they answer, but more slowly than they should"),
}

SEVERAL_NAMED = {
    Conclusion.NAME_SERVERS_SILENT: mark("their name servers ({names}) do not answer"),
    Conclusion.NAME_SERVERS_PARTLY: mark("some of their name servers ({names}) fail, others do not"),
    Conclusion.NAME_SERVERS_FAIL: mark("their name servers ({names}) answer with errors"),
    Conclusion.NAME_SERVERS_DISAGREE: mark("their name servers ({names}) contradict each other"),
    Conclusion.DELIVERY_FAILS: mark("their delivery network {first} answers with errors ({second})"),
    Conclusion.SERVER_ERRORS: mark("they are reachable, but their servers answer with errors ({names})"),
}

OF_OPERATOR = {
    Conclusion.NAME_SERVERS_SILENT: mark("the name servers of their operator ({operator}: {names}) do not answer"),
    Conclusion.NAME_SERVERS_PARTLY: mark(
        "some of the name servers of their operator ({operator}: {names}) fail, others do not"
    ),
    Conclusion.NAME_SERVERS_FAIL: mark("the name servers of their operator ({operator}: {names}) answer with errors"),
    Conclusion.NAME_SERVERS_DISAGREE: mark(
        "the name servers of their operator ({operator}: {names}) contradict each other"
    ),
}

BESIDE_DNS = {
    Conclusion.ADDRESSES_SILENT: mark("its names resolve, its addresses do not answer"),
    Conclusion.SERVER_ERRORS: mark("its names resolve, its servers answer {first}"),
    Conclusion.DELIVERY_FAILS: mark("its names resolve, its delivery network {first} answers {second}"),
}
"""How one service fails while the names of the others cannot be found."""

SHARED = {
    TraitKind.NAME_SERVERS: mark("the name servers {value}"),
    TraitKind.NAME_SERVER_DOMAIN: mark("name servers of {value}"),
    TraitKind.ALIAS_DOMAIN: mark("names that lead to {value}"),
    TraitKind.PREFIX: mark("addresses in {value}"),
    TraitKind.NETWORK: mark("addresses of the network {value}"),
    TraitKind.ISSUER: mark("certificates by {value}"),
    TraitKind.DELIVERY: mark("the delivery network {value}"),
    TraitKind.OPERATOR: mark("the operator {value}"),
}
"""What services can have in common."""


def members_clause(tr: Translator, members: Sequence[Member], cause: CommonCause | None) -> str:
    """Return why services fail that fail alike; empty where nothing was found out of them."""
    conclusion = members[0].conclusion
    if conclusion is None:
        return ""
    named = tuple(dict.fromkeys(one_line(name) for member in members for name in member.named if name))
    if len(members) == 1:
        return _of_one(tr, members[0])
    operator = cause.shared.value if cause is not None and cause.shared.kind is TraitKind.OPERATOR else ""
    text = SEVERAL.get(conclusion, CLAUSES[conclusion])
    if operator and named and conclusion in OF_OPERATOR:
        text = OF_OPERATOR[conclusion]
    elif len(named) >= _NAMES_WANTED.get(conclusion, 1):
        text = SEVERAL_NAMED.get(conclusion, text)
    first, second, *_ = (*named, "", "")
    clause = tr(text).format(names=names(tr, folded(named)), operator=one_line(operator), first=first, second=second)
    return _hedged(tr, clause, members)


def beside_clause(tr: Translator, member: Member, main: Layer | None) -> str:
    """Return why one service fails while most of its incident fail on the rung `main`."""
    if main is Layer.DNS and member.conclusion in BESIDE_DNS and len(member.named) >= _wanted(member.conclusion):
        first, second, *_ = (*map(one_line, member.named), "", "")
        return tr(BESIDE_DNS[member.conclusion]).format(first=first, second=second)
    return _of_one(tr, member)


def shared_words(tr: Translator, shared: Trait) -> str:
    """Return what services have in common: `the delivery network Fastly`."""
    return tr(SHARED[shared.kind]).format(value=one_line(shared.value))


def is_told(cause: CommonCause, conclusion: Conclusion | None, sentence: str) -> bool:
    """Return whether a sentence about several services says already what they have in common."""
    if cause.shared.kind is TraitKind.NAME_SERVERS:
        return conclusion in OF_OPERATOR
    return one_line(cause.shared.value) in sentence


# So many names must be known for a text that speaks of them.
_NAMES_WANTED = {Conclusion.DELIVERY_FAILS: 2}


def _wanted(conclusion: Conclusion) -> int:
    return 0 if conclusion is Conclusion.ADDRESSES_SILENT else _NAMES_WANTED.get(conclusion, 1)


def _of_one(tr: Translator, member: Member) -> str:
    if member.conclusion is None:
        return ""
    sure = member.confidence or Confidence.CERTAIN
    return hedged_clause(
        tr, Diagnosis(member.service_id, 0, member.began.by, member.conclusion, sure, named=member.named)
    )


def _hedged(tr: Translator, clause: str, members: Sequence[Member]) -> str:
    """Return how sure that is: as sure as it is of the service of which it is known best."""
    known = {member.confidence for member in members}
    if known & {Confidence.CERTAIN, None}:
        return clause
    text = tr("probably {clause}") if Confidence.LIKELY in known else tr("perhaps {clause}")
    return text.format(clause=clause)
