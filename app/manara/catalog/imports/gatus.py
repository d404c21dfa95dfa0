"""The configuration of Gatus: endpoints, whose type is that of their URL, and whose conditions are translated."""

import json
import re
from collections.abc import Mapping
from typing import Any

from manara.catalog.imports.draft import (
    Draft,
    escaped,
    set_body,
    set_confirm,
    set_headers,
    set_interval,
    set_timeout,
    set_url,
    variables_in,
    without_escapes,
)
from manara.catalog.imports.durations import seconds_of
from manara.catalog.imports.gatus_conditions import set_conditions
from manara.catalog.imports.preview import Note, Why
from manara.catalog.imports.values import place_in, raw_text_in, table_in, tables_in, text_in, texts_in, whole_in
from manara.model import NameServer

_PORTS = {"grpc": 80, "grpcs": 443, "ssh": 22, "ws": 80, "wss": 443}
_TEXT = re.compile(r"\[ENDPOINT_(NAME|GROUP|URL)\]")
_OTHER_PARTS = ("alerting", "maintenance", "connectivity", "announcements", "remote", "tunneling")
_FAMILIES = {"ip4": "ipv4", "ip6": "ipv6"}


def drafts_of_gatus(document: Mapping[str, Any]) -> tuple[list[Draft], list[Note]]:
    """Return a draft for each endpoint, and what else is in the file."""
    endpoints = tables_in(document.get("endpoints"))
    drafts = [_draft_of(endpoint, f"endpoint {number}") for number, endpoint in enumerate(endpoints, 1)]
    for part, word in (("external-endpoints", "push"), ("suites", "suite")):
        for number, entry in enumerate(tables_in(document.get(part)), 1):
            drafts.append(_left_out(entry, f"{part} {number}", word))
    notes = [
        Note(Why.ALERTING if part == "alerting" else Why.NO_EQUIVALENT, part)
        for part in _OTHER_PARTS
        if document.get(part)
    ]
    return drafts, notes


def merged(documents: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the files of a folder as one, as Gatus does: tables merge deeply, lists are appended."""
    whole: dict[str, Any] = {}
    for document in documents:
        _merge(whole, document)
    return whole


def _merge(into: dict[str, Any], other: Mapping[str, Any]) -> None:
    for key, value in other.items():
        before = into.get(key)
        if isinstance(before, dict) and isinstance(value, Mapping):
            _merge(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            into[key] = [*before, *value]
        else:
            into[key] = dict(value) if isinstance(value, Mapping) else value


def _left_out(entry: Mapping[str, Any], source: str, word: str) -> Draft:
    draft = Draft(text_in(entry.get("name")), source, group=text_in(entry.get("group")))
    draft.lost(Why.UNKNOWN_TYPE, detail=word)
    draft.checks.append(draft.nowhere())
    return draft


def _draft_of(endpoint: Mapping[str, Any], source: str) -> Draft:
    draft = Draft(_text(endpoint.get("name")), source, group=_text(endpoint.get("group")))
    draft.paused = endpoint.get("enabled", True) is False
    draft.tags = [f"{key}: {text_in(value)}" for key, value in table_in(endpoint.get("extra-labels")).items()]
    url = text_in(endpoint.get("url"))
    check: dict[str, Any] = {}
    client = table_in(endpoint.get("client"))
    set_interval(draft, check, _seconds(draft, endpoint, "interval") or 60)
    set_timeout(draft, check, _seconds(draft, client, "timeout"), "client.timeout")
    variables = variables_in(url)
    if variables:
        draft.lost(Why.VARIABLE, "url", ", ".join(variables))
        check = draft.nowhere()
    else:
        _set_place(draft, check, endpoint, without_escapes(url))
        _set_client(draft, check, client)
        set_conditions(draft, check, texts_in(endpoint.get("conditions")))
    _set_alerts(draft, check, tables_in(endpoint.get("alerts")))
    if endpoint.get("maintenance-windows"):
        draft.lost(Why.NO_EQUIVALENT, "maintenance-windows")
    draft.came("name", "url", "group")
    draft.checks.append(check)
    return draft


def _text(value: object) -> str:
    return without_escapes(text_in(value))


def _seconds(draft: Draft, table: Mapping[str, Any], name: str) -> float | None:
    seconds = seconds_of(table.get(name))
    if seconds is None and table.get(name) is not None:
        draft.lost(Why.BAD_VALUE, name, "it is no duration")
    return seconds


def _set_place(draft: Draft, check: dict[str, Any], endpoint: Mapping[str, Any], url: str) -> None:
    query = table_in(endpoint.get("dns"))
    if query:
        # Then the URL is that of the server.
        _dns(draft, check, query, url)
        return
    scheme, separator, place = url.partition("://")
    scheme = scheme.lower() if separator else ""
    host, port = place_in(place)
    match scheme:
        case "http" | "https":
            _http(draft, check, endpoint, url)
        case "tcp":
            check |= {"type": "tcp", "host": host, "port": port}
            set_body(draft, check, escaped(raw_text_in(endpoint.get("body"))), "send")
        case "tls":
            check |= {"type": "tls", "host": host, "port": port or 443}
        case "icmp":
            check |= {"type": "ping", "host": host}
        case _:
            draft.lost(Why.UNKNOWN_TYPE, detail=scheme or "?")
            port = port or _PORTS.get(scheme)
            knocks = host and port and scheme not in ("udp", "sctp", "")
            check |= {"type": "tcp", "host": host, "port": port} if knocks else draft.nowhere()


def _http(draft: Draft, check: dict[str, Any], endpoint: Mapping[str, Any], url: str) -> None:
    check["type"] = "http"
    set_url(draft, check, url)
    method = text_in(endpoint.get("method")).upper()
    if method and method != "GET":
        check["method"] = method
        draft.came("method")
    headers = table_in(endpoint.get("headers"))
    set_headers(draft, check, ((name, text_in(value)) for name, value in headers.items()))
    body = raw_text_in(endpoint.get("body"))
    if endpoint.get("graphql") is True:
        body = json.dumps({"query": body})
        check.setdefault("headers", {})["Content-Type"] = "application/json"
        draft.came("graphql")
    if variables_in(body):
        draft.lost(Why.SECRET_IN_BODY, "body")
        return
    about = {"NAME": draft.name, "GROUP": draft.group, "URL": text_in(endpoint.get("url"))}
    set_body(draft, check, _TEXT.sub(lambda match: about[match[1]], without_escapes(body)))


def _dns(draft: Draft, check: dict[str, Any], query: Mapping[str, Any], server: str) -> None:
    check |= {"type": "dns", "name": _text(query.get("query-name"))}
    record_type = _text(query.get("query-type")).upper()
    if record_type:
        check["record_type"] = record_type
    try:
        check["servers"] = [str(NameServer.parse(server.partition("://")[2] or server))]
        draft.came("dns")
    except ValueError as error:
        draft.lost(Why.BAD_VALUE, "url", error)


def _set_client(draft: Draft, check: dict[str, Any], client: Mapping[str, Any]) -> None:
    for name, option in (("insecure", "verify"), ("ignore-redirect", "follow_redirects")):
        if client.get(name) is True and check["type"] == "http":
            check[option] = False
            draft.came(f"client.{name}")
    family = _FAMILIES.get(text_in(client.get("network")))
    if family and check["type"] != "dns":
        check["family"] = family
        draft.came("client.network")
    proxy = text_in(client.get("proxy-url"))
    if proxy:
        _set_proxy(draft, check, proxy)
    tls = table_in(client.get("tls"))
    for name, option in (("certificate-file", "client_certificate"), ("private-key-file", "client_key")):
        if text_in(tls.get(name)) and check["type"] in ("http", "tls"):
            check[option] = text_in(tls[name])
            draft.came(f"client.tls.{name}")
    _note_needed(draft, client)


def _note_needed(draft: Draft, client: Mapping[str, Any]) -> None:
    for name in ("oauth2", "identity-aware-proxy"):
        if client.get(name):
            draft.lost(Why.SIGN_IN, f"client.{name}", name)
    if client.get("tunnel"):
        draft.lost(Why.NEEDED, "client.tunnel")
    for name in ("dns-resolver", "store-cookies"):
        if client.get(name):
            draft.lost(Why.NO_EQUIVALENT, f"client.{name}")


def _set_proxy(draft: Draft, check: dict[str, Any], proxy: str) -> None:
    if check["type"] == "http" and proxy.startswith("http://") and "@" not in proxy and not variables_in(proxy):
        check["proxy"] = proxy
        draft.came("client.proxy-url")
    else:
        draft.lost(Why.NEEDED, "client.proxy-url")


def _set_alerts(draft: Draft, check: dict[str, Any], alerts: list[dict[str, Any]]) -> None:
    failures = [number for alert in alerts if (number := whole_in(alert.get("failure-threshold")))]
    successes = [number for alert in alerts if (number := whole_in(alert.get("success-threshold")))]
    if failures:
        set_confirm(draft, check, min(failures) - 1, "failure-threshold")
    if successes:
        check["recover"] = min(max(successes), 20)
        draft.came("success-threshold")
