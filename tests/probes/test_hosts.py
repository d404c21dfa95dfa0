"""The hosts file, good, odd and hostile."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from manara.probes.hosts import Hosts

FILE = """\
127.0.0.1\tlocalhost
::1     localhost ip6-localhost   # the same machine
# 192.0.2.66 commented.example
192.0.2.1 Shop.Example www.shop.example. # the shop
192.0.2.2 shop.example
192.0.2.1 shop.example
not-an-address shop.example
192.0.2.9
"""


def test_names_lead_to_all_their_addresses_in_the_order_of_the_file() -> None:
    hosts = Hosts.parse(FILE)

    assert hosts.addresses_of("localhost") == ("127.0.0.1", "::1")
    assert hosts.addresses_of("shop.example") == ("192.0.2.1", "192.0.2.2")


def test_neither_case_nor_a_final_dot_matters() -> None:
    hosts = Hosts.parse(FILE)

    assert hosts.addresses_of("SHOP.example.") == hosts.addresses_of("shop.example")
    assert hosts.addresses_of("www.shop.example") == ("192.0.2.1",)


def test_comments_and_lines_that_are_something_else_are_passed_over() -> None:
    hosts = Hosts.parse(FILE)

    assert hosts.addresses_of("commented.example") == ()
    assert hosts.addresses_of("the") == ()


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "hosts"
    path.write_bytes(b"192.0.2.1 shop.example \xff\xfe\r\n192.0.2.2 mail.example\r\n")

    hosts = Hosts.read(path)

    assert hosts.addresses_of("shop.example") == ("192.0.2.1",)
    assert hosts.addresses_of("mail.example") == ("192.0.2.2",)


def test_what_cannot_be_read_knows_no_names(tmp_path: Path) -> None:
    assert Hosts.read(tmp_path / "missing") == Hosts()
    assert Hosts.read(tmp_path) == Hosts()


def test_of_an_endless_file_only_the_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "hosts"
    path.write_bytes(b"192.0.2.1 first.example\n" + b"#" * (1 << 20) + b"\n192.0.2.2 last.example\n")

    hosts = Hosts.read(path)

    assert hosts.addresses_of("first.example") == ("192.0.2.1",)
    assert hosts.addresses_of("last.example") == ()


@given(st.text())
def test_any_text_can_be_parsed(text: str) -> None:
    assert all(Hosts.parse(text).addresses.values())
