import asyncio

import pytest

from manara.model import Reason
from manara.probes.border import LookFailed
from manara.probes.hosts import Hosts
from manara.probes.local_names import ask_system, is_local_name
from manara.probes.resolver import THE_SYSTEM, Family, Resolved, Resolver
from servers.dns_server import DnsServer


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("nas", True),
        ("printer.local", True),
        ("router.home.arpa", True),
        ("example.org", False),
        ("local.example.org", False),
    ],
)
def test_names_without_a_dot_and_those_of_the_link_belong_to_this_network(name, local):
    assert is_local_name(name) is local


async def test_the_system_is_asked_for_a_local_name_and_the_name_servers_are_not():
    asked = []

    async def system(name):
        asked.append(name)
        return ("192.168.1.20", "fd00::20")

    async with DnsServer({}) as server:
        resolver = Resolver((server.name_server,), Hosts.parse(""), system=system, routed=lambda _address: True)
        found = await resolver.resolve("NAS", Family.IPV4)

    assert found == Resolved(("192.168.1.20",), source=THE_SYSTEM)
    assert (asked, server.asked) == (["nas"], [])


async def test_a_local_name_without_addresses_of_the_wanted_kind_says_so():
    async def system(name):
        return ("192.168.1.20",)

    resolver = Resolver((), Hosts.parse(""), system=system)

    with pytest.raises(LookFailed) as caught:
        await resolver.resolve("nas", Family.IPV6)

    assert caught.value.failure.reason is Reason.NO_ADDRESSES


async def test_the_hosts_file_comes_before_the_system():
    resolver = Resolver((), Hosts.parse("127.0.0.1 nas"))

    assert await resolver.resolve("nas") == Resolved(("127.0.0.1",), source="/etc/hosts")


async def test_the_system_finds_its_own_names():
    assert "127.0.0.1" in await ask_system("localhost")


async def test_a_name_that_the_system_does_not_find_fails_with_a_reason_of_the_dns_layer():
    # Longer than any name may be: the system refuses it without asking anybody.
    too_long = ".".join(["a" * 60] * 5)

    with pytest.raises(LookFailed) as caught:
        await ask_system(too_long)

    assert caught.value.failure.reason is Reason.NXDOMAIN


async def test_an_answer_that_comes_after_the_look_was_given_up_does_no_harm():
    asking = asyncio.create_task(ask_system("localhost"))
    await asyncio.sleep(0)

    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    assert "127.0.0.1" in await ask_system("localhost")
