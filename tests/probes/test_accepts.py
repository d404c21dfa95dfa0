"""What options take for a host."""

import pytest

from manara.probes.accepts import usable_host, usable_optional_host


@pytest.mark.parametrize("host", ["shop.example", "localhost", "my_printer", "bücher.example", "192.0.2.1", "::1"])
def test_names_and_addresses_are_hosts(host: str) -> None:
    assert usable_host(host) == host
    assert usable_optional_host(host) == host


@pytest.mark.parametrize("host", ["", " ", "two words", "https://shop.example/", "shop.example:443", "a..b", "[::1]"])
def test_other_things_are_not(host: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        usable_host(host)


def test_nothing_is_accepted_where_a_host_is_optional() -> None:
    assert usable_optional_host("") == ""


def test_a_url_is_called_by_its_name() -> None:
    with pytest.raises(ValueError, match="not a URL"):
        usable_host("https://shop.example/")
