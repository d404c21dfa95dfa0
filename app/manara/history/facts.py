"""Facts worth remembering from a good look: what a bad day is compared with."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from manara.model import Certificate, CheckResult, Facts


def facts_of(result: CheckResult) -> Iterator[tuple[str, str]]:
    """Return the kind and the value of each fact that a look saw."""
    facts = result.facts
    for kind, values in (
        ("address", facts.addresses or ((result.address,) if result.address else ())),
        ("alias", facts.cname_chain),
        ("record", facts.records),
        ("redirect", facts.redirects),
    ):
        for value in values:
            yield kind, value
    for kind, value in (("tls-version", facts.tls_version), ("server", facts.http_server)):
        if value:
            yield kind, value
    if facts.certificate is not None:
        yield "certificate", json.dumps(certificate_document(facts.certificate))


def telling(facts: Facts) -> tuple[Any, ...]:
    """Return what facts are remembered by: equal for two looks that saw the same."""
    return (
        facts.addresses,
        facts.cname_chain,
        facts.records,
        facts.redirects,
        facts.tls_version,
        facts.http_server,
        facts.certificate,
    )


def certificate_document(certificate: Certificate) -> dict[str, Any]:
    """Return a certificate as JSON has it."""
    return {
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "names": certificate.names,
        "not_before": certificate.not_before.isoformat(),
        "not_after": certificate.not_after.isoformat(),
        "sha256": certificate.sha256,
    }


def certificate_of(document: dict[str, Any]) -> Certificate:
    """Return the certificate that a document is of."""
    return Certificate(
        subject=document["subject"],
        issuer=document["issuer"],
        names=tuple(document["names"]),
        not_before=datetime.fromisoformat(document["not_before"]),
        not_after=datetime.fromisoformat(document["not_after"]),
        sha256=document["sha256"],
    )
