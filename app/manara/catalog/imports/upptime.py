"""The configuration of Upptime, `.upptimerc.yml`: sites, checked by GitHub every few minutes."""

import re
from collections.abc import Mapping
from typing import Any

from manara.catalog.imports.draft import Draft, set_accept, set_body, set_headers, set_url, variables_in
from manara.catalog.imports.preview import Note, Why
from manara.catalog.imports.values import (
    number_in,
    place_in,
    raw_text_in,
    table_in,
    tables_in,
    text_in,
    texts_in,
    whole_in,
)

_STATUSES = ["200-208", "226", "300-308"]
"""What Upptime accepts where a site says nothing."""
_MINUTES = 5
"""How often Upptime looks where its schedule says nothing."""
_EVERY = re.compile(r"\*/(\d{1,2}) \* \* \* \*")
_DANGER = "__dangerous__"
_UNVERIFIED = ("insecure", "disable_verify_peer", "disable_verify_host")
_LONGEST_MS = 300_000
_WEB_SOCKETS = {"ws": 80, "wss": 443}


def drafts_of_upptime(document: Mapping[str, Any]) -> tuple[list[Draft], list[Note]]:
    """Return a draft for each site, and what else is in the file."""
    every = _EVERY.fullmatch(text_in(table_in(document.get("workflowSchedule")).get("uptime")))
    minutes = max(int(every[1]), 1) if every else _MINUTES
    agent = text_in(document.get("user-agent"))
    sites = tables_in(document.get("sites"))
    drafts = [_draft_of(site, f"site {number}", minutes, agent) for number, site in enumerate(sites, 1)]
    notes = [Note(Why.ALERTING, "notifications")] if document.get("notifications") else []
    return drafts, notes


def _draft_of(site: Mapping[str, Any], source: str, minutes: int, agent: str) -> Draft:
    draft = Draft(text_in(site.get("name")), source)
    url = text_in(site.get("url"))
    check: dict[str, Any] = {"interval": minutes * 60}
    if site.get("ipv6") is True:
        check["family"] = "ipv6"
        draft.came("ipv6")
    way = text_in(site.get("check")) or "http"
    variables = variables_in(url)
    if variables:
        draft.lost(Why.VARIABLE, "url", ", ".join(variables))
        check = draft.nowhere()
    elif way == "http":
        _http(draft, check, site, url, agent)
    else:
        _port(draft, check, site, url, way)
    milliseconds = number_in(site.get("maxResponseTime"))
    if milliseconds and 1 <= milliseconds <= _LONGEST_MS:
        check["slow_after"] = milliseconds / 1000
        draft.came("maxResponseTime")
    for word in ("assignees", "location"):
        if site.get(word):
            draft.lost(Why.NO_EQUIVALENT, word)
    if text_in(site.get("type")) == "globalping":
        draft.lost(Why.NO_EQUIVALENT, "type: globalping")
    draft.came("name", "url")
    draft.checks.append(check)
    return draft


def _http(draft: Draft, check: dict[str, Any], site: Mapping[str, Any], url: str, agent: str) -> None:
    check["type"] = "http"
    set_url(draft, check, url)
    method = text_in(site.get("method")).upper()
    if method and method != "GET":
        check["method"] = method
        draft.came("method")
    if agent:
        check["headers"] = {"User-Agent": agent}
    lines = (line.partition(":") for line in texts_in(site.get("headers")))
    set_headers(draft, check, [(name.strip(), value.strip()) for name, _, value in lines])
    body = raw_text_in(site.get("body"))
    if variables_in(body):
        draft.lost(Why.SECRET_IN_BODY, "body")
    else:
        set_body(draft, check, body)
    set_accept(draft, check, texts_in(site.get("expectedStatusCodes")) or _STATUSES, "expectedStatusCodes")
    _set_dangers(draft, check, site)


def _set_dangers(draft: Draft, check: dict[str, Any], site: Mapping[str, Any]) -> None:
    if any(site.get(_DANGER + word) is True for word in _UNVERIFIED):
        check["verify"] = False
        draft.came(f"{_DANGER}insecure")
    for word, option in (("body_down", "lacks"), ("body_down_if_text_missing", "contains")):
        if text_in(site.get(_DANGER + word)):
            check[option] = text_in(site[_DANGER + word])
            draft.came(_DANGER + word)
    for word in ("body_degraded", "body_degraded_if_text_missing"):
        if text_in(site.get(_DANGER + word)):
            draft.lost(Why.NOT_TRANSLATED, _DANGER + word, text_in(site[_DANGER + word]))


def _port(draft: Draft, check: dict[str, Any], site: Mapping[str, Any], url: str, way: str) -> None:
    host, port = place_in(url)
    port = whole_in(site.get("port")) or port
    draft.came("check", "port")
    if way == "ssl":
        check |= {"type": "tls", "host": host, "port": port or 443}
        return
    if way != "tcp-ping":
        draft.lost(Why.UNKNOWN_TYPE, detail=way)
        port = port or _WEB_SOCKETS.get(url.partition("://")[0].lower())
    check |= {"type": "tcp", "host": host, "port": port}
