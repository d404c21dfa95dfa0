"""Real name servers: nsd for those who own names, unbound for those who look them up."""

import os
import signal
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from desktop.processes import Processes
from lab.networks import Networks

ROOT_SERVERS = {"a.root-servers.net": ("198.41.0.4", "2001:503:ba3e::2:30")}
TTL_S = 2
"""How long answers may be kept: the outages of the laboratory are short."""

_HEAD = """\
$TTL {ttl}
@ IN SOA {primary}. hostmaster.invalid. 1 3600 600 86400 {ttl}
"""


class Owner:
    """Somebody who runs name servers: one nsd, listening on all their addresses."""

    def __init__(
        self, name: str, servers: Mapping[str, Sequence[str]], networks: Networks, processes: Processes, folder: Path
    ) -> None:
        self.name = name
        self.servers = {server: tuple(addresses) for server, addresses in servers.items()}
        self._networks = networks
        self._processes = processes
        self._folder = folder / f"nsd-{name}"
        self._folder.mkdir()
        self._zones: dict[str, list[str]] = {}
        self._running = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses of its servers."""
        return tuple(address for addresses in self.servers.values() for address in addresses)

    def serve(self, zone: str, records: Iterable[str]) -> None:
        """Answer for a zone from now on; records are lines of a zone file, the name servers are added."""
        own = [f"@ IN NS {server}." for server in self.servers]
        self._zones[zone] = [*own, *records]
        (self._folder / f"{zone or 'root'}.zone").write_text(
            _HEAD.format(ttl=TTL_S, primary=next(iter(self.servers))) + "\n".join(self._zones[zone]) + "\n"
        )
        if self._running is not None:
            self._running.send_signal(signal.SIGHUP)

    def start(self) -> None:
        """Begin to answer."""
        self._networks.reach(*self.addresses)
        listening = "\n".join(f"  ip-address: {address}" for address in self.addresses)
        zones = "\n".join(
            f'zone:\n  name: "{zone or "."}"\n  zonefile: "{zone or "root"}.zone"' for zone in sorted(self._zones)
        )
        file = self._folder / "nsd.conf"
        file.write_text(
            f"""\
server:
{listening}
  ip-transparent: yes
  port: 53
  username: ""
  zonesdir: "{self._folder}"
  pidfile: "{self._folder}/nsd.pid"
  database: ""
  xfrdfile: ""
  xfrdir: "{self._folder}"
  zonelistfile: "{self._folder}/zone.list"
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
{zones}
"""
        )
        self._running = self._processes.start(self._networks.world_command("nsd", "-d", "-c", file), dict(os.environ))

    def fall_silent(self) -> None:
        """Withdraw the addresses of all its servers."""
        self._networks.cut(*self.addresses)

    def come_back(self) -> None:
        """Announce them again."""
        self._networks.reach(*self.addresses)


class Recursor:
    """Somebody who looks names up for others: one unbound, listening on all its addresses."""

    def __init__(
        self, name: str, addresses: Sequence[str], networks: Networks, processes: Processes, folder: Path
    ) -> None:
        self.addresses = tuple(addresses)
        self._networks = networks
        self._processes = processes
        self._folder = folder / f"unbound-{name}"
        self._folder.mkdir()
        self._running = None

    def start(self, *, trust_anchor: str = "", more: Sequence[str] = ()) -> None:
        """Begin to answer; with a trust anchor (a DS record of the root), it checks signatures."""
        hints = "\n".join(
            f". 3600 IN NS {server}.\n" + "\n".join(f"{server}. 3600 IN {_kind(a)} {a}" for a in addresses)
            for server, addresses in ROOT_SERVERS.items()
        )
        (self._folder / "root.hints").write_text(hints + "\n")
        listening = "\n".join(f"  interface: {address}" for address in self.addresses)
        file = self._folder / "unbound.conf"
        file.write_text(
            "\n".join(
                [
                    "server:",
                    listening,
                    "  ip-transparent: yes",
                    '  username: ""',
                    '  chroot: ""',
                    f'  directory: "{self._folder}"',
                    f'  pidfile: "{self._folder}/unbound.pid"',
                    f'  root-hints: "{self._folder}/root.hints"',
                    "  access-control: 0.0.0.0/0 allow",
                    "  access-control: ::/0 allow",
                    "  use-syslog: no",
                    f'  logfile: "{self._folder}/unbound.log"',
                    "  num-threads: 1",
                    "  outgoing-range: 200",
                    "  do-not-query-localhost: no",
                    f"  cache-max-ttl: {TTL_S}",
                    "  cache-max-negative-ttl: 1",
                    "  infra-host-ttl: 2",
                    "  unknown-server-time-limit: 300",
                    "  ede: yes",
                    f'  module-config: "{"validator iterator" if trust_anchor else "iterator"}"',
                    *([f'  trust-anchor: "{trust_anchor}"'] if trust_anchor else []),
                    *(f"  {line}" for line in more),
                    "remote-control:",
                    "  control-enable: no",
                    "",
                ]
            )
        )
        self._networks.reach(*(address for address in self.addresses if not address.startswith(("192.168.", "fd00:"))))
        self._running = self._processes.start(
            self._networks.world_command("unbound", "-d", "-c", file), dict(os.environ)
        )

    def die(self) -> None:
        """End at once, its address still there: questions meet a closed port."""
        assert self._running is not None
        self._running.kill()
        self._running.wait()

    def freeze(self) -> None:
        """Stop answering without ending: questions meet silence."""
        assert self._running is not None
        self._running.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on."""
        assert self._running is not None
        self._running.send_signal(signal.SIGCONT)


def delegation(zone: str, servers: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what the zone above says of a zone: its name servers and, where these lie below it, their addresses."""
    above = zone.partition(".")[2]
    lines = [f"{zone}. IN NS {server}." for server in servers]
    return lines + [
        f"{server}. IN {_kind(address)} {address}"
        for server, addresses in servers.items()
        for address in addresses
        if not above or server.endswith(f".{above}")
    ]


def _kind(address: str) -> str:
    return "AAAA" if ":" in address else "A"
