"""The particulars that make a reason useful: which name, which address, which status, which date."""

from datetime import datetime
from typing import assert_never

from manara.model import Certificate, Check, CheckResult, Layer, Reason
from manara.wording.failures import clause
from manara.wording.plain import one_line
from manara.wording.times import date, latency
from manara.wording.translation import Translator

_MOST_NAMES = 3


def failure_clause(tr: Translator, check: Check, result: CheckResult, now: datetime) -> str:
    """Return why a look was not good, with particulars: `the name servers did not answer (example.org)`."""
    if result.failure is None:
        return ""
    return with_particulars(clause(tr, result.failure.reason), particulars(tr, check, result, now))


def with_particulars(text: str, added: str) -> str:
    """Return a text followed by its particulars in brackets, if there are any."""
    return f"{text} ({added})" if added else text


def particulars(tr: Translator, check: Check, result: CheckResult, now: datetime) -> str:
    """Return what makes the failure of a look concrete; empty when the look was good."""
    if result.failure is None:
        return ""
    match result.failure.layer:
        case Layer.DNS:
            text = check.host
        case Layer.LINK | Layer.TCP | Layer.ICMP:
            text = tried_address(result) or check.host
        case Layer.TLS:
            text = _of_certificate(tr, result, now) or result.failure.detail
        case Layer.HTTP:
            text = _of_answer(result) or check.host
        case Layer.SPEED:
            text = _total(tr, result)
        case Layer.LOCAL | Layer.CONTENT:
            text = result.failure.detail or check.target
        case never:
            assert_never(never)
    return one_line(text)


def tried_address(result: CheckResult) -> str:
    """Return the address that was looked at, else the first one that was tried in vain."""
    if result.address:
        return result.address
    return result.facts.attempts[0].address if result.facts.attempts else ""


def certificate_ends(tr: Translator, certificate: Certificate, now: datetime) -> str:
    """Return until when a certificate is good: `ends in 43 days, on 2027-01-05`."""
    days = certificate.days_left(now)
    day = date(tr, certificate.not_after, now)
    if certificate.not_after < now:
        return tr("ended on {date}").format(date=day)
    return tr.plural("ends in {n} day, on {date}", "ends in {n} days, on {date}", days).format(n=days, date=day)


def names(tr: Translator, listed: tuple[str, ...]) -> str:
    """Return a list, cut after a few: `a, b, c and 4 more`."""
    shown = ", ".join(listed[:_MOST_NAMES])
    more = len(listed) - _MOST_NAMES
    return shown if more <= 0 else tr("{shown} and {n} more").format(shown=shown, n=more)


def _of_certificate(tr: Translator, result: CheckResult, now: datetime) -> str:
    certificate = result.facts.certificate
    if certificate is None or result.failure is None:
        return ""
    match result.failure.reason:
        case Reason.CERTIFICATE_EXPIRED | Reason.CERTIFICATE_EXPIRES_SOON:
            return certificate_ends(tr, certificate, now)
        case Reason.CERTIFICATE_NOT_YET_VALID:
            return tr("begins on {date}").format(date=date(tr, certificate.not_before, now))
        case Reason.CERTIFICATE_NAME_MISMATCH:
            return tr("it is for {names}").format(names=names(tr, certificate.names or (certificate.subject,)))
        case Reason.CERTIFICATE_UNKNOWN_ISSUER:
            return tr("issued by {issuer}").format(issuer=certificate.issuer)
        case _:
            return ""


def _of_answer(result: CheckResult) -> str:
    status = result.facts.http_status
    return "" if status is None else f"HTTP {status}"


def _total(tr: Translator, result: CheckResult) -> str:
    total_ms = result.timings.total_ms
    return "" if total_ms is None else latency(tr, total_ms)
