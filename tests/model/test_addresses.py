import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.model.addresses import usable_name_servers, usable_pages, usable_proxy
from manara.probes.dns_exchange import NameServer


@pytest.mark.parametrize("text", ["1.1.1.1", "1.1.1.1:5353", "2620:fe::fe", "[2620:fe::fe]", "[2620:fe::fe]:53"])
def test_the_address_of_a_name_server_is_usable(text):
    usable_name_servers([text])

    assert NameServer.parse(text).address in ("1.1.1.1", "2620:fe::fe")


@pytest.mark.parametrize(
    "text", ["", "dns.example", "1.1.1.1:", "1.1.1.1:0", "1.1.1.1:65536", "1.1.1.1/x", "a@1.1.1.1:53", "[::1", "[x]"]
)
def test_what_is_not_the_address_of_a_name_server_is_refused(text):
    with pytest.raises(ValueError, match="is not the address of a name server"):
        usable_name_servers(["1.1.1.1", text])


def _is_usable(text):
    try:
        usable_name_servers([text])
    except ValueError:
        return False
    return True


@given(st.text() | st.from_regex(r"\A\[?[0-9a-f:.%]{1,12}\]?(:[0-9]{0,6})?\Z"))
def test_every_name_server_that_is_usable_can_be_asked(text):
    assert not _is_usable(text) or NameServer.parse(text).port > 0


def test_pages_are_usable_by_http_and_https():
    usable_pages(["http://a.example/", "https://[::1]:8443/x"])

    for text in ("", "a.example", "ftp://a.example/", "http://", "http://a:0/", "http://a:x/", "http://a b/"):
        with pytest.raises(ValueError, match="is not the address of a page"):
            usable_pages([text])


def test_a_proxy_is_usable_by_http_and_never_repeated():
    usable_proxy("")
    usable_proxy("http://user:secret@proxy.example:3128")

    with pytest.raises(ValueError, match="a proxy is written like") as caught:
        usable_proxy("socks5://user:secret@proxy.example")
    assert "secret" not in str(caught.value)
