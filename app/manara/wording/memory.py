"""What is remembered of a service, in words: facts with their times, and certificates. Each comes out on one line.

`now` is aware; moments are shown in its time zone.
"""

from datetime import datetime

from manara.model import Certificate, Fact
from manara.wording.plain import one_line
from manara.wording.times import date
from manara.wording.translation import Translator, mark

KINDS = {
    "address": mark("Address"),
    "alias": mark("Alias"),
    "record": mark("Record"),
    "redirect": mark("Sent on to"),
    "tls-version": mark("Encryption"),
    "server": mark("Server"),
    "certificate": mark("Certificate"),
}
"""What each kind of fact is called, in the order in which they are shown."""
_MOST_NAMES = 6
_BYTES_OF_PRINT = 8
_DIGITS_OF_BYTE = 2


def kind_word(tr: Translator, kind: str) -> str:
    """Return what a kind of fact is called; one that only a later version knows is called as it is."""
    return tr(KINDS[kind]) if kind in KINDS else one_line(kind)


def fact_value(fact: Fact) -> str:
    """Return what was seen; of a certificate what tells it from others."""
    if isinstance(fact.value, Certificate):
        return one_line(f"{fact.value.issuer}, {short_print(fact.value)}")
    return one_line(fact.value)


def seen_when(tr: Translator, fact: Fact, now: datetime, *, still: bool) -> str:
    """Return when a fact was seen: `since 2021-09-01`, or from when until when if it is not seen any more."""
    first, last = _day_or_time(tr, fact.first_seen, now), _day_or_time(tr, fact.last_seen, now)
    if still:
        return tr("since {moment}").format(moment=first)
    return first if first == last else tr("{begin} to {end}").format(begin=first, end=last)


def certificate_lines(tr: Translator, certificate: Certificate, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return what a certificate says of itself: what each line is called, and its text."""
    return (
        (tr("Issued to"), one_line(certificate.subject)),
        (tr("Issued by"), one_line(certificate.issuer)),
        (tr("Valid from"), date(tr, certificate.not_before, now)),
        (tr("Valid until"), _end(tr, certificate, now)),
        (tr("Names"), _names(tr, certificate.names)),
        (tr("Fingerprint"), full_print(certificate)),
    )


def short_print(certificate: Certificate) -> str:
    """Return the beginning of the fingerprint, as much as tells certificates apart."""
    return one_line(_spaced(certificate.sha256[: _BYTES_OF_PRINT * _DIGITS_OF_BYTE])) + " …"


def full_print(certificate: Certificate) -> str:
    """Return the fingerprint in pairs, so that it can be compared and takes more lines where it must."""
    return one_line(_spaced(certificate.sha256))


def _day_or_time(tr: Translator, at: datetime, now: datetime) -> str:
    """Return the date, for today the time of day."""
    local = at.astimezone(now.tzinfo)
    return tr.number(f"{local:%H:%M}") if local.date() == now.date() else date(tr, at, now)


def _end(tr: Translator, certificate: Certificate, now: datetime) -> str:
    day = date(tr, certificate.not_after, now)
    if certificate.not_after < now:
        return tr("{date}, it has ended").format(date=day)
    days = certificate.days_left(now)
    return tr.plural("{date}, {n} day left", "{date}, {n} days left", days).format(n=days, date=day)


def _spaced(digits: str) -> str:
    return " ".join(digits[place : place + _DIGITS_OF_BYTE] for place in range(0, len(digits), _DIGITS_OF_BYTE))


def _names(tr: Translator, names: tuple[str, ...]) -> str:
    shown = one_line(", ".join(names[:_MOST_NAMES]))
    more = len(names) - _MOST_NAMES
    return shown if more <= 0 else tr("{shown} and {n} more").format(shown=shown, n=more)
