"""What the network options accept: the shape of addresses. Whether anybody is there is found out by looking."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def usable_name_servers(texts: Iterable[str]) -> None:
    """Raise `ValueError` unless each text is like `1.1.1.1`, `1.1.1.1:5353`, `2620:fe::fe` or `[2620:fe::fe]:53`."""
    for text in texts:
        if not (_is_address(text) or _is_address_and_port(text)):
            raise ValueError(f"“{text[:_LONGEST_SHOWN]}” is not the address of a name server, like 1.1.1.1 or [::1]:53")


def usable_pages(texts: Iterable[str]) -> None:
    """Raise `ValueError` unless each text is an `http` or `https` URL with a host."""
    for text in texts:
        if _scheme_of_place(text) not in ("http", "https"):
            raise ValueError(f"“{text[:_LONGEST_SHOWN]}” is not the address of a page, like https://example.org/")


def usable_proxy(text: str) -> None:
    """Raise `ValueError` unless the text is empty or like `http://proxy.example:3128`."""
    # The text is not repeated: it may hold a password.
    if text and _scheme_of_place(text) != "http":
        raise ValueError("a proxy is written like http://proxy.example:3128")


_LONGEST_SHOWN = 60


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_address_and_port(text: str) -> bool:
    # With more colons than one, it is IPv6 and must be in brackets.
    split = _split(f"//{text}")
    if split is None or split.netloc != text or "@" in text:
        return False
    return bool(split.port and split.hostname and _is_address(split.hostname)) or (
        text.startswith("[") and text.endswith("]") and _is_address(text[1:-1])
    )


def _scheme_of_place(text: str) -> str:
    """Return the scheme of a URL with a usable host and port, else nothing."""
    split = _split(text)
    usable = split is not None and split.hostname and split.port != 0 and not any(map(str.isspace, text))
    return split.scheme if split is not None and usable else ""


def _split(text: str) -> SplitResult | None:
    try:
        split = urlsplit(text)
        # Reading it raises when it is no port.
        _ = split.port
    except ValueError:
        return None
    return split
