"""What a diagnosis says, in plain words: why, whose side, how sure. Clauses begin in lower case, to fit a sentence.

Everything named is remote or from DNS; it comes out on one line.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from manara.model import Blame, Cause, Conclusion, Confidence, Diagnosis, Reason, StepKind
from manara.wording.failures import capitalised
from manara.wording.particulars import names
from manara.wording.plain import WORD_JOINER, one_line
from manara.wording.translation import Translator, mark

CLAUSES = {
    Conclusion.OFFLINE: mark("your own connection is down"),
    Conclusion.SIGN_IN_WANTED: mark("the network that you are in wants you to sign in first"),
    Conclusion.OWN_RESOLVER: mark("your own name servers do not find it, while others do"),
    Conclusion.FILTERED: mark("your own name servers hide it or lead elsewhere, while others do not"),
    Conclusion.OWN_FAMILY: mark("your own IPv6 or IPv4 does not work, while the other one does"),
    Conclusion.OWN_CLOCK: mark("the clock of this computer is wrong, so certificates cannot be judged"),
    Conclusion.OWN_TRUST: mark("this computer's list of certificate authorities seems to be out of date"),
    Conclusion.PROXY: mark("the proxy did not pass the request on"),
    Conclusion.CHECK_ITSELF: mark("the look itself could not be made"),
    Conclusion.NAME_SERVERS_SILENT: mark("the name servers of its operator do not answer"),
    Conclusion.NAME_SERVERS_PARTLY: mark("some of the name servers of its operator fail, others do not"),
    Conclusion.NAME_SERVERS_FAIL: mark("the name servers of its operator answer with errors"),
    Conclusion.NAME_SERVERS_DISAGREE: mark("the name servers of its operator contradict each other"),
    Conclusion.DNSSEC_BROKEN: mark("the signatures of its name are wrong, so name servers that check them refuse it"),
    Conclusion.NAME_GONE: mark("its name does not exist"),
    Conclusion.ADDRESS_MISSING: mark("its name exists, but its operator gives no usable address for it"),
    Conclusion.ADDRESSES_SILENT: mark("its addresses do not answer"),
    Conclusion.ADDRESSES_PARTLY: mark("some of its addresses do not answer, others do"),
    Conclusion.FAMILY_SILENT: mark("it does not answer by IPv6 or by IPv4, while the other one works"),
    Conclusion.PORT_CLOSED: mark("its computer is there, but the service on it is off"),
    Conclusion.CERTIFICATE_EXPIRED: mark("its security certificate has expired"),
    Conclusion.CERTIFICATE_WRONG: mark("its security certificate is not acceptable"),
    Conclusion.ENCRYPTION_FAILS: mark("it takes the connection, but no encryption comes about"),
    Conclusion.DELIVERY_FAILS: mark("its delivery network answers with errors"),
    Conclusion.ORIGIN_FAILS: mark("its delivery network gets no good answer from the servers behind it"),
    Conclusion.SERVER_ERRORS: mark("it is reachable, but its servers answer with errors"),
    Conclusion.NO_RESPONSE: mark("it takes the connection, but gives no proper answer"),
    Conclusion.MAINTENANCE_TOLD: mark("it says that it is being worked on, and when to come back"),
    Conclusion.TOO_MANY_CHECKS: mark("it is there, and asks to be checked less often"),
    Conclusion.TURNS_US_AWAY: mark("it is there, but turns automatic checks away"),
    Conclusion.PAGE_GONE: mark("it is there, but the page that is checked is gone"),
    Conclusion.WRONG_CONTENT: mark("what it sends is not what it should be"),
    Conclusion.SLOW: mark("it answers, but more slowly than it should"),
    Conclusion.PASSED: mark("when it was looked into, all was well again"),
    Conclusion.CANNOT_TELL: mark("the cause cannot be told from here"),
}

WITH_NAMES = {
    Conclusion.SIGN_IN_WANTED: mark("the network that you are in wants you to sign in first ({names})"),
    Conclusion.OWN_RESOLVER: mark("your own name servers ({names}) do not find it, while others do"),
    Conclusion.FILTERED: mark("your own name servers ({names}) hide it or lead elsewhere, while others do not"),
    Conclusion.OWN_FAMILY: mark("your own {names} does not work"),
    Conclusion.NAME_SERVERS_SILENT: mark("the name servers of its operator ({names}) do not answer"),
    Conclusion.NAME_SERVERS_PARTLY: mark("some of the name servers of its operator ({names}) fail, others do not"),
    Conclusion.NAME_SERVERS_FAIL: mark("the name servers of its operator ({names}) answer with errors"),
    Conclusion.NAME_SERVERS_DISAGREE: mark("the name servers of its operator ({names}) contradict each other"),
    Conclusion.DNSSEC_BROKEN: mark(
        "the signatures of its name ({names}) are wrong, so name servers that check them refuse it"
    ),
    Conclusion.NAME_GONE: mark("its name ({names}) does not exist"),
    Conclusion.ADDRESS_MISSING: mark("its name ({names}) exists, but its operator gives no usable address for it"),
    Conclusion.ADDRESSES_PARTLY: mark("some of its addresses ({names}) do not answer, others do"),
    Conclusion.FAMILY_SILENT: mark("it does not answer by {names}, while the rest works"),
    Conclusion.PORT_CLOSED: mark("its computer is there, but the service on it is off ({names})"),
    Conclusion.CERTIFICATE_EXPIRED: mark("its security certificate has expired ({first})"),
    Conclusion.CERTIFICATE_WRONG: mark("its security certificate is not acceptable ({first})"),
    Conclusion.DELIVERY_FAILS: mark("its delivery network {first} answers with errors ({second})"),
    Conclusion.ORIGIN_FAILS: mark(
        "its delivery network {first} gets no good answer from the servers behind it ({second})"
    ),
    Conclusion.SERVER_ERRORS: mark("it is reachable, but its servers answer with errors ({names})"),
    Conclusion.MAINTENANCE_TOLD: mark("it says that it is being worked on, and when to come back ({names})"),
    Conclusion.TOO_MANY_CHECKS: mark("it is there, and asks to be checked less often ({names})"),
    Conclusion.TURNS_US_AWAY: mark("it is there, but turns automatic checks away ({names})"),
    Conclusion.PAGE_GONE: mark("it is there, but the page that is checked is gone ({names})"),
}

BLAMES = {
    Blame.US: mark("it is on your side"),
    Blame.THEM: mark("it is them"),
    Blame.BETWEEN: mark("it is between you and them: some can reach it, others cannot"),
    Blame.NOBODY_KNOWN: mark("whose fault it is cannot be told"),
}

CONFIDENCES = {
    Confidence.CERTAIN: mark("certain"),
    Confidence.LIKELY: mark("probably"),
    Confidence.POSSIBLE: mark("perhaps"),
}

_HEDGED = {
    Confidence.CERTAIN: mark("{clause}"),
    Confidence.LIKELY: mark("probably {clause}"),
    Confidence.POSSIBLE: mark("perhaps {clause}"),
}

MEASURED = frozenset(
    {
        *(Conclusion.ADDRESSES_SILENT, Conclusion.ADDRESSES_PARTLY, Conclusion.FAMILY_SILENT, Conclusion.PORT_CLOSED),
        *(Conclusion.CERTIFICATE_EXPIRED, Conclusion.CERTIFICATE_WRONG, Conclusion.ENCRYPTION_FAILS),
        *(Conclusion.SERVER_ERRORS, Conclusion.NO_RESPONSE, Conclusion.MAINTENANCE_TOLD, Conclusion.TOO_MANY_CHECKS),
        *(Conclusion.TURNS_US_AWAY, Conclusion.PAGE_GONE, Conclusion.WRONG_CONTENT, Conclusion.SLOW),
        *(Conclusion.CHECK_ITSELF, Conclusion.PROXY, Conclusion.PASSED, Conclusion.CANNOT_TELL),
    }
)
"""These say what was seen, which is no guess; how sure it is whose fault that is stands with the blame."""

TOLD_BY_REASON = frozenset(
    {
        *(Conclusion.PASSED, Conclusion.CANNOT_TELL, Conclusion.CHECK_ITSELF, Conclusion.PROXY),
        *(Conclusion.CERTIFICATE_EXPIRED, Conclusion.CERTIFICATE_WRONG, Conclusion.ENCRYPTION_FAILS),
        *(Conclusion.NO_RESPONSE, Conclusion.TURNS_US_AWAY, Conclusion.WRONG_CONTENT, Conclusion.SLOW),
    }
)
"""What the look itself saw says more of these: which date, which text, how long."""


def conclusion_clause(tr: Translator, diagnosis: Diagnosis) -> str:
    """Return why, without how sure: `the name servers of its operator (a–d.ns.example.org) do not answer`."""
    conclusion, named = diagnosis.conclusion, tuple(one_line(name) for name in diagnosis.named if name)
    if not named:
        return tr(CLAUSES[conclusion])
    listed = names(tr, folded(named))
    if conclusion is Conclusion.ADDRESSES_SILENT:
        one, many = "its address ({names}) does not answer", "its addresses ({names}) do not answer"
        return tr.plural(one, many, len(named)).format(names=listed)
    text = tr(WITH_NAMES.get(conclusion, CLAUSES[conclusion]))
    return text.format(names=listed, first=named[0], second=named[1] if len(named) > 1 else "")


def hedged_clause(tr: Translator, diagnosis: Diagnosis) -> str:
    """Return why and how sure that is: `probably your own name servers do not find it`."""
    clause = conclusion_clause(tr, diagnosis)
    return clause if diagnosis.conclusion in MEASURED else _hedged(tr, diagnosis.confidence, clause)


def diagnosis_sentence(tr: Translator, diagnosis: Diagnosis) -> str:
    """Return why, on its own: `Probably your own name servers do not find it`."""
    return one_line(capitalised(hedged_clause(tr, diagnosis)))


def blame_sentence(tr: Translator, diagnosis: Diagnosis) -> str:
    """Return on whose side the trouble is: `It is them: your connection is fine`."""
    if diagnosis.conclusion is Conclusion.PASSED:
        return ""
    blame = diagnosis.conclusion.blame
    clause = tr(BLAMES[blame])
    if blame is Blame.THEM and any(step.kind is StepKind.LINE and step.ok for step in diagnosis.steps):
        clause = tr("it is them: your connection is fine")
    if blame in (Blame.US, Blame.THEM) and diagnosis.conclusion in MEASURED:
        clause = _hedged(tr, diagnosis.confidence, clause)
    return capitalised(clause)


def _hedged(tr: Translator, confidence: Confidence, clause: str) -> str:
    return tr(_HEDGED[confidence]).format(clause=clause)


def confidence_word(tr: Translator, confidence: Confidence) -> str:
    """Return how sure a conclusion is, in a word."""
    return tr(CONFIDENCES[confidence])


def explanation(tr: Translator, diagnosis: Diagnosis | None, cause: Cause) -> str:
    """Return why, as the diagnosis has it: a clause; empty where the cause itself says more, or another is meant."""
    if diagnosis is None or diagnosis.conclusion in TOLD_BY_REASON or not is_about(diagnosis, cause):
        return ""
    return hedged_clause(tr, diagnosis)


def is_about(diagnosis: Diagnosis, cause: Cause) -> bool:
    """Return whether a diagnosis is of the failure that is meant, and not of one that went before."""
    if not isinstance(cause, Reason):
        return False
    failed = {step.layer for step in diagnosis.steps if step.reason is not None}
    return cause.layer in failed or cause.layer is diagnosis.conclusion.layer


def folded(named: Iterable[str]) -> tuple[str, ...]:
    """Return names with rows of neighbours written as one: `a.ns.x` to `d.ns.x` as `a–d.ns.x`, `ns1.x` … as well.

    No line ends within such a row: behind its dash stands a word joiner.
    """
    rows: list[str] = []
    for tail, group in groupby(dict.fromkeys(named), key=lambda name: name.partition(".")[2]):
        rows += _row([name.partition(".")[0] for name in group], tail)
    return tuple(rows)


def _row(heads: list[str], tail: str) -> list[str]:
    counted = [_counted(head) for head in heads]
    first = counted[0]
    if not tail or first is None or counted != [(first[0], first[1] + place) for place in range(len(heads))]:
        return [f"{head}.{tail}" if tail else head for head in heads]
    return [
        f"{heads[0]}–{WORD_JOINER}{heads[-1].removeprefix(first[0])}.{tail}" if len(heads) > 1 else f"{heads[0]}.{tail}"
    ]


def _counted(head: str) -> tuple[str, int] | None:
    """Return what a label begins with, and which one of a row it is: `ns2`, `b`."""
    if len(head) == 1 and head.isalpha():
        return "", ord(head)
    match = _NUMBERED.fullmatch(head)
    return None if match is None else (match[1], int(match[2]))


_NUMBERED = re.compile(r"([a-z][a-z-]*)([0-9]{1,4})")
