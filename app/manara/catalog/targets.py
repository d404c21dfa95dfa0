"""What people type to say what to look at: a URL, a host, host and port. Text in, a check or a refusal out."""

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, urlsplit

from manara.model import Check, Service, id_of
from manara.probes.accepts import usable_host
from manara.probes.dns import DnsCheck
from manara.probes.http import HttpCheck
from manara.probes.ping import PingCheck
from manara.probes.tcp import TcpCheck
from manara.probes.tls import TlsCheck
from manara.settings import MAX_NAME, Form, table_of_check


class AddressRefused(ValueError):  # noqa: N818 - it names what happened
    """A text is no address that can be looked at. Its text is a sentence."""


def check_of_address(text: str) -> Check:
    """Return how to look at an address; raise `AddressRefused` with a sentence when it is none.

    URLs are asked for; `example.org` and `example.org/x` mean `https://`. `host:port` is connected to, and greeted by
    TLS where the port is 443. A literal address is pinged. `ping://host`, `tcp://host:port`, `tls://host[:port]` and
    `dns://name[?type=MX]` say it outright.
    """
    address = text.strip()
    _check_text(address)
    scheme, separator, _ = address.partition("://")
    if not separator:
        return _proven(_check_of_bare(address))
    build = _BY_SCHEME.get(scheme.lower())
    if build is None:
        known = ", ".join(f"{word}://" for word in _BY_SCHEME)
        raise AddressRefused(f"{_short(scheme)}:// cannot be looked at; these can: {known}.")
    return _proven(build(address))


def service_of_address(text: str) -> Service:
    """Return a service that looks at an address and is called like it; raise `AddressRefused`."""
    check = check_of_address(text)
    address = text.strip()
    name = address if len(address) <= MAX_NAME else address[: MAX_NAME - 1] + "…"
    place = _WEB.sub("", address)
    return Service(id=id_of(place) or "address", name=name, checks=(check,))


_LONGEST = 2_000
_LONGEST_SHOWN = 60
_DOTS = re.compile(r"[.\u3002\uff0e\uff61]")
_WEB = re.compile(r"https?://(www\.)?", re.IGNORECASE)
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
# "mailto:", "javascript:" and the like; "example.org:443" and "::1" are something else.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+-]*:(?![\d:])(?=.)")


def _check_text(address: str) -> None:
    if not address:
        raise AddressRefused("There is no address.")
    if len(address) > _LONGEST:
        raise AddressRefused(f"An address has at most {_LONGEST} characters.")
    if any(unicodedata.category(character) in _UNSHOWABLE for character in address):
        raise AddressRefused("An address has no spaces and no invisible characters in it.")


def _check_of_bare(address: str) -> Check:
    """Return how to look at an address that does not say how."""
    if _is_ip(address):
        return PingCheck(host=address.strip("[]"))
    scheme = _SCHEME.match(address)
    if scheme:
        raise AddressRefused(f"{_short(scheme[0])} cannot be looked at.")
    split = _split(f"//{address}")
    host, port = _host_of(split), _port_of(split)
    has_path = bool(split.path or split.query or split.fragment)
    if port is not None and has_path:
        raise AddressRefused(f"Write http:// or https:// before {_short(address)} to say how to ask for it.")
    if port is not None:
        return TlsCheck(host=host, port=port) if port == 443 else TcpCheck(host=host, port=port)
    if not _DOTS.search(host) and not _is_ip(host):
        # More often a mistyped service than a machine nearby; a wrong guess would be told as an outage.
        raise AddressRefused(
            f"{_short(address)} is no address; write https://{_short(host)} if it is a machine nearby."
        )
    return HttpCheck(url=f"https://{address}")


def _http(address: str) -> Check:
    _host_of(_split(address))
    scheme, separator, rest = address.partition("://")
    return HttpCheck(url=f"{scheme.lower()}{separator}{rest}")


def _tcp(address: str) -> Check:
    split = _without_path(address)
    port = _port_of(split)
    if port is None:
        raise AddressRefused("A port is missing, like tcp://example.org:25.")
    return TcpCheck(host=_host_of(split), port=port)


def _tls(address: str) -> Check:
    split = _without_path(address)
    return TlsCheck(host=_host_of(split), port=_port_of(split) or 443)


def _ping(address: str) -> Check:
    split = _without_path(address)
    if _port_of(split) is not None:
        raise AddressRefused("A ping has no port; tcp:// connects to one.")
    return PingCheck(host=_host_of(split))


def _dns(address: str) -> Check:
    split = _split(address)
    if split.path not in ("", "/") or split.fragment or _port_of(split) is not None:
        raise AddressRefused("A question to the DNS is written like dns://example.org?type=MX.")
    wanted = parse_qs(split.query, keep_blank_values=True)
    types = wanted.pop("type", ["A"])
    if wanted or len(types) != 1:
        raise AddressRefused("A question to the DNS has one type, like dns://example.org?type=MX.")
    return DnsCheck(name=_host_of(split), record_type=types[0].upper())


_BY_SCHEME: Mapping[str, Callable[[str], Check]] = {
    "https": _http,
    "http": _http,
    "tcp": _tcp,
    "tls": _tls,
    "dns": _dns,
    "ping": _ping,
}


def _proven(check: Check) -> Check:
    """Return the check if the settings would accept it too."""
    table = table_of_check(check)
    del table["type"]
    _, problems = _form(type(check)).read(table, ())
    if problems:
        raise AddressRefused(problems[0].sentence)
    return check


# Derived from the type alone, and costly to make.
_form: Callable[[type], Form] = functools.cache(Form)


def _without_path(address: str) -> SplitResult:
    split = _split(address)
    if split.path not in ("", "/") or split.query or split.fragment:
        raise AddressRefused(f"Only https:// and http:// can have anything behind the host, {split.scheme}:// cannot.")
    return split


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:
        raise AddressRefused(f"{_short(address.removeprefix('//'))} is no address.") from error


def _host_of(split: SplitResult) -> str:
    if "@" in split.netloc:
        raise AddressRefused("An address has no user name, no password and no @ in it.")
    if not split.hostname:
        raise AddressRefused("The address has no host in it.")
    try:
        return usable_host(split.hostname)
    except ValueError as error:
        raise AddressRefused(f"{error}.") from error


def _port_of(split: SplitResult) -> int | None:
    try:
        port = split.port
    except ValueError:
        port = 0
    if port == 0 or split.netloc.endswith(":"):
        raise AddressRefused("A port is a number from 1 to 65535.")
    return port


def _is_ip(text: str) -> bool:
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        ip_address(bare)
    except ValueError:
        return False
    return True


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
