"""The network of this machine, as the settings want it."""

from manara.model import NetworkOptions
from manara.probes.icmp import EchoWays, detect_echo_ways
from manara.probes.network import build_network
from manara.secrets import Keyring


def test_chosen_name_servers_replace_those_of_the_system() -> None:
    network = build_network(NetworkOptions(resolvers=("192.0.2.53", "192.0.2.54:5353")))

    assert [(server.address, server.port) for server in network.resolver.servers] == [
        ("192.0.2.53", 53),
        ("192.0.2.54", 5353),
    ]


def test_the_proxy_of_the_settings_is_used() -> None:
    assert build_network(NetworkOptions(proxy="http://proxy.example:3128")).proxy == "http://proxy.example:3128"


def test_without_choice_the_name_servers_are_those_of_the_system() -> None:
    chosen = build_network(NetworkOptions(resolvers=("192.0.2.53",)))
    systems = build_network(NetworkOptions())

    assert systems.resolver.servers != chosen.resolver.servers


def test_the_ways_to_send_echoes_are_found_out() -> None:
    ways = detect_echo_ways()

    assert isinstance(ways, EchoWays)
    assert ways.icmp or not ways.privileged
    assert ways.tcp_ports == (443, 80)


def test_networks_that_follow_each_other_share_a_keyring() -> None:
    keyring = Keyring()

    assert build_network(NetworkOptions(), keyring).keyring is keyring
    assert build_network(NetworkOptions()).keyring is not keyring
