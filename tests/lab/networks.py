"""Two real networks of the kernel: the home in which Manara runs, and the world beyond its router.

Nothing leaves this machine: both are namespaces that know only each other. An address that the world does not have is
silent, as one whose routes were withdrawn.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from desktop.processes import Processes

ROUTER = "192.168.1.1"
ROUTER_IPV6 = "fd00:1::1"
_COMPUTER, _COMPUTER_IPV6 = "192.168.1.2", "fd00:1::2"


class Networks:
    """The home and the world, joined by a cable. They end with the processes that hold them."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._home = self._hold()
        self._world = self._hold()
        self._in_home("link", "set", "lo", "up")
        self._in_home("link", "add", "eth0", "type", "veth", "peer", "name", "cable", "netns", str(self._world))
        self._in_home("addr", "add", f"{_COMPUTER}/24", "dev", "eth0")
        self._in_world("link", "set", "lo", "up")
        self._in_world("addr", "add", f"{ROUTER}/24", "dev", "cable")
        self._in_world("addr", "add", f"{ROUTER_IPV6}/64", "dev", "cable", "nodad")
        self._in_world("link", "set", "cable", "up")
        self.plug_in()

    def plug_in(self) -> None:
        """Put the cable in: the link comes up and the way to everywhere with it."""
        self._in_home("link", "set", "eth0", "up")
        self._in_home("addr", "replace", f"{_COMPUTER_IPV6}/64", "dev", "eth0", "nodad")
        self._in_home("route", "replace", "default", "via", ROUTER)
        self._in_home("-6", "route", "replace", "default", "via", ROUTER_IPV6)

    def pull_the_cable(self) -> None:
        """Take the cable out: the link is down, and the ways that led over it are gone."""
        self._in_home("link", "set", "eth0", "down")

    def cut(self, *addresses: str) -> None:
        """Make addresses of the world silent."""
        self._in_world_at_once(f"addr del {_with_length(address)} dev lo" for address in addresses)

    def reach(self, *addresses: str) -> None:
        """Give the world addresses."""
        self._in_world_at_once(
            f"addr replace {_with_length(address)} dev lo {'nodad' if ':' in address else ''}" for address in addresses
        )

    def lose_ipv6(self) -> None:
        """Let no packet of IPv6 come back to the home, although it has a way out."""
        self._in_world("-6", "addr", "del", f"{ROUTER_IPV6}/64", "dev", "cable")

    def home_command(self, *command: str | Path) -> list[str]:
        """Return the command that runs another one at home."""
        return _within(self._home, *map(str, command))

    def world_command(self, *command: str | Path) -> list[str]:
        """Return the command that runs another one in the world."""
        return _within(self._world, *map(str, command))

    def _hold(self) -> int:
        holder = self._processes.start(
            ["unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity"], {}, stdout=subprocess.PIPE
        )
        assert holder.stdout is not None
        holder.stdout.readline()
        return holder.pid

    def _in_home(self, *arguments: str) -> None:
        _run(self.home_command("ip", *arguments))

    def _in_world(self, *arguments: str) -> None:
        _run(self.world_command("ip", *arguments))

    def _in_world_at_once(self, lines: Iterable[str]) -> None:
        # One process for all: to start one takes longer than what it does.
        _run(self.world_command("ip", "-batch", "-"), "\n".join(lines))


def _within(pid: int, *command: str) -> list[str]:
    return ["nsenter", "--target", str(pid), "--net", *command]


def _run(command: list[str], told: str = "") -> None:
    ended = subprocess.run(command, input=told, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 0, f"{command}: {ended.stderr}"


def _with_length(address: str) -> str:
    return f"{address}/128" if ":" in address else f"{address}/32"
