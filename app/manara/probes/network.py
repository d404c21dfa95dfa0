"""The network as probes use it: who resolves names and whom TLS trusts. Tests pass one that knows local servers."""

from dataclasses import dataclass, field

from manara.model import NameServer, NetworkOptions
from manara.probes.hosts import Hosts
from manara.probes.icmp import EchoWays, detect_echo_ways
from manara.probes.resolver import Resolver
from manara.probes.surroundings import system_name_servers
from manara.probes.trust import Trust
from manara.secrets import Keyring


@dataclass(frozen=True, slots=True)
class Network:
    """What probes share. Connections are never shared: a kept-alive one measures nothing."""

    resolver: Resolver
    trust: Trust
    proxy: str = ""
    echo: EchoWays = field(default_factory=EchoWays)
    keyring: Keyring = field(default_factory=Keyring)


def build_network(options: NetworkOptions, keyring: Keyring | None = None) -> Network:
    """Make the network of this machine as it is now; reads small files of the system, so not on the loop.

    A keyring that several networks share is asked by one of them at a time.
    """
    servers = tuple(NameServer.parse(server) for server in options.resolvers) or system_name_servers()
    resolver, trust = Resolver(servers, Hosts.read()), Trust(options.ca_file)
    return Network(resolver, trust, options.proxy, detect_echo_ways(), keyring or Keyring())
