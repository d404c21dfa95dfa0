from contextlib import AsyncExitStack

from manara.diagnosis.next_door import NextDoor, gateway_witness, next_door
from manara.model import Reason, WitnessKind
from manara.probes import Family
from manara.probes.surroundings import WayOut
from servers.tcp_server import black_hole, refusing_port, say_and_close, tcp_server

BOTH = frozenset({Family.IPV4, Family.IPV6})
HOME = WayOut("wlan0", "192.168.1.1", 4, up=True)
HOME_6 = WayOut("wlan0", "fe80::1%wlan0", 6, up=True)
TUNNEL = WayOut("tun0", "", 4, up=True)
CABLE_OUT = WayOut("eth0", "192.168.1.1", 4, up=False)


def seen(*ways, routed=BOTH):
    return next_door(lambda: routed, lambda: ways)


def test_each_family_with_a_way_out_is_evidence_of_the_link():
    found = seen(HOME, TUNNEL, HOME_6)

    assert [(each.place, each.answered, each.detail) for each in found.witnesses] == [
        ("IPv4", True, "wlan0 192.168.1.1, tun0"),
        ("IPv6", True, "wlan0 fe80::1%wlan0"),
    ]
    assert {each.kind for each in found.witnesses} == {WitnessKind.LINK}


def test_no_way_out_is_evidence_too():
    [witness] = seen(routed=frozenset()).witnesses

    assert (witness.answered, witness.reason) == (False, Reason.NETWORK_UNREACHABLE)


def test_a_way_over_an_interface_that_is_connected_to_nothing_is_none():
    assert seen(CABLE_OUT).routed == {Family.IPV6}
    assert seen(CABLE_OUT, HOME).routed == BOTH
    assert seen().routed == BOTH


def test_each_router_next_to_us_is_asked_once_and_not_many():
    many = [WayOut("wlan0", f"192.168.{n}.1", 4, up=True) for n in range(9)]

    assert NextDoor(BOTH, (HOME, HOME, TUNNEL, HOME_6)).gateways == ("192.168.1.1", "fe80::1%wlan0")
    assert len(NextDoor(BOTH, tuple(many)).gateways) == 2


def test_this_computer_can_be_looked_at():
    assert next_door().routed <= BOTH


async def test_a_router_that_turns_a_connection_down_or_takes_it_is_there():
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(tcp_server(say_and_close()))
        refusing = stack.enter_context(refusing_port())

        assert (await gateway_witness("127.0.0.1", (port,))).answered
        assert (await gateway_witness("127.0.0.1", (refusing,))).answered


async def test_a_silent_router_is_noted_as_such():
    with black_hole() as port:
        witness = await gateway_witness("127.0.0.1", (port,))

    assert (witness.answered, witness.reason, witness.kind) == (False, Reason.CONNECT_TIMEOUT, WitnessKind.GATEWAY)


async def test_a_router_that_cannot_be_reached_at_all_is_noted_as_silent():
    assert not (await gateway_witness("255.255.255.255", (80,))).answered
