"""One check as a module of blackbox_exporter and a target for it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from manara.catalog.plain_patterns import quoted
from manara.model import Check, CheckDefaults
from manara.probes.dns import DnsCheck
from manara.probes.http import HttpCheck
from manara.probes.ping import PingCheck
from manara.probes.resolver import Family
from manara.probes.secrets import is_reference
from manara.probes.statuses import parse_statuses
from manara.probes.tcp import TcpCheck, unescaped
from manara.probes.tls import TlsCheck
from manara.probes.urls import DIRECT
from manara.settings import table_of_check

_FAMILIES = {Family.IPV4: "ip4", Family.IPV6: "ip6"}
_BY_DEFAULT = range(200, 400)
"""What Manara takes without being told; the exporter takes 200 to 299."""
# Go's expressions know no looking around and no going back.
_NOT_IN_GO = re.compile(r"\(\?(?:[=!>#(]|<[=!])|\\[1-9]|\(\?P=")
_SAID: Mapping[str, frozenset[str]] = {
    "http": frozenset(
        {
            *("url", "method", "headers", "body", "contains", "lacks", "matches", "lacks_match", "accept"),
            *("follow_redirects", "username", "password", "bearer", "verify", "ca_file", "client_certificate"),
            *("client_key", "proxy", "family"),
        }
    ),
    "tcp": frozenset({"host", "port", "send", "expect", "expect_regex", "family"}),
    "tls": frozenset({"host", "port", "server_name", "ca_file", "client_certificate", "client_key", "family"}),
    "ping": frozenset({"host", "family"}),
    "dns": frozenset({"name", "record_type", "servers", "expect_rcode"}),
}
_ALWAYS = frozenset({"type", "interval", "timeout"})


def target_of(check: Check) -> str | None:
    """Return what the exporter is asked to look at; None where it cannot look at such a thing."""
    if isinstance(check, DnsCheck):
        # The exporter asks one server, which must be said.
        return check.servers[0] if check.servers else None
    return check.target


def module_of(check: Check) -> tuple[dict[str, Any], list[str]]:
    """Return how to look, and the options that cannot be said."""
    said = _SAID[check.type] | _ALWAYS
    left_out = [name for name in table_of_check(check, CheckDefaults()) if name not in said]
    prober, options = _MODULES[type(check)](check, left_out)
    options = {name: value for name, value in options.items() if value not in ("", [], {}, None)}
    return ({"prober": prober, prober: options} if options else {"prober": prober}), left_out


def _http(check: HttpCheck, left_out: list[str]) -> tuple[str, dict[str, Any]]:
    options: dict[str, Any] = {
        "method": "" if check.method == "GET" else check.method,
        "headers": {name: value for name, value in check.headers if not is_reference(value)},
        "body": check.body,
        "valid_status_codes": _statuses(check.accept),
        "fail_if_body_not_matches_regexp": _expressions(check.contains, check.matches, left_out, "matches"),
        "fail_if_body_matches_regexp": _expressions(check.lacks, check.lacks_match, left_out, "lacks_match"),
        "tls_config": _tls_config(check.ca_file, check.client_certificate, check.client_key),
        "proxy_url": "" if check.proxy == DIRECT else check.proxy,
        **_family(check.family),
    }
    if not check.follow_redirects:
        options["follow_redirects"] = False
    if not check.verify:
        options["tls_config"]["insecure_skip_verify"] = True
    if check.proxy == DIRECT:
        left_out.append("proxy")
    left_out += [f"headers: {name}" for name, value in check.headers if is_reference(value)]
    _set_sign_in(options, check, left_out)
    return "http", options


def _statuses(accept: tuple[str, ...]) -> list[int]:
    wanted = {status for statuses in parse_statuses(accept) or (_BY_DEFAULT,) for status in statuses}
    return [] if wanted == set(range(200, 300)) else sorted(wanted)


def _expressions(text: str, pattern: str, left_out: list[str], option: str) -> list[str]:
    if _NOT_IN_GO.search(pattern):
        left_out.append(option)
        pattern = ""
    return [expression for expression in (quoted(text), pattern) if expression]


def _set_sign_in(options: dict[str, Any], check: HttpCheck, left_out: list[str]) -> None:
    """Write how to sign in, where the secret is in a file: the exporter knows no environment."""
    for option, reference in (("password", check.password), ("bearer", check.bearer)):
        if reference and not reference.startswith("file:"):
            left_out.append(option)
    path = check.bearer.removeprefix("file:")
    if path != check.bearer:
        options["authorization"] = {"credentials_file": path}
    elif check.username and check.password.startswith("file:"):
        path = check.password.removeprefix("file:")
        options["basic_auth"] = {"username": check.username, "password_file": path}


def _tcp(check: TcpCheck, left_out: list[str]) -> tuple[str, dict[str, Any]]:
    sent = unescaped(check.send)
    steps: list[dict[str, str]] = []
    if check.send:
        # The exporter ends what it sends with a line break, and knows text alone.
        if not sent.endswith(b"\n") or not _is_text(sent):
            left_out += ["send", "expect"]
            return "tcp", _family(check.family)
        steps.append({"send": sent.decode().removesuffix("\n")})
    expected = [expression for expression in (quoted(check.expect), check.expect_regex) if expression]
    if len(expected) > 1:
        left_out.append("expect")
    steps += [{"expect": expression} for expression in expected[-1:]]
    return "tcp", {"query_response": steps, **_family(check.family)}


def _tls(check: TlsCheck, left_out: list[str]) -> tuple[str, dict[str, Any]]:  # noqa: ARG001 - one form for all
    config = _tls_config(check.ca_file, check.client_certificate, check.client_key)
    config |= {"server_name": check.server_name} if check.server_name else {}
    return "tcp", {"tls": True, "tls_config": config, **_family(check.family)}


def _ping(check: PingCheck, left_out: list[str]) -> tuple[str, dict[str, Any]]:  # noqa: ARG001 - one form for all
    return "icmp", _family(check.family)


def _dns(check: DnsCheck, left_out: list[str]) -> tuple[str, dict[str, Any]]:
    if len(check.servers) > 1:
        left_out.append("servers")
    codes = [] if check.expect_rcode == "NOERROR" else [check.expect_rcode]
    return "dns", {"query_name": check.name, "query_type": check.record_type, "valid_rcodes": codes}


_MODULES: Mapping[type[Check], Callable[[Any, list[str]], tuple[str, dict[str, Any]]]] = {
    HttpCheck: _http,
    TcpCheck: _tcp,
    TlsCheck: _tls,
    PingCheck: _ping,
    DnsCheck: _dns,
}


def _tls_config(ca_file: str, certificate: str, key: str) -> dict[str, Any]:
    config = {"ca_file": ca_file, "cert_file": certificate, "key_file": key}
    return {name: value for name, value in config.items() if value}


def _family(family: Family) -> dict[str, Any]:
    word = _FAMILIES.get(family)
    return {"preferred_ip_protocol": word, "ip_protocol_fallback": False} if word else {}


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
