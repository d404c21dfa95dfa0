"""Modules of blackbox_exporter: how a target is looked at. A module and a target make one check."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from manara.catalog.imports.draft import Draft, Secret, escaped, set_body, set_headers, set_timeout, set_url
from manara.catalog.imports.durations import seconds_of
from manara.catalog.imports.preview import Why
from manara.catalog.imports.status_sets import ranges_of
from manara.catalog.imports.values import place_in, raw_text_in, table_in, tables_in, text_in, texts_in, whole_in
from manara.catalog.plain_patterns import unquoted
from manara.model import NameServer

_FAMILIES = {"ip4": "ipv4", "ip6": "ipv6"}
_JUDGED = ("fail_if_header_matches", "fail_if_header_not_matches", "fail_if_body_json_matches_cel")
_JUDGED_TOO = ("fail_if_body_json_not_matches_cel", "valid_http_versions", "fail_if_ssl", "fail_if_not_ssl")
_GUESSES = ("http", "tcp", "icmp", "dns", "grpc", "websocket", "unix")


def guessed_module(name: str) -> dict[str, Any] | None:
    """Return the module that a name like `http_2xx` means where it is not in any file; None where it says nothing."""
    prober = next((word for word in _GUESSES if name.startswith(word)), None)
    if prober is None and "banner" in name:
        prober = "tcp"
    return None if prober is None else {"prober": prober}


def set_probe(draft: Draft, check: dict[str, Any], module: Mapping[str, Any], target: str) -> None:
    """Write the check that a module makes of a target."""
    set_timeout(draft, check, seconds_of(module.get("timeout")))
    prober = text_in(module.get("prober"))
    build = _PROBERS.get(prober)
    if build is None:
        draft.lost(Why.UNKNOWN_TYPE, detail=prober or "?")
        host, port = place_in(target)
        check |= {"type": "tcp", "host": host, "port": port} if host and port else draft.nowhere()
        return
    build(draft, check, table_in(module.get(prober)), target)


def _http(draft: Draft, check: dict[str, Any], options: dict[str, Any], target: str) -> None:
    check["type"] = "http"
    # Without a scheme it means http://, as in the exporter itself.
    set_url(draft, check, target if re.match(r"https?://", target, re.IGNORECASE) else f"http://{target}")
    method = text_in(options.get("method")).upper()
    if method and method != "GET":
        check["method"] = method
    headers = table_in(options.get("headers"))
    set_headers(draft, check, ((name, text_in(value)) for name, value in headers.items()))
    set_body(draft, check, raw_text_in(options.get("body")))
    if options.get("body_file"):
        draft.lost(Why.NEEDED, "body_file")
    _set_statuses(check, options)
    if options.get("follow_redirects") is False or options.get("no_follow_redirects") is True:
        check["follow_redirects"] = False
    _set_expressions(draft, check, options)
    _set_sign_in(draft, check, options)
    _set_tls(draft, check, table_in(options.get("tls_config")))
    proxy = text_in(options.get("proxy_url"))
    if proxy.startswith("http://") and "@" not in proxy:
        check["proxy"] = proxy
    elif proxy:
        draft.lost(Why.NEEDED, "proxy_url")
    for word in (*_JUDGED, *_JUDGED_TOO):
        if options.get(word):
            draft.lost(Why.NOT_TRANSLATED, word, _shown(options[word]))
    _set_family(check, options)


def _set_expressions(draft: Draft, check: dict[str, Any], options: Mapping[str, Any]) -> None:
    for word, plain, pattern in _EXPRESSIONS:
        for expression in texts_in(options.get(word)):
            text = unquoted(expression)
            if text is not None and plain not in check:
                check[plain] = text
            elif pattern not in check:
                check[pattern] = expression
            elif pattern == "lacks_match":
                # One of them is enough to fail.
                check[pattern] = f"(?:{check[pattern]})|(?:{expression})"
            else:
                draft.lost(Why.NOT_TRANSLATED, word, expression)


_EXPRESSIONS = (
    ("fail_if_body_matches_regexp", "lacks", "lacks_match"),
    ("fail_if_body_not_matches_regexp", "contains", "matches"),
)


def _set_statuses(check: dict[str, Any], options: Mapping[str, Any]) -> None:
    statuses = [number for text in texts_in(options.get("valid_status_codes")) if (number := whole_in(text))]
    accepted = ranges_of(statuses) or ["200-299"]
    if accepted != _BY_DEFAULT:
        check["accept"] = accepted


_BY_DEFAULT = ["200-399"]
"""What Manara takes without being told."""


def _set_sign_in(draft: Draft, check: dict[str, Any], options: Mapping[str, Any]) -> None:
    basic = table_in(options.get("basic_auth"))
    if text_in(basic.get("username")):
        check |= {"username": text_in(basic["username"]), "password": _secret(basic, "password_file", "password")}
    authorization = table_in(options.get("authorization"))
    if authorization:
        secret = _secret(authorization, "credentials_file", "token")
        if (text_in(authorization.get("type")) or "Bearer").lower() == "bearer":
            check["bearer"] = secret
        else:
            draft.lost(Why.SIGN_IN, "authorization", text_in(authorization["type"]))
    if any(options.get(word) for word in ("bearer_token", "bearer_token_file")):
        check["bearer"] = _secret(options, "bearer_token_file", "token")
    if options.get("oauth2"):
        draft.lost(Why.SIGN_IN, "oauth2", "OAuth 2")


def _secret(options: Mapping[str, Any], file: str, word: str) -> str | Secret:
    path = text_in(options.get(file))
    return f"file:{path}" if path.startswith("/") else Secret(word)


def _set_tls(draft: Draft, check: dict[str, Any], tls: Mapping[str, Any]) -> None:
    if tls.get("insecure_skip_verify") is True and check["type"] == "http":
        check["verify"] = False
    names = {"ca_file": "ca_file", "cert_file": "client_certificate", "key_file": "client_key"}
    if check["type"] == "tls":
        names["server_name"] = "server_name"
    for name, option in names.items():
        if text_in(tls.get(name)):
            check[option] = text_in(tls[name])
    if "server_name" not in names and tls.get("server_name"):
        draft.lost(Why.NO_EQUIVALENT, "tls_config.server_name")


def _tcp(draft: Draft, check: dict[str, Any], options: dict[str, Any], target: str) -> None:
    host, port = place_in(target)
    dialogue = tables_in(options.get("query_response"))
    if options.get("tls") is True and not dialogue:
        check |= {"type": "tls", "host": host, "port": port}
        _set_tls(draft, check, table_in(options.get("tls_config")))
    else:
        check |= {"type": "tcp", "host": host, "port": port}
        _set_dialogue(draft, check, dialogue)
        if options.get("tls") is True:
            draft.lost(Why.NEEDED, "tls")
    _set_family(check, options)


def _set_dialogue(draft: Draft, check: dict[str, Any], dialogue: list[dict[str, Any]]) -> None:
    """Write what is sent and what must come back, if it is one question and one answer at most."""
    words = [(word, raw_text_in(step[word])) for step in dialogue for word in ("send", "expect") if step.get(word)]
    kinds = [word for word, _ in words]
    if any(step.get("starttls") for step in dialogue) or kinds not in ([], ["send"], ["expect"], ["send", "expect"]):
        draft.lost(Why.NOT_TRANSLATED, "query_response", _shown(dialogue))
        return
    for word, text in words:
        if word == "send":
            # The exporter ends every line that it sends.
            set_body(draft, check, escaped(f"{text}\n"), "send", "send")
        else:
            plain = unquoted(text)
            check["expect_regex" if plain is None else "expect"] = text if plain is None else plain


def _icmp(draft: Draft, check: dict[str, Any], options: dict[str, Any], target: str) -> None:
    check |= {"type": "ping", "host": target.strip("[]")}
    _set_family(check, options)
    for word in ("dont_fragment", "payload_size", "ttl"):
        if options.get(word):
            draft.lost(Why.NO_EQUIVALENT, word)


def _dns(draft: Draft, check: dict[str, Any], options: dict[str, Any], target: str) -> None:
    # The target is the server; the name to ask for is in the module.
    check |= {"type": "dns", "name": text_in(options.get("query_name"))}
    check["record_type"] = text_in(options.get("query_type")).upper() or "ANY"
    try:
        check["servers"] = [str(NameServer.parse(target))]
    except ValueError as error:
        draft.lost(Why.UNUSABLE_ADDRESS, detail=error)
    codes = texts_in(options.get("valid_rcodes"))
    if len(codes) == 1:
        check["expect_rcode"] = codes[0]
    elif codes:
        draft.lost(Why.NOT_TRANSLATED, "valid_rcodes", ", ".join(codes))
    for word in ("validate_answer_rrs", "validate_authority_rrs", "validate_additional_rrs"):
        if options.get(word):
            draft.lost(Why.NOT_TRANSLATED, word, _shown(options[word]))


_PROBERS: Mapping[str, Callable[[Draft, dict[str, Any], dict[str, Any], str], None]] = {
    "http": _http,
    "tcp": _tcp,
    "icmp": _icmp,
    "dns": _dns,
}


def _set_family(check: dict[str, Any], options: Mapping[str, Any]) -> None:
    # Alone it is a preference, and Manara takes whichever answers.
    if options.get("ip_protocol_fallback") is False:
        check["family"] = _FAMILIES.get(text_in(options.get("preferred_ip_protocol")), "ipv6")


def _shown(value: object) -> str:
    return str(value)[:200]
