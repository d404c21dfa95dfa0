import re

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.probes.urls import host_of, is_reachable_by_http, may_share_secrets, port_of, usable_proxy, usable_url


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org",
        "https://example.org:8443/path?q=1#part",
        "http://[::1]:8080/",
        "http://127.0.0.1/",
        "HTTPS://EXAMPLE.org/",
        "https://münchen.example/ü",
        "https://xn--mnchen-3ya.example/",
    ],
)
def test_urls_are_accepted(text: str) -> None:
    assert usable_url(text) == text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "begin with http"),
        ("example.org", "begin with http"),
        ("ftp://example.org/", "begin with http"),
        ("file:///etc/passwd", "begin with http"),
        ("http://", "hold a host"),
        ("http:///path", "hold a host"),
        ("https://exa mple.org/", "hold a host"),
        ("http://h:0/", "port must be"),
        ("http://h:70000/", "port must be"),
        ("http://h:http/", "not a URL"),
        ("http://h/\n", "space"),
        ("http://h/\x01", "not a URL"),
        (" http://h/", "space"),
        ("https://user:secret@example.org/", "user name or password"),
        ("https://xn--0.example/", "."),
        ("https://www.example.org/\n", "space"),
        ("https://www.999.example.org:0/", "port must be"),
    ],
)
def test_what_is_no_usable_url_is_refused_with_a_sentence(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as raised:
        usable_url(text)

    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "none", "http://proxy:3128", "http://user:pass@proxy:3128/", "http://[::1]:1"])
def test_proxies_are_accepted(text: str) -> None:
    assert usable_proxy(text) == text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("proxy:3128", "begin with http"),
        ("https://proxy:3128", "begin with http"),
        ("socks5://proxy:1080", "begin with http"),
        ("http://proxy:3128/path", "path"),
        ("http://proxy:99999", "port must be"),
        ("http://:3128", "hold a host"),
    ],
)
def test_what_is_no_usable_proxy_is_refused_with_a_sentence(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        usable_proxy(text)


@pytest.mark.parametrize(
    ("text", "reachable"),
    [
        ("http://h/", True),
        ("https://h:1/", True),
        ("http://h:0/", False),
        ("http://h:65536/", False),
        ("http:///", False),
        ("file://h/etc/passwd", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_http_reaches_anything(text: str, reachable: bool) -> None:
    assert is_reachable_by_http(httpx.URL(text)) is reachable


def test_host_and_port_are_those_to_connect_to() -> None:
    assert (host_of(httpx.URL("https://münchen.example/")), port_of(httpx.URL("https://h/"))) == (
        "xn--mnchen-3ya.example",
        443,
    )
    assert (host_of(httpx.URL("http://[::1]:81/")), port_of(httpx.URL("http://[::1]:81/"))) == ("::1", 81)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("http://h/a", "http://h:80/b", True),
        ("http://h/", "https://h/", True),
        ("https://h/", "http://h/", False),
        ("http://h:8080/", "https://h/", False),
        ("http://h/", "http://h:8080/", False),
        ("http://h/", "http://other/", False),
    ],
)
def test_secrets_stay_with_the_origin(one: str, other: str, may: bool) -> None:
    assert may_share_secrets(httpx.URL(one), httpx.URL(other)) is may


@given(
    hosts=st.from_regex(r"[a-z0-9.-]{1,30}\.[a-z]{2,8}", fullmatch=True),
    path=st.from_regex(r"(/[A-Za-z0-9._~/-]*)?", fullmatch=True),
)
def test_what_is_accepted_at_a_glance_is_a_url_with_that_host(hosts: str, path: str) -> None:
    text = f"https://{hosts}{path}"

    try:
        usable_url(text)
    except ValueError:
        return
    url = httpx.URL(text)

    assert url.host == hosts or "xn--" in hosts
    assert not url.userinfo
    assert re.fullmatch(rf"{re.escape(text)}/?", str(url))
