"""Monitors of Uptime Kuma, from a backup of version 1 or a database of version 2, under the names of the backup."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from manara.catalog.imports.draft import (
    Draft,
    Secret,
    set_accept,
    set_body,
    set_confirm,
    set_headers,
    set_interval,
    set_timeout,
    set_url,
)
from manara.catalog.imports.kuma_nearest import set_nearest
from manara.catalog.imports.preview import Why
from manara.catalog.imports.values import number_in, raw_text_in, tables_in, text_in, texts_in, whole_in
from manara.model import NameServer

_SHARE_OF_INTERVAL = 0.8
"""Before 1.23 there was no timeout: this part of the interval was allowed."""
_DAYS_LEFT = 21
"""The first of the 21, 14 and 7 days at which Kuma tells that a certificate ends."""
_PATH = re.compile(r"\$?\.?[A-Za-z_]\w*(?:\[\d+\])?(?:\.[A-Za-z_]\w*(?:\[\d+\])?)*")
_OPERATORS = frozenset({"==", "!=", "<", "<=", ">", ">=", "contains"})


class KumaMonitors:
    """All monitors of one Kuma, which name each other as parents and proxies by id."""

    def __init__(self, monitors: Sequence[Mapping[str, Any]], proxies: Sequence[Mapping[str, Any]] = ()) -> None:
        self._monitors = monitors
        self._by_id = {number: monitor for monitor in reversed(monitors) if (number := text_in(monitor.get("id")))}
        self._proxies = {text_in(proxy.get("id")): proxy for proxy in proxies}

    def drafts(self) -> list[Draft]:
        """Return a draft for each monitor that is no group."""
        seen: set[str] = set()
        drafts = []
        for position, monitor in enumerate(self._monitors):
            number = text_in(monitor.get("id"))
            if monitor.get("type") != "group":
                draft = self._draft_of(monitor, number or f"[{position}]")
                if number and number in seen:
                    draft.lost(Why.SAME_ID, detail=number)
                drafts.append(draft)
            seen.add(number)
        return drafts

    def _draft_of(self, monitor: Mapping[str, Any], number: str) -> Draft:
        draft = Draft(text_in(monitor.get("name")), f"monitor {number}", about=text_in(monitor.get("description")))
        above = self._above(monitor)
        draft.group = " / ".join(name for each in above if (name := text_in(each.get("name"))))
        draft.tags = [_tag(tag) for tag in tables_in(monitor.get("tags"))]
        # What stands in a group that is paused is not looked at either.
        draft.paused = any(map(_is_paused, (monitor, *above)))
        word = text_in(monitor.get("type"))
        check: dict[str, Any] = {}
        _set_pace(draft, check, monitor)
        if word in ("http", "keyword", "json-query"):
            self._http(draft, check, monitor, word)
        elif word == "port":
            check |= {"type": "tcp", "host": text_in(monitor.get("hostname")), "port": whole_in(monitor.get("port"))}
        elif word == "ping":
            check |= {"type": "ping", "host": text_in(monitor.get("hostname"))}
            if whole_in(monitor.get("packetSize")) not in (None, 56):
                draft.lost(Why.NO_EQUIVALENT, "packetSize")
        elif word == "dns":
            _dns(draft, check, monitor)
        else:
            set_nearest(draft, check, monitor, word)
        family = text_in(monitor.get("ipFamily"))
        if family in ("ipv4", "ipv6") and check["type"] != "dns":
            check["family"] = family
            draft.came("ipFamily")
        draft.came("name", "type")
        if monitor.get("upsideDown") in (True, 1):
            draft.lost(Why.UPSIDE_DOWN)
        draft.checks.append(check)
        return draft

    def _above(self, monitor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Return the groups that a monitor stands in, the outermost first."""
        above: list[Mapping[str, Any]] = []
        parent = self._by_id.get(text_in(monitor.get("parent")))
        # Groups that are each other's parents would lead around for ever.
        while parent is not None and parent not in above:
            above.insert(0, parent)
            parent = self._by_id.get(text_in(parent.get("parent")))
        return above

    def _http(self, draft: Draft, check: dict[str, Any], monitor: Mapping[str, Any], word: str) -> None:
        check["type"] = "http"
        set_url(draft, check, text_in(monitor.get("url")))
        method = text_in(monitor.get("method")).upper()
        if method and method != "GET":
            check["method"] = method
            draft.came("method")
        set_headers(draft, check, _headers(draft, monitor.get("headers")))
        set_body(draft, check, raw_text_in(monitor.get("body")))
        _set_sign_in(draft, check, monitor)
        _set_statuses(draft, check, monitor)
        if monitor.get("ignoreTls") in (True, 1):
            check["verify"] = False
            draft.came("ignoreTls")
        # Kuma warns of a certificate that ends only where that was ticked.
        check["days_left_warning"] = _DAYS_LEFT if monitor.get("expiryNotification") in (True, 1) else 0
        draft.came("expiryNotification")
        if word == "keyword":
            inverted = monitor.get("invertKeyword") in (True, 1)
            check["lacks" if inverted else "contains"] = text_in(monitor.get("keyword"))
            draft.came("keyword", "invertKeyword")
        if word == "json-query":
            _set_json(draft, check, monitor)
        if monitor.get("cacheBust") in (True, 1):
            draft.lost(Why.NO_EQUIVALENT, "cacheBust")
        self._set_proxy(draft, check, monitor)

    def _set_proxy(self, draft: Draft, check: dict[str, Any], monitor: Mapping[str, Any]) -> None:
        number = text_in(monitor.get("proxyId"))
        if not number:
            return
        proxy = self._proxies.get(number, {})
        host, port = text_in(proxy.get("host")), whole_in(proxy.get("port"))
        if text_in(proxy.get("protocol")) == "http" and host and port and proxy.get("auth") not in (True, 1):
            check["proxy"] = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            draft.came("proxyId")
        else:
            draft.lost(Why.NEEDED, "proxy")


def _is_paused(monitor: Mapping[str, Any]) -> bool:
    # 1.23 writes true and false, and reads back only 1 (its issue 3837).
    return monitor.get("active", True) not in (True, 1) or monitor.get("forceInactive") is True


def _tag(tag: Mapping[str, Any]) -> str:
    name, value = text_in(tag.get("name")), text_in(tag.get("value"))
    return f"{name}: {value}" if value else name


def _set_pace(draft: Draft, check: dict[str, Any], monitor: Mapping[str, Any]) -> None:
    interval = number_in(monitor.get("interval"))
    set_interval(draft, check, interval)
    timeout = number_in(monitor.get("timeout"))
    if not timeout and interval:
        # No word of the file: there is nothing to tell where it is limited.
        check["timeout"] = min(max(interval * _SHARE_OF_INTERVAL, 0.1), 300, check.get("interval", 60))
    else:
        set_timeout(draft, check, timeout)
    set_confirm(draft, check, whole_in(monitor.get("maxretries")), "maxretries")
    retry = number_in(monitor.get("retryInterval"))
    if retry and retry != interval and check.get("confirm"):
        draft.lost(Why.NO_EQUIVALENT, "retryInterval")
    if number_in(monitor.get("resendInterval")):
        # It counts looks, not minutes.
        draft.lost(Why.NO_EQUIVALENT, "resendInterval")


def _headers(draft: Draft, value: object) -> list[tuple[str, str]]:
    """Return the headers, which are a JSON text within the JSON."""
    try:
        headers = json.loads(value) if isinstance(value, str) and value.strip() else {}
    except (ValueError, RecursionError):
        headers = None
    if not isinstance(headers, dict):
        draft.lost(Why.BAD_VALUE, "headers", "it is not JSON")
        return []
    return [(name, text_in(item)) for name, item in headers.items()]


def _set_sign_in(draft: Draft, check: dict[str, Any], monitor: Mapping[str, Any]) -> None:
    way = text_in(monitor.get("authMethod")).lower()
    username = text_in(monitor.get("basic_auth_user"))
    if way == "bearer":
        check["bearer"] = Secret("token")
        draft.came("authMethod")
    elif way not in ("", "null", "basic"):
        draft.lost(Why.SIGN_IN, "authMethod", way)
    elif username:
        check |= {"username": username, "password": Secret("password")}
        draft.came("authMethod", "basic_auth_user")
    elif way == "basic":
        # A backup without sensitive data has the way alone.
        draft.lost(Why.NEEDED, "basic_auth_user")


def _set_statuses(draft: Draft, check: dict[str, Any], monitor: Mapping[str, Any]) -> None:
    statuses = texts_in(monitor.get("accepted_statuscodes"))
    set_accept(draft, check, statuses, "accepted_statuscodes")
    redirects = whole_in(monitor.get("maxredirects"))
    if redirects is None:
        return
    draft.came("maxredirects")
    if redirects <= 0:
        check["follow_redirects"] = False
        return
    check["max_redirects"] = min(redirects, 20)
    if redirects > 20:
        draft.lost(Why.LIMITED, "maxredirects", 20)


def _set_json(draft: Draft, check: dict[str, Any], monitor: Mapping[str, Any]) -> None:
    path, wanted = text_in(monitor.get("jsonPath")), text_in(monitor.get("expectedValue"))
    operator = text_in(monitor.get("jsonPathOperator")) or "=="
    # It is JSONata, of which only plain paths mean the same in JSONPath.
    plain = path == "$" or _PATH.fullmatch(path)
    if not plain or operator not in _OPERATORS:
        draft.lost(Why.NOT_TRANSLATED, "jsonPath", f"{path} {operator} {wanted}")
        return
    steps = path.removeprefix("$").removeprefix(".")
    check["json_path"] = f"$.{steps}" if steps else "$"
    check |= {"json_operator": operator, "json_value": wanted}
    draft.came("jsonPath", "expectedValue")


def _dns(draft: Draft, check: dict[str, Any], monitor: Mapping[str, Any]) -> None:
    check |= {"type": "dns", "name": text_in(monitor.get("hostname"))}
    record_type = text_in(monitor.get("dns_resolve_type")).upper()
    if record_type:
        check["record_type"] = record_type
        draft.came("dns_resolve_type")
    port = whole_in(monitor.get("port")) or 53
    servers = []
    for text in text_in(monitor.get("dns_resolve_server")).split(","):
        try:
            servers.append(str(NameServer(NameServer.parse(text).address, port)))
            draft.came("dns_resolve_server")
        except ValueError as error:
            if text.strip():
                draft.lost(Why.BAD_VALUE, "dns_resolve_server", error)
    if servers:
        check["servers"] = servers
    if text_in(monitor.get("conditions")) not in ("", "[]", "null"):
        draft.lost(Why.NOT_TRANSLATED, "conditions", text_in(monitor.get("conditions")))
