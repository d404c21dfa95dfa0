"""Services without what is secret in them: references stay, everything else that may be a key is taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from manara.catalog.exports.exported import Remark, Warned
from manara.catalog.secret_words import clean_url, has_secret_word, is_plain_header, variable_name
from manara.model import Check, OfficialPage, Service, options_of
from manara.probes.secrets import is_reference


def without_secrets(services: Sequence[Service]) -> tuple[tuple[Service, ...], tuple[Warned, ...]]:
    """Return the services as they may be given away, and what was done for that."""
    used: set[str] = set()
    warnings: list[Warned] = []
    kept = tuple(
        replace(
            service,
            checks=tuple(_clean(check, service, used, warnings) for check in service.checks),
            official=_clean_page(service, warnings),
        )
        for service in services
    )
    named = dict.fromkeys(reference for service in kept for reference in _references(service))
    return kept, (*(Warned(Remark.REFERENCE, reference) for reference in named), *warnings)


def proxy_without_secrets(proxy: str) -> str:
    """Return the address of a proxy without user name and password."""
    scheme, separator, place = proxy.partition("://")
    return f"{scheme}{separator}{place.rpartition('@')[2]}" if separator else proxy


def _clean_page(service: Service, warnings: list[Warned]) -> OfficialPage | None:
    page = service.official
    if page is None or (url := clean_url(page.url).url) == page.url:
        return page
    warnings.append(Warned(Remark.HIDDEN, "official_url", service.id))
    return replace(page, url=url)


def _clean(check: Check, service: Service, used: set[str], warnings: list[Warned]) -> Check:
    changed: dict[str, Any] = {}
    options = options_of(type(check))
    if "url" in options:
        url = clean_url(getattr(check, "url", "")).url
        changed |= {"url": url} if url != getattr(check, "url", "") else {}
    for name in ("body", "send"):
        if name in options and has_secret_word(getattr(check, name)):
            changed[name] = ""
    if "proxy" in options and "@" in getattr(check, "proxy", ""):
        changed["proxy"] = proxy_without_secrets(getattr(check, "proxy", ""))
    warnings += [Warned(Remark.HIDDEN, name, service.id) for name in changed]
    headers = getattr(check, "headers", ())
    if any(map(_may_be_secret, headers)):
        changed["headers"] = tuple(_hidden(header, service, used, warnings) for header in headers)
    return replace(check, **changed) if changed else check


def _may_be_secret(header: tuple[str, str]) -> bool:
    name, value = header
    return bool(value) and not is_plain_header(name) and not is_reference(value)


def _hidden(header: tuple[str, str], service: Service, used: set[str], warnings: list[Warned]) -> tuple[str, str]:
    if not _may_be_secret(header):
        return header
    name, _ = header
    variable = variable_name(service.id, name, used)
    used.add(variable)
    warnings.append(Warned(Remark.HIDDEN, name, service.id))
    return name, f"env:{variable}"


def _references(service: Service) -> Iterator[str]:
    for check in service.checks:
        for name, option in options_of(type(check)).items():
            if option.secret and getattr(check, name):
                yield getattr(check, name)
        yield from (value for _, value in getattr(check, "headers", ()) if is_reference(value))
