"""Services are called by the host of their address, by more of it only where that tells two apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.catalog.imports.names import names_of_addresses


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.example.org/path?x=1", "example.org"),
        ("HTTPS://WWW.Example.org", "Example.org"),
        ("example.org/x", "example.org"),
        ("www.example.org:443", "example.org"),
        ("http://example.org:80/", "example.org"),
        ("https://nas.example:8443/", "nas.example:8443"),
        ("db.example:5432", "db.example:5432"),
        ("dns://example.org?type=MX", "example.org"),
        ("ping://192.0.2.1", "192.0.2.1"),
        ("[2001:db8::1]:80", "[2001:db8::1]:80"),
        ("bücher.example", "bücher.example"),
        ("https://www.de/", "www.de"),
        ("https://me:verysecret@example.org/x", "example.org"),
        ("https:///x", "https:///x"),
    ],
)
def test_an_address_is_called_by_its_host(address, name):
    assert names_of_addresses([address]) == [name]


@pytest.mark.parametrize(
    ("addresses", "names"),
    [
        (["https://a.example/shop/x", "https://a.example/mail"], ["a.example/shop", "a.example/mail"]),
        (["https://www.a.example/", "https://a.example/mail?x"], ["a.example", "a.example/mail"]),
        (["https://a.example/x/1", "https://a.example/x/2"], ["https://a.example/x/1", "https://a.example/x/2"]),
        (["https://a.example/", "http://a.example/"], ["https://a.example/", "http://a.example/"]),
        (["https://a.example/", "https://a.example/"], ["a.example", "a.example"]),
        (["a.example", "b.example/x"], ["a.example", "b.example"]),
    ],
)
def test_more_of_it_tells_two_apart(addresses, names):
    assert names_of_addresses(addresses) == names


_ADDRESSES = st.lists(st.text("aAw./:?#1 é", max_size=12).map(lambda text: f"https://{text}"), max_size=6)


@given(_ADDRESSES)
def test_two_addresses_never_have_one_name(addresses):
    names = names_of_addresses(addresses)

    by_name = {}
    for address, name in zip(addresses, names, strict=True):
        by_name.setdefault(name.casefold(), set()).add(address.casefold())
    assert all(len(several) == 1 for several in by_name.values())
    assert all(names)
