"""A small Internet with real parts, and Manara in a home beyond it.

A root, the zones below it and those of each owner are served by nsd; our own resolver and three public ones are
unbound; every site is served over TLS with certificates of an authority of the laboratory. The command
`manara watch --json` runs in the home and says what it believes.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import trustme

from desktop.processes import Processes
from fakes.history import START_MS, HistoryFile, sample
from lab.names import ROOT_SERVERS, Owner, Recursor, delegation
from lab.networks import ROUTER, Networks
from manara.history import NAME, CheckKey
from manara.history.moments import ms_of

APP = Path(__file__).parents[2] / "app"
TESTS = Path(__file__).parents[1]

INTERVAL_S = 4.0
PUBLIC_RESOLVERS = ("1.1.1.1", "8.8.8.8", "9.9.9.9")
ANCHORS = ("http://connectivitycheck.gstatic.com/generate_204", "http://captive.apple.com/hotspot-detect.html")

_HOUR_MS = 3_600_000

_TLDS = ("com", "net", "org")
_TLD_SERVERS = {"a.gtld-servers.net": ("192.5.6.30", "2001:503:a83e::2:30"), "b.gtld-servers.net": ("192.33.14.30",)}

Event = dict[str, Any]


class NotSaid(AssertionError):  # noqa: N818 - it says what happened
    """What was to be said was not, in the time there was."""


@dataclass(frozen=True, slots=True)
class Site:
    """A host of the web, and who answers for its name."""

    host: str
    owner: str
    addresses: tuple[str, ...]
    alias: str = ""
    """The name that it is an alias of, served by somebody else; then it has no addresses of its own."""
    behaviour: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """The zone that the name is in: the last two parts of it."""
        return ".".join(self.host.split(".")[-2:])

    @property
    def id(self) -> str:
        """The word for it in the settings."""
        return self.zone.partition(".")[0]


_OF_ALL = (
    Site("connectivitycheck.gstatic.com", "plain", ("142.250.1.1", "2a00:1450::1"), behaviour={"status": 204}),
    Site(
        "captive.apple.com",
        "plain",
        ("17.253.1.1", "2620:149::1"),
        behaviour={"body": "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"},
    ),
)
_PLAIN = {"ns1.plainhost.net": ("5.9.0.53",), "ns2.plainhost.net": ("88.198.0.53",)}


class Laboratory:
    """Everything that a story needs; `close` ends it all."""

    def __init__(self, folder: Path, sites: Sequence[Site], owners: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.folder = folder
        self.sites = {site.host: site for site in (*_OF_ALL, *sites)}
        self.processes = Processes(folder)
        self.networks = Networks(self.processes)
        self.owners = {
            name: Owner(name, servers, self.networks, self.processes, folder)
            for name, servers in {"plain": _PLAIN, **owners, "tld": _TLD_SERVERS, "root": ROOT_SERVERS}.items()
        }
        self.own_resolver = Recursor("own", (ROUTER,), self.networks, self.processes, folder)
        self.public_resolvers = {
            address: Recursor(address, (address,), self.networks, self.processes, folder)
            for address in PUBLIC_RESOLVERS
        }
        self.events: list[tuple[float, Event]] = []
        """What Manara said, with the second of the monotonic clock at which it did."""
        self._arrived = asyncio.Condition()
        self._manara: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._behaviours = {site.host: dict(site.behaviour) for site in self.sites.values()}

    async def start(self, settings: str = "") -> None:
        """Begin: names, resolvers, web, then Manara watching every site, unless `settings` say what to watch."""
        await asyncio.to_thread(self._start_world)
        await self._start_manara(self._watched, settings)

    @property
    def _watched(self) -> list[Site]:
        return [site for site in self.sites.values() if site not in _OF_ALL]

    def remember(self, took_ms: float) -> None:
        """Let Manara find a history in which every site took so long at this hour of the last weeks."""
        now_ms = ms_of(datetime.now(UTC))
        (self.folder / "data").mkdir()
        with closing(HistoryFile(self.folder / "data" / NAME)) as file:
            for site in self._watched:
                key = CheckKey(site.id, "http", f"https://{site.host}/", 0)
                ago_ms = [(week * 168 + beside) * _HOUR_MS for week in (1, 2, 3) for beside in (-1, 0, 1)]
                file.write(*(sample(now_ms - ago - START_MS, total_ms=took_ms, key=key) for ago in ago_ms))
            file.keep_house(now_ms)

    def behave(self, host: str, **behaviour: Any) -> None:
        """Let a site behave like this from now on; nothing given means well."""
        self._behaviours[host] = behaviour
        self._write_behaviours()

    def zone(self, zone: str, *, without: Iterable[str] = ()) -> None:
        """Serve a zone (anew), leaving out the addresses of some hosts; the hosts themselves stay known by a text."""
        owner = self.owners[next(site.owner for site in self.sites.values() if site.zone == zone)]
        owner.serve(zone, list(self._records(zone, owner, set(without))))

    async def until(
        self, happened: Callable[[Event], bool], within_s: float, what: str, *, since: int = 0
    ) -> tuple[float, Event]:
        """Wait for an event and return it with the second at which it came; those after the first `since` count."""
        deadline = time.monotonic() + within_s
        seen = since
        async with self._arrived:
            while True:
                for at_s, event in self.events[seen:]:
                    if happened(event):
                        return at_s, event
                seen = len(self.events)
                left_s = deadline - time.monotonic()
                if left_s <= 0:
                    raise NotSaid(f"Manara did not say within {within_s:g} s: {what}\n{self.said()}")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._arrived.wait(), left_s)

    async def until_verdict(self, service: str, verdict: str, within_s: float, *, since: int = 0) -> float:
        """Wait until a service gets this verdict, after so many events; return the second at which that was told."""
        at_s, _ = await self.until(
            lambda event: event["event"] == "transition" and event["service"] == service and event["after"] == verdict,
            within_s,
            f"{service} is {verdict}",
            since=since,
        )
        return at_s

    @property
    def manara_pid(self) -> int:
        """The process that is Manara."""
        assert self._manara is not None
        return self._manara.pid

    def sleep(self) -> None:
        """Let Manara stand still, as in a computer that sleeps."""
        self._signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._manara is not None
        self._manara.send_signal(number)

    def verdicts(self) -> dict[str, str]:
        """Return the last verdict of each service."""
        last: dict[str, str] = {}
        for _, event in self.events:
            if event["event"] == "services":
                last |= {each["id"]: each["verdict"] for each in event["services"]}
            elif event["event"] == "transition":
                last[event["service"]] = event["after"]
        return last

    def of(self, kind: str) -> list[Event]:
        """Return the events of one kind so far."""
        return [event for _, event in self.events if event["event"] == kind]

    def blames(self) -> bool:
        """Return whether Manara ever found somebody responsible, or called a service down without a word on why."""
        told = [event for event in self.of("diagnosis") if event["diagnosis"]]
        down = {event["service"] for event in self.of("transition") if event["after"] == "down"}
        if down - {event["service"] for event in told}:
            return True
        return any(event["diagnosis"]["blame"] != "nobody-known" for event in told)

    def said(self) -> str:
        """Return what Manara said, shortened, for a failure to be understood by."""
        telling = [event for _, event in self.events if event["event"] not in ("result", "zone")]
        errors = (self.folder / "manara.txt").read_text() if self._manara is not None else ""
        return "\n".join([*(json.dumps(event, ensure_ascii=False)[:600] for event in telling[-40:]), errors[-2000:]])

    async def close(self) -> None:
        """End everything."""
        if self._manara is not None and self._manara.returncode is None:
            self._manara.terminate()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._manara.wait(), 10)
        if self._reading is not None:
            self._reading.cancel()
            with suppress(asyncio.CancelledError):
                await self._reading
        await asyncio.to_thread(self.processes.end)

    def _start_world(self) -> None:
        self._serve_zones()
        self._write_certificates()
        self._write_behaviours()
        for owner in self.owners.values():
            owner.start()
        for recursor in (self.own_resolver, *self.public_resolvers.values()):
            recursor.start()
        self.networks.reach(*(address for site in self.sites.values() for address in site.addresses))
        web = self.processes.start(
            self.networks.world_command(sys.executable, "-m", "lab.web", self.folder),
            {**os.environ, "PYTHONPATH": f"{APP}:{TESTS}"},
            stdout=subprocess.PIPE,
        )
        assert web.stdout is not None
        assert web.stdout.readline() == b"ready\n", "the web did not start"
        self._wait_for(ROUTER, *PUBLIC_RESOLVERS)

    def _wait_for(self, *servers: str) -> None:
        """Wait until resolvers find names: the whole way from the root down is there."""
        command = self.networks.home_command(sys.executable, "-m", "lab.ask", "captive.apple.com", *servers)
        ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(TESTS)}, check=False)
        assert ended.returncode == 0, f"{', '.join(servers)}: names are not found"

    def _serve_zones(self) -> None:
        zones = {site.zone: site.owner for site in self.sites.values()}
        for owner in self.owners.values():
            for server in owner.servers:
                zones.setdefault(".".join(server.split(".")[-2:]), owner.name)
        delegated: dict[str, list[str]] = {tld: [] for tld in _TLDS}
        for zone, owner_name in zones.items():
            owner = self.owners[owner_name]
            owner.serve(zone, list(self._records(zone, owner, set())))
            delegated[zone.rpartition(".")[2]] += delegation(zone, owner.servers)
        for tld in _TLDS:
            self.owners["tld"].serve(tld, dict.fromkeys(delegated[tld]))
        root = [line for tld in _TLDS for line in delegation(tld, _TLD_SERVERS)]
        root += [f"{name}. IN {_kind(a)} {a}" for name, addresses in ROOT_SERVERS.items() for a in addresses]
        self.owners["root"].serve("", dict.fromkeys(root))

    def _records(self, zone: str, owner: Owner, without: set[str]) -> Iterable[str]:
        for server, addresses in owner.servers.items():
            if server == zone or server.endswith(f".{zone}"):
                yield from (f"{server}. IN {_kind(address)} {address}" for address in addresses)
        for site in self.sites.values():
            if site.zone == zone:
                if site.alias:
                    yield f"{site.host}. IN CNAME {site.alias}."
                elif site.host in without:
                    yield f'{site.host}. IN TXT "no address"'
                else:
                    yield from (f"{site.host}. IN {_kind(address)} {address}" for address in site.addresses)

    def _write_certificates(self) -> None:
        folder = self.folder / "certificates"
        folder.mkdir()
        authority = trustme.CA(organization_name="Laboratory")
        second = trustme.CA(organization_name="Second")
        authority.cert_pem.write_to_path(self.folder / "authority.pem")
        second.cert_pem.write_to_path(self.folder / "authority.pem", append=True)
        stranger = trustme.CA(organization_name="Stranger")
        now = datetime.now(UTC)
        for host in (*self.sites, "default"):
            name = "default.invalid" if host == "default" else host
            of_kind = {
                "good": authority.issue_cert(name),
                "second": second.issue_cert(name),
                "expired": authority.issue_cert(
                    name, not_before=now - timedelta(days=90), not_after=now - timedelta(minutes=5)
                ),
                "other": authority.issue_cert("portal.invalid"),
                "stranger": stranger.issue_cert(name),
            }
            for kind, certificate in of_kind.items():
                path = folder / ("default.pem" if host == "default" else f"{host}-{kind}.pem")
                certificate.private_key_and_cert_chain_pem.write_to_path(path)

    def _write_behaviours(self) -> None:
        new = self.folder / "sites.json.new"
        new.write_text(json.dumps(self._behaviours))
        new.rename(self.folder / "sites.json")

    async def _start_manara(self, sites: Sequence[Site], settings: str) -> None:
        file = self.folder / "settings.toml"
        file.write_text(
            f"""\
[network]
resolvers = ["{ROUTER}"]
witness_resolvers = {json.dumps(PUBLIC_RESOLVERS)}
anchors = {json.dumps(ANCHORS)}
ca_file = "{self.folder}/authority.pem"

[checks]
interval = "{INTERVAL_S:g}s"
timeout = "{INTERVAL_S:g}s"
recover = 2
"""
            + (settings or "\n".join(self.service(site) for site in sites))
        )
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(APP),
        }
        command = self.networks.home_command(
            *(sys.executable, "-m", "manara", "watch", "--json", "--config", file, "--data", self.folder / "data")
        )
        with (self.folder / "manara.txt").open("wb") as said:
            self._manara = await asyncio.create_subprocess_exec(
                *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=said, limit=16 * 1024 * 1024
            )
        self._reading = asyncio.create_task(self._read())

    @staticmethod
    def service(site: Site, *, operator: str = "", more: str = "", check: str = "") -> str:
        """Return the section of a site in the settings."""
        return f"""
[[services]]
id = "{site.id}"
name = "{site.id.title()}"
operator = "{operator}"
{more}
[[services.checks]]
type = "http"
url = "https://{site.host}/"
{check}
"""

    async def _read(self) -> None:
        assert self._manara is not None
        assert self._manara.stdout is not None
        async for line in self._manara.stdout:
            event = json.loads(line)
            if "event" in event:
                async with self._arrived:
                    self.events.append((time.monotonic(), event))
                    self._arrived.notify_all()


def _kind(address: str) -> str:
    return "AAAA" if ":" in address else "A"
