"""Snapshots of what the system says of its network."""

from dataclasses import replace
from pathlib import Path

import pytest

from manara.model import NameServer
from manara.probes.surroundings import (
    Sources,
    Surroundings,
    WayOut,
    read_surroundings,
    system_name_servers,
    ways_out,
)

IPV4_ROUTES = """\
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t17\t600\t00000000\t0\t0\t0
wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0
tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000080\t0\t0\t0
short\t00000000
"""
NOWHERE = "0" * 32
ROUTER = "fe80000000000000021122fffe334455"
IPV6_ROUTES = f"""\
{NOWHERE} 00 {NOWHERE} 00 {ROUTER} 00000400 00000002 00000009 00000003    wlan0
fe80{NOWHERE[4:]} 40 {NOWHERE} 00 {NOWHERE} 00000100 00000001 00000000 00000001    wlan0
{NOWHERE} 00 {NOWHERE} 00 {NOWHERE} ffffffff 00000001 00000000 00200200       lo
"""


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """Return the files of a machine with one network."""
    found = Sources(*(tmp_path / name for name in ("resolv.conf", "hosts", "route", "ipv6_route", "net")))
    found.name_servers.write_text("search lan\nnameserver 192.168.1.1\nnameserver fe80::1%wlan0\n")
    found.hosts.write_text("127.0.0.1 localhost\n")
    found.ipv4_routes.write_text(IPV4_ROUTES)
    found.ipv6_routes.write_text(IPV6_ROUTES)
    return found


def test_name_servers_and_ways_out_are_seen(sources: Sources) -> None:
    seen = read_surroundings(sources)

    assert seen.name_servers == (NameServer("192.168.1.1"), NameServer("fe80::1%wlan0"))
    assert seen.default_routes == (("wlan0", "0101A8C0"), ("wlan0", ROUTER))
    assert seen.hosts_stamp == (sources.hosts.stat().st_mtime_ns, 20)


def test_two_snapshots_of_the_same_network_are_equal_and_hash_alike(sources: Sources) -> None:
    first, second = read_surroundings(sources), read_surroundings(sources)

    assert first == second
    assert len({first, second}) == 1


def test_traffic_does_not_count_as_a_change(sources: Sources) -> None:
    before = read_surroundings(sources)

    sources.ipv4_routes.write_text(IPV4_ROUTES.replace("\t17\t", "\t18\t"))
    sources.ipv6_routes.write_text(IPV6_ROUTES.replace("00000009", "0000000a"))

    assert read_surroundings(sources) == before


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("name_servers", "nameserver 10.0.0.1\n"),
        ("name_servers", ""),
        ("hosts", "127.0.0.1 localhost me\n"),
        ("ipv4_routes", IPV4_ROUTES.replace("0101A8C0", "0100000A")),
        ("ipv4_routes", IPV4_ROUTES.replace("wlan0", "eth0")),
        ("ipv6_routes", ""),
    ],
)
def test_another_network_gives_another_snapshot(sources: Sources, file: str, content: str) -> None:
    before = read_surroundings(sources)

    getattr(sources, file).write_text(content)

    assert read_surroundings(sources) != before


def test_what_the_system_does_not_tell_is_left_out(tmp_path: Path) -> None:
    nothing = Sources(*[tmp_path / "missing"] * 4)

    assert read_surroundings(nothing) == Surroundings()
    assert read_surroundings(replace(nothing, name_servers=tmp_path, ipv4_routes=tmp_path)) == Surroundings()


def test_a_name_server_that_is_no_address_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "resolv.conf"
    path.write_text("nameserver https://dns.example/dns-query\nnameserver 192.0.2.53\nnameserver\n")

    assert system_name_servers(path) == (NameServer("192.0.2.53"),)


def test_a_file_of_bytes_that_are_no_text_names_no_servers(tmp_path: Path) -> None:
    path = tmp_path / "resolv.conf"
    path.write_bytes(b"nameserver \xff\xfe\n")

    assert system_name_servers(path) == ()


def test_the_surroundings_of_this_machine_can_be_read() -> None:
    assert read_surroundings() == read_surroundings()


def test_the_ways_out_are_told_with_their_routers(sources: Sources) -> None:
    for interface, state in (("wlan0", "up"), ("eth0", "down")):
        (sources.interfaces / interface).mkdir(parents=True)
        (sources.interfaces / interface / "operstate").write_text(f"{state}\n")
    eth0 = IPV4_ROUTES.replace("wlan0\t00000000\t0101A8C0", "eth0\t00000000\t00000000")
    sources.ipv4_routes.write_text(IPV4_ROUTES + eth0.partition("\n")[2])

    assert ways_out(sources) == (
        WayOut("eth0", "", 4, up=False),
        WayOut("wlan0", "192.168.1.1", 4, up=True),
        WayOut("wlan0", "fe80::211:22ff:fe33:4455%wlan0", 6, up=True),
    )


def test_an_interface_that_says_nothing_of_itself_is_taken_as_connected(sources: Sources) -> None:
    assert [way.up for way in ways_out(sources)] == [True, True]
