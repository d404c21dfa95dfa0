import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.model import NameServer
from manara.model.addresses import usable_name_servers, usable_pages, usable_proxy


@pytest.mark.parametrize("text", ["1.1.1.1", "1.1.1.1:5353", "2620:fe::fe", "[2620:fe::fe]", "[2620:fe::fe]:53"])
def test_the_address_of_a_name_server_is_usable(text):
    usable_name_servers([text])

    assert NameServer.parse(text).address in ("1.1.1.1", "2620:fe::fe")


@pytest.mark.parametrize(
    "text", ["", "dns.example", "1.1.1.1:", "1.1.1.1:0", "1.1.1.1:65536", "1.1.1.1/x", "a@1.1.1.1:53", "[::1", "[x]"]
)
def test_what_is_not_the_address_of_a_name_server_is_refused(text):
    with pytest.raises(ValueError, match=r"is not the address of a name server|does not end in a port"):
        usable_name_servers(["1.1.1.1", text])


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


class TestNameServer:
    @pytest.mark.parametrize(
        ("text", "expected", "shown"),
        [
            ("1.1.1.1", NameServer("1.1.1.1"), "1.1.1.1"),
            (" 1.1.1.1:5353 ", NameServer("1.1.1.1", 5353), "1.1.1.1:5353"),
            ("2606:4700::1111", NameServer("2606:4700::1111"), "2606:4700::1111"),
            ("[2606:4700::1111]", NameServer("2606:4700::1111"), "2606:4700::1111"),
            ("[2606:4700:0::1111]:54", NameServer("2606:4700::1111", 54), "[2606:4700::1111]:54"),
            ("fe80::1%eth0", NameServer("fe80::1%eth0"), "fe80::1%eth0"),
        ],
    )
    def test_an_address_with_or_without_port_is_read(self, text: str, expected: NameServer, shown: str) -> None:
        server = NameServer.parse(text)

        assert server == expected
        assert str(server) == shown
        assert NameServer.parse(str(server)) == server

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "dns.example",
            "1.1.1",
            "1.1.1.1:",
            "1.1.1.1:0",
            "1.1.1.1:65536",
            "1.1.1.1:+5",
            "1.1.1.1:²",
            "[::1",
            "[::1]53",
            "[::1]:",
            "[]",
            "::1]:53",
            "1.1.1.1:99999999999999999999",
        ],
    )
    def test_anything_else_is_refused_with_a_sentence(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"^“.*” (is not the address of a name server|does not end in a port)"):
            NameServer.parse(text)

    @given(st.text() | st.text(alphabet="0123456789abcdef.:[]% ", max_size=30))
    def test_no_text_breaks_it(self, text: str) -> None:
        with contextlib.suppress(ValueError):
            server = NameServer.parse(text)

            assert NameServer.parse(str(server)) == server
